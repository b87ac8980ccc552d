#include "scenarios/evacuation/crowd/slits.hpp"

#include <gmock/gmock.h>

#include "scenarios/evacuation/crowd/building_check.hpp"
#include "scenarios/evacuation/crowd/ground_grid.hpp"
#include "tests/scenarios/evacuation/crowd/crowd_run_case.hpp"

namespace kontwin::crowd::test {
namespace {

using testing::HasSubstr;

/// A hall of 20 x 10 m, parted by a thin wall with a passage in its middle and a door at its
/// northern end; the exit is in the middle of the eastern border.
Building parted_hall(double passage_m, double door_m) {
  Building building;
  Polygon shape = rectangle(0, 0, 20, 10);
  shape.holes = {
      {{10, 0.01}, {10.1, 0.01}, {10.1, 5}, {10, 5}},
      {{10, 5 + passage_m}, {10.1, 5 + passage_m}, {10.1, 9.99 - door_m}, {10, 9.99 - door_m}}};
  building.surfaces = {floor("hall", shape)};
  building.exits = {exit("out", 0, {20, 4}, {20, 6})};
  return building;
}

double way_m(const Building& building, float x, float y) {
  return static_cast<double>(way_to(Ground(building, 0.25), {}, 0.05).distance(0, x, y));
}

TEST(Slits, EverybodyGoesByTheDoorAndNobodyStaysBeforeASlit) {
  CrowdRun run(parted_hall(0.33, 1), people_in(0, rectangle(1, 1, 9, 9), 60));
  const std::size_t slit = run.crowd.measure(MeasureLine{"slit", 0, {10.05, 4.9}, {10.05, 5.4}});
  run.until_empty(300);
  EXPECT_EQ(run.crowd.count().out, 60U);
  EXPECT_EQ(run.crowd.line(slit).forward_s.size() + run.crowd.line(slit).backward_s.size(), 0U);
}

TEST(Slits, APassageThatPeopleNeedIsAWay) {
  EXPECT_NEAR(way_m(parted_hall(0.36, 1), 9, 5), 11, 0.3);
  EXPECT_GT(way_m(parted_hall(0.35, 1), 9, 5), 14);
  // Between two cells of a quarter of a metre, or with a row of cells in its middle.
  for (const double off_m : {0.0, 0.06, 0.125, 0.19}) {
    Building building = parted_hall(0.2, 1);
    for (auto& hole : building.surfaces[0].shape.holes) {
      for (LocalPoint& corner : hole) {
        if (corner.y_m > 1 && corner.y_m < 6) corner.y_m += off_m;
      }
    }
    EXPECT_GT(way_m(building, 9, 5), 14) << off_m;
  }
}

TEST(Slits, WhoIsBehindTheOnlySlitHasNoWayAndIsToldWhy) {
  Building building = parted_hall(0.33, 0);
  building.areas = {{"west", 0, rectangle(1, 1, 9, 9)}};
  const auto found = problems_of(Ground(building, 0.25), std::vector<PeopleInArea>{{0, 20}});
  ASSERT_FALSE(found.empty());
  EXPECT_THAT(found[0].reason, HasSubstr("20 of 20 people cannot reach any exit"));
  EXPECT_THAT(found[0].reason, HasSubstr("is 0.33 m wide: no way for people on foot"));
  EXPECT_THAT(found[0].reason, HasSubstr("5.17)"));
  // Right before the slit, too.
  CrowdRun run(building, {person_at(0, {3, 3}), person_at(0, {9.8, 5.165})});
  run.crowd.advance(30);
  EXPECT_EQ(run.crowd.count().stuck, 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_THAT(run.crowd.why_stuck(i), HasSubstr("5.17) is 0.33 m wide"));
  }
}

TEST(Slits, ADoorAsNarrowIsNoWayAndNamed) {
  Building building = two_rooms();
  building.openings[0].b = {10, 4.83};
  building.areas = {{"west", 0, rectangle(1, 1, 9, 9)}};
  ASSERT_EQ(problems_of(building).size(), 1U);
  EXPECT_THAT(problems_of(building)[0].reason, HasSubstr("is 0.33 m wide"));
  const auto found = problems_of(Ground(building, 0.25), std::vector<PeopleInArea>{{0, 20}});
  EXPECT_THAT(found[0].reason, HasSubstr("opening 'between' is 0.33 m wide"));
}

TEST(Slits, ABlockageThatLeavesASlitShutsTheWayWhileItStands) {
  Building building;
  building.surfaces = {floor("corridor", rectangle(0, 0, 20, 2))};
  building.exits = {exit("end", 0, {20, 0}, {20, 2})};
  building.blockages = {{"van", 0, rectangle(10, 0.33, 12, 1.67), {10, 60}}};
  Ground ground(building, 0.25);
  EXPECT_NEAR(way_to(ground, {}, 0.05).distance(0, 2, 1), 18, 0.1);
  ground.set_time(20);
  EXPECT_EQ(way_to(ground, {}, 0.05).distance(0, 2, 1), never_s);
  EXPECT_EQ(ground.grid().slits[0].empty(), false);
  ground.set_time(70);
  EXPECT_NEAR(way_to(ground, {}, 0.05).distance(0, 2, 1), 18, 0.1);
}

TEST(Slits, APillarNearAnOpenBorderLeavesNoSlit) {
  // Between a pillar and the line of a wide opening there is no wall.
  Building building = two_rooms();
  building.openings[0] = opening("wide", 0, 1, {10, 0}, {10, 10});
  building.surfaces[0].shape.holes = {rectangle(9, 4, 9.8, 6).outer};
  EXPECT_TRUE(Ground(building, 0.25).grid().slits[0].empty());
  building.openings[0].open.opens_s = 100;
  EXPECT_FALSE(Ground(building, 0.25).grid().slits[0].empty());
}

TEST(Slits, AreFoundInAPlanOfThousandsOfEdges) {
  // A thousand tables, a third of a metre apart in pairs.
  Building building;
  Polygon shape = rectangle(0, 0, 100, 60);
  for (int i = 0; i < 25; ++i) {
    for (int j = 0; j < 20; ++j) {
      const double x = 1 + 3.9 * i, y = 1 + 2.9 * j;
      shape.holes.push_back(rectangle(x, y, x + 1, y + 1).outer);
      shape.holes.push_back(rectangle(x + 1.33, y, x + 2.33, y + 1).outer);
    }
  }
  building.surfaces = {floor("hall", shape)};
  building.exits = {exit("out", 0, {100, 29}, {100, 31})};
  const Ground ground(building, 0.25);
  EXPECT_GE(ground.grid().slits[0].size(), 500U * 2);
  EXPECT_TRUE(std::isfinite(way_to(ground, {}, 0.05).distance(0, 0.5F, 0.5F)));
}

}  // namespace
}  // namespace kontwin::crowd::test
