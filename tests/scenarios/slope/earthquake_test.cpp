#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "scenarios/slope/earthquake.hpp"
#include "scenarios/slope/slope_engine.hpp"
#include "tests/scenarios/slope/hillside_world.hpp"

namespace kontwin {
namespace {

constexpr Instant noon{std::chrono::hours(24 * 365)};

Branch branch_with_bridge() {
  WorldParts parts = testing::hillside_parts();
  auto& roads = parts.entities[index_of(Kind::road)];
  for (const std::uint32_t road : {4U, 5U}) roads.attributes[road_attribute::bridge][road] = 1;
  Branch branch;
  branch.world = World::seal(std::move(parts));
  branch.state = StateTable(*branch.world);
  branch.start = noon;
  return branch;
}

Earthquake near_quake(double magnitude) { return {{1000, 1000}, magnitude, 5}; }

TEST(Earthquakes, ShakeLessWithDistanceAndMoreOnSoftGround) {
  const Earthquake quake = near_quake(5);
  EXPECT_GT(slope::shaking_g(quake, {1000, 1000}, 760), slope::shaking_g(quake, {9000, 1000}, 760));
  EXPECT_GT(slope::shaking_g(quake, {9000, 1000}, 250), slope::shaking_g(quake, {9000, 1000}, 760));
  // A rupture of magnitude 7 is some 50 km long: 20 km off the epicentre may lie on it.
  const Earthquake large = near_quake(7);
  EXPECT_DOUBLE_EQ(slope::shaking_g(large, {21000, 1000}, 760),
                   slope::shaking_g(large, {1000, 1000}, 760));
}

TEST(Earthquakes, AreComputedByTheEquationThatIsAskedFor) {
  Earthquake quake = near_quake(5);
  const double automatic = slope::shaking_g(quake, {5000, 1000}, 760);
  quake.motion = Earthquake::Motion::atkinson_2015;
  EXPECT_DOUBLE_EQ(slope::shaking_g(quake, {5000, 1000}, 760), automatic);
  quake.motion = Earthquake::Motion::boore_2014;
  EXPECT_NE(slope::shaking_g(quake, {5000, 1000}, 760), automatic);
}

TEST(Earthquakes, CloseBridgesUntilTheyAreInspected) {
  ComputeArena arena(1);
  Branch branch = branch_with_bridge();
  SlopeEngine engine(branch, arena, {.boulders_per_link = 0, .inspection_h = 3});
  engine.apply(near_quake(5.5), branch.state, noon);
  EXPECT_GT(branch.state.at({Kind::road, 4}, road_column::shaking_g), 0.1);
  EXPECT_EQ(branch.state.at({Kind::road, 4}, road_column::inspection), 1);
  EXPECT_EQ(branch.state.at({Kind::road, 0}, road_column::inspection), 0) << "no bridge";
  engine.advance(branch.state, noon, noon + std::chrono::hours(2));
  EXPECT_EQ(branch.state.at({Kind::road, 4}, road_column::inspection), 1);
  engine.advance(branch.state, noon + std::chrono::hours(2), noon + std::chrono::hours(4));
  EXPECT_EQ(branch.state.at({Kind::road, 4}, road_column::inspection), 0);
  KpiList kpis;
  engine.add_kpis(kpis);
  EXPECT_EQ(std::ranges::find(kpis, "bridges_inspected", &Kpi::id)->value, 1);
  EXPECT_GT(std::ranges::find(kpis, "shaking_percent_g", &Kpi::id)->value, 10);
}

TEST(Earthquakes, ThatAreSmallOrFarCloseNothing) {
  ComputeArena arena(1);
  Branch branch = branch_with_bridge();
  SlopeEngine engine(branch, arena, {});
  engine.apply(near_quake(2.5), branch.state, noon);
  engine.apply(Earthquake{{200e3, 0}, 5, 8}, branch.state, noon);
  EXPECT_EQ(branch.state.at({Kind::road, 4}, road_column::inspection), 0);
  EXPECT_LT(branch.state.at({Kind::road, 0}, road_column::slide_probability), 1e-6);
  EXPECT_TRUE(engine.rockfalls().empty());
}

TEST(Earthquakes, BringSlopesDownThatRainHasSoftened) {
  const auto probability = [](double rain_mmph, std::size_t threads) {
    ComputeArena arena(threads);
    Branch branch = branch_with_bridge();
    branch.forcing.rain_mmph = {{noon}, {rain_mmph}, TimeSeries::Between::hold};
    SlopeEngine engine(branch, arena, {.close_on_rain = false});
    engine.advance(branch.state, noon, noon + std::chrono::hours(20));
    const double before = branch.state.at({Kind::road, 0}, road_column::slide_probability);
    engine.apply(near_quake(5.8), branch.state, noon + std::chrono::hours(20));
    const double after = branch.state.at({Kind::road, 0}, road_column::slide_probability);
    EXPECT_GE(after, before);
    return 1 - (1 - after) / (1 - before);
  };
  const double dry = probability(0, 1);
  EXPECT_GT(probability(8, 1), dry);
  EXPECT_EQ(probability(8, 1), probability(8, 2));
}

}  // namespace
}  // namespace kontwin
