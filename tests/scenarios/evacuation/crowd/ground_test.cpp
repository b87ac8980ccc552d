#include "scenarios/evacuation/crowd/ground.hpp"

#include <gtest/gtest.h>

#include "tests/scenarios/evacuation/crowd/ground_places.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd {
namespace {

using namespace test;

double length_of(const Walls& walls) {
  double length = 0;
  for (std::size_t i = 0; i < walls.size(); ++i) {
    length += std::hypot(walls.bx_m[i] - walls.ax_m[i], walls.by_m[i] - walls.ay_m[i]);
  }
  return length;
}

TEST(CrowdGround, WallsAreTheBorderWithoutItsOpenGaps) {
  const Ground ground(two_rooms(), 0.25);
  EXPECT_NEAR(length_of(ground.walls()), 2 * 40 - 2 * 1 - 1, 1e-4);
}

TEST(CrowdGround, AGapMayLieOverSeveralEdgesAndTwoCentimetresOff) {
  Building building = room();
  building.surfaces[0].shape.outer = {{0, 0}, {10, 0}, {10, 4.8}, {10, 5.1}, {10, 10}, {0, 10}};
  building.exits[0].a = {10.02, 5.5};
  building.exits[0].b = {9.99, 4.5};
  const Ground ground(building, 0.25);
  EXPECT_NEAR(length_of(ground.walls()), 39, 0.02);
}

TEST(CrowdGround, ADoorShutsWithTimeAndAWallStandsInItsPlace) {
  Building building = two_rooms();
  building.openings[0].open.closes_s = 60;
  Ground ground(building, 0.25);
  EXPECT_FALSE(ground.set_time(59));
  EXPECT_EQ(ground.step(0, 9.95F, 5, 10.05F, 5).surface, 1U);
  EXPECT_TRUE(ground.set_time(60));
  EXPECT_NEAR(length_of(ground.walls()), 79, 1e-4);
  EXPECT_EQ(ground.step(0, 9.95F, 5, 10.05F, 5).surface, 0U);
}

TEST(CrowdGround, AnEditOfADoorOutlivesItsTimes) {
  Ground ground(two_rooms(), 0.25);
  ground.set_opening_open(0, false);
  EXPECT_FALSE(ground.set_time(10));
  EXPECT_FALSE(ground.is_opening_open(0));
  EXPECT_THROW(ground.set_exit_open(7, true), ScenarioError);
}

TEST(CrowdGround, AGateAcrossASurfaceIsAWallWhileItIsShut) {
  Building building = room();
  building.openings = {opening("gate", 0, 0, {5, 0}, {5, 10})};
  building.openings[0].open = {30, never_s};
  Ground ground(building, 0.25);
  EXPECT_NEAR(length_of(ground.walls()), 39 + 10, 1e-4);
  EXPECT_EQ(way_to(ground, {}, 0.2).distance(0, 2, 5), never_s);
  EXPECT_TRUE(ground.set_time(30));
  EXPECT_NEAR(way_to(ground, {}, 0.2).distance(0, 2, 5), 8, 0.02);
}

TEST(CrowdGround, AStepThroughAnExitLeavesAndAStepAlongItDoesNot) {
  const Ground ground(room(), 0.25);
  EXPECT_EQ(ground.step(0, 9.9F, 5, 10.1F, 5).exit, 0U);
  EXPECT_EQ(ground.step(0, 9.99F, 4.6F, 9.99F, 5.4F).exit, Ground::no_exit);
  EXPECT_EQ(ground.step(0, 9.9F, 3, 10.1F, 3).exit, Ground::no_exit);
}

TEST(CrowdGround, WhoeverEndsExactlyOnALineIsCountedOnceWhenGoingOn) {
  const Ground ground(two_rooms(), 0.25);
  Ground::Step step = ground.step(0, 9.9F, 5, 10, 5);
  step = ground.step(step.surface, 10, 5, 10.1F, 5);
  EXPECT_EQ(step.surface, 1U);
  step = ground.step(1, 10.1F, 5, 10, 5);
  step = ground.step(step.surface, 10, 5, 9.9F, 5);
  EXPECT_EQ(step.surface, 0U);
}

TEST(CrowdGround, WhoeverIsPushedRoundTheJambStillWentThrough) {
  const Ground ground(two_rooms(), 0.25);
  EXPECT_EQ(ground.step(0, 9.95F, 5.52F, 10.05F, 5.6F).surface, 1U);
}

TEST(CrowdGround, OneStepMayPassAWholeDoorway) {
  Building building = two_rooms();
  building.surfaces = {floor("west", rectangle(0, 0, 10, 10)),
                       floor("doorway", rectangle(10, 4.5, 10.1, 5.5)),
                       floor("east", rectangle(10.1, 0, 20, 10))};
  building.openings = {opening("in", 0, 1, {10, 4.5}, {10, 5.5}),
                       opening("on", 1, 2, {10.1, 4.5}, {10.1, 5.5})};
  building.exits[0].surface = 2;
  const Ground ground(building, 0.25);
  EXPECT_EQ(ground.step(0, 9.95F, 5, 10.15F, 5).surface, 2U);
  EXPECT_NEAR(way_to(ground, {}, 0.2).distance(0, 5, 5), 15, 0.15);
}

TEST(CrowdGround, HeightFollowsStairsAndIsHeldAtTheirEnds) {
  Building building = room();
  building.surfaces.push_back({.id = "stair",
                               .kind = Surface::Kind::stairs,
                               .shape = rectangle(-6, 4, 0, 6),
                               .height_m = -3,
                               .low = {-6, 5},
                               .high = {0, 5},
                               .rise_m = 3});
  building.openings = {opening("top", 0, 1, {0, 4}, {0, 6})};
  const Ground ground(building, 0.25);
  const auto x = static_cast<float>(-3 - ground.origin().x_m);
  EXPECT_NEAR(ground.height(1, x, 5), -1.5, 1e-5);
  EXPECT_NEAR(ground.height(1, x + 4, 5), 0, 1e-5);
  EXPECT_NEAR(ground.height(0, 5, 5), 0, 1e-6);
}

TEST(CrowdGround, RefusesWhatCannotBeWalkedOnByItsName) {
  Building building = room();
  building.exits[0].b = building.exits[0].a;
  try {
    const Ground ground(building, 0.25);
    FAIL() << "a door without width";
  } catch (const ScenarioError& error) {
    EXPECT_NE(std::string(error.what()).find("exit 'door'"), std::string::npos) << error.what();
  }
  EXPECT_THROW(Ground(room(), 0), ScenarioError);
}

}  // namespace
}  // namespace kontwin::crowd
