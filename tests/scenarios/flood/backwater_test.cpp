#include "scenarios/flood/backwater.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "scenarios/flood/rating.hpp"
#include "tests/scenarios/flood/flood_world.hpp"

namespace kontwin::flood {
namespace {

const GridShape& town(const World& world) {
  return world.terrain().find("town")->elevation_m.shape;
}

SteadyInflow into(const World& world, std::size_t river, double along_m, double discharge_m3ps) {
  return {{&world.rivers()[river], along_m, 0}, discharge_m3ps};
}

/// The valley with a pool in its river: from 2600 m on the bed lies level.
WorldParts pooled_parts() {
  WorldParts parts = testing::valley_parts();
  auto terrain = std::make_shared<Terrain>(*parts.terrain);
  auto& ground = terrain->grids[0].elevation_m;
  for (std::size_t cell = 0; cell < ground.shape.cells(); ++cell) {
    const LocalPoint at = ground.shape.center(cell % 200, cell / 200);
    if (at.x_m > 2600) ground.values[cell] += static_cast<float>(0.002 * (at.x_m - 2600));
  }
  parts.terrain = std::move(terrain);
  River& river = parts.rivers[0];
  for (std::size_t i = 0; i < river.line.size(); ++i) {
    river.bed_m[i] =
        static_cast<float>(std::max(96 - 0.002 * river.line[i].x_m, 96 - 0.002 * 2600));
  }
  return parts;
}

TEST(Backwater, RunsAsDeepEverywhereWhereTheBedFallsEvenly) {
  const auto world = testing::valley();
  const auto marks = backwater(*world, town(*world), {into(*world, 0, 3000, 200)});
  ASSERT_EQ(marks.size(), 1);
  const auto& river = marks.at(&world->rivers()[0]);
  EXPECT_NEAR(river.front().along_m, 3000, 1);
  for (const Mark& mark : river) EXPECT_NEAR(mark.over_bed_m, river.back().over_bed_m, 0.02);
  // Deeper than the section's own rating, which does not know the grid's ragged edges.
  const double rated_m = rating_stage_m(*world, "Đăk Bla", {2000, 790}, 200) - 92;
  EXPECT_GT(over_bed_at(river, 5000), rated_m);
  EXPECT_LT(over_bed_at(river, 5000), 1.25 * rated_m);
}

TEST(Backwater, StandsDeeperOverALevelReachAndFadesUpstream) {
  const auto world = World::seal(pooled_parts());
  const auto marks = backwater(*world, town(*world), {into(*world, 0, 3000, 200)});
  const auto& river = marks.at(&world->rivers()[0]);
  const double far_up_m = over_bed_at(river, 3200);
  EXPECT_GT(over_bed_at(river, 5600), far_up_m + 0.3);  // where the fall ends
  // Its surface falls all the way down, and the last of it is what the least slope carries.
  double before_m = 1e9;
  for (const Mark& mark : river) {
    const double surface_m = channel_at(world->rivers()[0], mark.along_m).bed_m + mark.over_bed_m;
    EXPECT_LT(surface_m, before_m);
    before_m = surface_m;
  }
}

TEST(Backwater, AddsWhatComesInFurtherDownAndLeavesDryWhatNothingComesInto) {
  WorldParts parts = testing::valley_parts();
  River brook = parts.rivers[0];
  brook.name = "Đăk Cấm";
  brook.flows_into = "Đăk Bla";
  brook.line = {{1000, 1500}, {1000, 790}};
  brook.bed_m = {100, 94};
  brook.width_m = {20, 20};
  brook.bank_depth_m = {2, 2};
  parts.rivers.push_back(brook);
  brook.name = "Đăk Khô";
  brook.line = {{3000, 1500}, {3000, 790}};
  brook.bed_m = {96, 90};
  parts.rivers.push_back(brook);
  const auto world = World::seal(std::move(parts));
  const auto marks =
      backwater(*world, town(*world), {into(*world, 0, 3000, 100), into(*world, 1, 0, 100)});
  EXPECT_EQ(marks.size(), 2);
  EXPECT_FALSE(marks.contains(&world->rivers()[2]));
  const auto& river = marks.at(&world->rivers()[0]);
  // Above the mouth twice the discharge below holds the water up a little, still.
  const double deeper = over_bed_at(river, 6000) / over_bed_at(river, 3000);
  EXPECT_LT(deeper, std::pow(2.0, 0.6) + 0.01);
  EXPECT_GT(deeper, std::pow(2.0, 0.6) - 0.15);
  // The brook ends at the river's surface.
  const auto& of_brook = marks.at(&world->rivers()[1]);
  const double mouth_m = 94 + of_brook.back().over_bed_m;
  const double river_m = channel_at(world->rivers()[0], 4000).bed_m + over_bed_at(river, 4000);
  EXPECT_NEAR(mouth_m, river_m, 0.15);
}

TEST(Backwater, HoldsThoughRiversNameEachOtherInACircle) {
  WorldParts parts = testing::valley_parts();
  River other = parts.rivers[0];
  other.name = "Đăk Vòng";
  other.flows_into = "Đăk Bla";
  for (LocalPoint& point : other.line) point.y_m += 200;
  parts.rivers[0].flows_into = "Đăk Vòng";
  parts.rivers.push_back(other);
  const auto world = World::seal(std::move(parts));
  const auto marks = backwater(*world, town(*world), {into(*world, 0, 3000, 100)});
  EXPECT_TRUE(marks.contains(&world->rivers()[0]));
}

}  // namespace
}  // namespace kontwin::flood
