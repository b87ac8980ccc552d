#include "scenarios/evacuation/crowd/building_check.hpp"

#include <gmock/gmock.h>

#include <limits>

#include "scenarios/evacuation/crowd/ground.hpp"
#include "tests/scenarios/evacuation/crowd/ground_places.hpp"

namespace kontwin::crowd {
namespace {

using namespace test;
using testing::HasSubstr;
using testing::IsEmpty;

std::string all_of(const std::vector<BuildingProblem>& problems) {
  std::string text;
  for (const BuildingProblem& problem : problems) {
    text += problem.place + ": " + problem.reason + (problem.prevents_walking ? " !\n" : "\n");
  }
  return text;
}

TEST(BuildingCheck, FindsNothingWrongWithRoomsThatAreRight) {
  EXPECT_EQ(all_of(problems_of(two_rooms())), "");
}

TEST(BuildingCheck, ABorderThatCrossesItselfIsFoundWithThePlace) {
  Building building = room();
  building.surfaces[0].shape.outer = {{0, 0}, {10, 10}, {10, 0}, {0, 10}};
  EXPECT_THAT(all_of(problems_of(building)),
              HasSubstr("surface 'room': its border crosses itself at (5.000000, 5.000000) !"));
}

TEST(BuildingCheck, DoorsTooNarrowOrOffTheBorderAreNamed) {
  Building building = two_rooms();
  building.exits[0].b = building.exits[0].a;
  building.openings[0].a = {9, 4.5};
  building.openings[0].b = {9, 5.5};
  const std::string found = all_of(problems_of(building));
  EXPECT_THAT(found, HasSubstr("exit 'out': is 0.00 m wide"));
  EXPECT_THAT(found, HasSubstr("opening 'between': from (9.000000, 4.500000)"));
  EXPECT_THAT(found, HasSubstr("'west'"));
}

TEST(BuildingCheck, SurfacesMayLieOverOneAnotherOnlyAStoreyApart) {
  Building building = two_rooms();
  building.surfaces.push_back(floor("above", rectangle(5, 0, 15, 10), 3));
  building.exits.push_back(exit("roof", 2, {5, 1}, {5, 2}));
  EXPECT_THAT(problems_of(building), IsEmpty());
  building.surfaces[2].height_m = 1;
  EXPECT_THAT(all_of(problems_of(building)),
              HasSubstr("surface 'west': overlaps surface 'above' with 50"));
}

TEST(BuildingCheck, NumbersThatAreNoneAndNamesGivenTwiceAreRefused) {
  Building building = two_rooms();
  building.surfaces[0].shape.outer[1].x_m = std::numeric_limits<double>::quiet_NaN();
  building.surfaces[1].id = "west";
  building.exits[0].open.opens_s = std::nan("");
  const std::string found = all_of(problems_of(building));
  EXPECT_THAT(found, HasSubstr("surface 'west': a corner is not a number !"));
  EXPECT_THAT(found, HasSubstr("surface 'west': this id is given twice !"));
  EXPECT_THAT(found, HasSubstr("exit 'out': ends before it begins"));
}

TEST(BuildingCheck, AnAreaOffItsSurfaceIsRefusedAndOneThatHangsOverIsTold) {
  Building building = room();
  building.areas = {{"away", 0, rectangle(20, 20, 21, 21)}, {"over", 0, rectangle(5, 5, 15, 10)}};
  const std::string found = all_of(problems_of(building));
  EXPECT_THAT(found, HasSubstr("area 'away': lies off surface 'room' !"));
  EXPECT_THAT(found, HasSubstr("area 'over': 50 % of it lie off surface 'room'"));
}

TEST(BuildingCheck, ASurfaceWithoutAnyWayOutIsNamed) {
  Building building = two_rooms();
  building.openings.clear();
  EXPECT_THAT(all_of(problems_of(building)),
              HasSubstr("surface 'west': no exit can be reached from it"));
}

TEST(PeopleCheck, CountsThePeopleBehindWhatCannotBeReached) {
  Building building = two_rooms();
  building.openings[0].open.opens_s = 100;
  building.areas = {{"hall", 0, rectangle(1, 1, 3, 3)}};
  const Ground ground(building, 0.25);
  const std::vector<PeopleInArea> people{{0, 20}};
  const std::string found = all_of(problems_of(ground, people));
  EXPECT_THAT(found, HasSubstr("area 'hall': 20 of 20 people cannot reach any exit"));
  EXPECT_THAT(found, HasSubstr("exit 'out': cannot be reached by any of 20 people"));
}

TEST(PeopleCheck, WheelchairsThatNoWayOutIsWideEnoughForAreTold) {
  Building building = room();
  building.exits[0].a = {10, 4};
  building.exits[0].b = {10, 4.65};
  building.areas = {{"hall", 0, rectangle(1, 1, 3, 3)}};
  const std::vector<PeopleInArea> people{{0, 20, 2}};
  EXPECT_THAT(all_of(problems_of(Ground(building, 0.25), people)),
              HasSubstr("area 'hall': 2 of 2 wheelchairs cannot reach any exit"));
  building.exits[0].b = {10, 4.75};
  EXPECT_TRUE(problems_of(Ground(building, 0.25), people).empty());
}

TEST(PeopleCheck, AnAreaTooSmallForItsPeopleIsTold) {
  Building building = room();
  building.areas = {{"corner", 0, rectangle(0, 0, 2, 2)}};
  const Ground ground(building, 0.25);
  const std::vector<PeopleInArea> people{{0, 60}};
  EXPECT_THAT(all_of(problems_of(ground, people)),
              HasSubstr("area 'corner': 60 people do not fit on 4 m²"));
}

}  // namespace
}  // namespace kontwin::crowd
