#include "scenarios/flood/settling.hpp"

#include <gtest/gtest.h>

#include "tests/scenarios/flood/flood_world.hpp"

namespace kontwin {
namespace {

struct Settled {
  std::uint64_t updates = 0;
  std::vector<float> depth_m;
  Balance water;  ///< of ten minutes after
};

Settled settled(Branch branch, double hours, std::size_t threads = 1) {
  ComputeArena arena(threads);
  FloodEngine engine(branch, arena, testing::options_for_town(hours));
  Settled out{.updates = engine.cell_updates(), .depth_m = {}, .water = {}};
  Frame frame;
  engine.show(frame);
  const auto shown = frame.fields.front().values;
  out.depth_m.assign(shown.begin(), shown.end());
  testing::run(engine, branch, 10);
  out.water = testing::balance_of(engine, "water");
  return out;
}

Branch with_inflow(double discharge_m3ps) {
  Branch branch = testing::branch_of(testing::valley());
  if (discharge_m3ps > 0) {
    branch.forcing.inflows.push_back({"Đăk Bla", {-3000, 790}, testing::steady(discharge_m3ps)});
  }
  return branch;
}

TEST(Settling, EndsOnceTheRiverIsSteadyHoweverLongItMayTake) {
  const Settled three = settled(with_inflow(200), 3);
  const Settled twelve = settled(with_inflow(200), 12);
  EXPECT_EQ(three.updates, twelve.updates);
  EXPECT_EQ(three.depth_m, twelve.depth_m);
  EXPECT_GT(three.updates, 0U);
  // What it calls steady: less than a quarter of what comes still goes into or out of cells.
  EXPECT_NEAR(three.water.left, three.water.entered, 0.25 * three.water.entered);
}

TEST(Settling, TakesAllItsTimeWhereNothingComesThatCouldBeSteady) {
  Branch branch = with_inflow(0);
  branch.state.at({Kind::river_gauge, 0}, river_gauge_column::stage_m) = 94;
  EXPECT_LT(settled(branch, 0.25).updates, settled(branch, 0.5).updates);
}

TEST(Settling, GivesTheSameBitsOnTwoThreads) {
  EXPECT_EQ(settled(with_inflow(200), 3, 1).depth_m, settled(with_inflow(200), 3, 2).depth_m);
}

TEST(Settling, BeginsWhereAGaugeKnowsItsStage) {
  Branch branch = with_inflow(200);
  branch.state.at({Kind::river_gauge, 0}, river_gauge_column::stage_m) = 96;
  ComputeArena arena(1);
  FloodEngine engine(branch, arena, testing::options_for_town(0));
  testing::run(engine, branch, 1);
  EXPECT_NEAR(branch.state.at({Kind::river_gauge, 0}, river_gauge_column::stage_m), 96, 0.1);
}

}  // namespace
}  // namespace kontwin
