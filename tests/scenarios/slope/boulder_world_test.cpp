#include "scenarios/slope/boulder_world.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin::slope {
namespace {

Raster<float> level(std::size_t corners = 40) {
  return Raster<float>(GridShape{.cell_m = 5, .columns = corners, .rows = corners}, 100);
}

std::string refusal(const Rock& rock) {
  BoulderWorld world(level(), GroundContact{});
  return testing::message_of<ScenarioError>([&] { world.add(rock); });
}

TEST(BoulderWorlds, RefuseRocksThatCannotFall) {
  EXPECT_NE(refusal({.x_m = 500, .y_m = 100, .z_m = 110}).find("off the mesh"), std::string::npos);
  EXPECT_NE(refusal({.x_m = std::nan(""), .y_m = 100, .z_m = 110}).find("off the mesh"),
            std::string::npos);
  EXPECT_NE(refusal({.x_m = 100, .y_m = 100, .z_m = 50}).find("below the ground"),
            std::string::npos);
  EXPECT_NE(refusal({.radius_m = 0, .x_m = 100, .y_m = 100, .z_m = 110}).find("radius"),
            std::string::npos);
  EXPECT_NE(refusal({.density_kgpm3 = -1, .x_m = 100, .y_m = 100, .z_m = 110}).find("density"),
            std::string::npos);
  EXPECT_EQ(refusal({.x_m = 100, .y_m = 100, .z_m = 110}), "");
}

TEST(BoulderWorlds, RefuseGroundThatMakesNoSense) {
  EXPECT_THROW(BoulderWorld(level(), GroundContact{.friction = -0.1}), ScenarioError);
  EXPECT_THROW(BoulderWorld(level(), GroundContact{.restitution = 1.2}), ScenarioError);
  EXPECT_THROW(BoulderWorld(level(), GroundContact{.rolling_friction = -1}), ScenarioError);
  EXPECT_THROW(BoulderWorld(level(1), GroundContact{}), ScenarioError);
  Raster<float> hole = level();
  hole.values[7] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THROW(BoulderWorld(hole, GroundContact{}), ScenarioError);
  const std::vector<GroundClass> few(3, GroundClass::field);
  EXPECT_THROW(BoulderWorld(level(), few, default_contacts), ScenarioError);
}

TEST(BoulderWorlds, AllShapesHaveTheSameWeightAndComeToRestOnTheGround) {
  BoulderWorld world(level(), GroundContact{.restitution = 0.3});
  const double x_m = 60;
  for (const auto shape : {Rock::Shape::ball, Rock::Shape::slab, Rock::Shape::block}) {
    world.add({.shape = shape, .x_m = x_m, .y_m = 100, .z_m = 103, .tilt_rad = 0.4});
  }
  for (int step = 0; step < 480 * 20 && !world.all_at_rest(); ++step) world.step();
  EXPECT_TRUE(world.all_at_rest());
  for (const std::size_t rock : {0U, 1U, 2U}) {
    EXPECT_DOUBLE_EQ(world.mass_kg(rock), world.mass_kg(0));
    EXPECT_GT(world.motion(rock).z_m, 100);
    EXPECT_LT(world.motion(rock).z_m, 100.7);
    EXPECT_FALSE(world.left(rock));
  }
}

TEST(BoulderWorlds, ForestHoldsWhatPavementThrowsBack) {
  // West half forest, east half built.
  const Raster<float> ground = level();
  std::vector<GroundClass> classes(ground.values.size(), GroundClass::forest);
  for (std::size_t i = 0; i < classes.size(); ++i) {
    if (i % 40 >= 20) classes[i] = GroundClass::built;
  }
  BoulderWorld world(ground, classes, default_contacts);
  const std::size_t west = world.add({.x_m = 50, .y_m = 100, .z_m = 110.5});
  const std::size_t east = world.add({.x_m = 150, .y_m = 100, .z_m = 110.5});
  double west_m = 0, east_m = 0;
  for (int step = 0; step < 480 * 4; ++step) {
    world.step();
    if (step < 480 * 1.6) continue;  // both have hit the ground by then
    west_m = std::max(west_m, world.motion(west).z_m);
    east_m = std::max(east_m, world.motion(east).z_m);
  }
  EXPECT_GT(east_m, west_m + 0.3);
}

TEST(BoulderWorlds, ARockThatLeavesTheMeshIsKnownToHaveLeft) {
  BoulderWorld world(level(), GroundContact{.rolling_friction = 0});
  world.add({.x_m = 150, .y_m = 100, .z_m = 100.5, .vx_mps = 20});
  for (int step = 0; step < 480 * 20 && !world.all_at_rest(); ++step) world.step();
  EXPECT_TRUE(world.left(0));
}

}  // namespace
}  // namespace kontwin::slope
