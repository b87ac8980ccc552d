#include "scenarios/slope/flood_vehicles.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin::slope {
namespace {

constexpr FloodVehicleType small_car = flood_vehicle_types[0];

/// Level ground of 200 m x 100 m under even water.
struct Pool {
  explicit Pool(double depth, double east = 0, double north = 0)
      : ground_m(GridShape{.cell_m = 5, .columns = 40, .rows = 20}, 500),
        depth_m(ground_m.shape, static_cast<float>(depth)),
        east_mps(ground_m.shape, static_cast<float>(east)),
        north_mps(ground_m.shape, static_cast<float>(north)) {}
  FloodFields fields() const { return {ground_m, depth_m, east_mps, north_mps}; }
  std::vector<VehicleFate> after(double seconds, const std::vector<StandingVehicle>& vehicles,
                                 const FloodForces& forces = {}) const {
    FloodVehicles water(fields(), vehicles, forces);
    water.run(seconds);
    return water.fates();
  }
  Raster<float> ground_m, depth_m, east_mps, north_mps;
};

using enum VehicleFate::End;

TEST(FloodVehicleRuns, ACarStandsInShallowWaterAndDriftsInDeep) {
  const StandingVehicle car{small_car, {100, 50}, std::numbers::pi / 2};
  EXPECT_EQ(Pool(0.2, 1).after(20, {car})[0].end, stands);
  const auto deep = Pool(0.8, 1.5).after(30, {car})[0];
  EXPECT_EQ(deep.end, adrift);
  EXPECT_TRUE(deep.floated);
  EXPECT_GT(deep.swept_after_s, 0);
  EXPECT_GT(deep.at.x_m, 110);
  EXPECT_NEAR(deep.at.y_m, 50, 3);
}

TEST(FloodVehicleRuns, AFloatingCarGoesAsFastAsTheWaterAndLeaves) {
  const auto fate = Pool(1.2, 2).after(200, {{small_car, {100, 50}, 0}})[0];
  EXPECT_EQ(fate.end, left);
  EXPECT_GT(fate.at.x_m, 190);
}

TEST(FloodVehicleRuns, AHeavierVehicleStandsLonger) {
  const Pool pool(0.5, 2.2);
  const auto fates = pool.after(15, {{small_car, {60, 30}, std::numbers::pi / 2},
                                     {flood_vehicle_types[4], {60, 70}, std::numbers::pi / 2}});
  EXPECT_NE(fates[0].end, stands);
  EXPECT_EQ(fates[1].end, stands);
}

TEST(FloodVehicleRuns, VehiclesJamWhereTheGroundRises) {
  // Water 1 m deep runs east against a bank; the cars ground on it, one against the other.
  Pool pool(0, 1.2);
  for (std::size_t row = 0; row < 20; ++row) {
    for (std::size_t column = 0; column < 40; ++column) {
      const double rise = std::max(0.0, static_cast<double>(column) - 26) * 0.25;
      pool.ground_m.at(column, row) = static_cast<float>(500 + rise);
      pool.depth_m.at(column, row) = static_cast<float>(std::max(0.0, 1 - rise));
      pool.east_mps.at(column, row) = rise < 0.75 ? 1.2F : 0;
    }
  }
  const auto fates = pool.after(240, {{small_car, {120, 50}, 0}, {small_car, {112, 50}, 0}});
  EXPECT_TRUE(fates[0].end == aground || fates[0].end == jammed);
  EXPECT_EQ(fates[1].end, jammed);
  EXPECT_GT(fates[0].at.x_m, 125);
  EXPECT_LT(fates[0].at.x_m, 160);
  EXPECT_GT(fates[0].at.x_m, fates[1].at.x_m);
}

TEST(FloodVehicleRuns, TheSameVehiclesMoveTheSameWay) {
  const Pool pool(0.7, 1.5, 0.4);
  const std::vector<StandingVehicle> cars{{small_car, {50, 30}, 0.3}, {small_car, {56, 33}, 1.3}};
  const auto once = pool.after(20, cars);
  const auto again = pool.after(20, cars);
  for (const std::size_t i : {0U, 1U}) EXPECT_EQ(once[i].at, again[i].at);
}

TEST(FloodVehicleRuns, SaysWhatIsWrongWithWaterAndVehicles) {
  const auto refusal = [](const Pool& pool, const StandingVehicle& vehicle,
                          const FloodForces& forces = {}) {
    return testing::message_of<ScenarioError>(
        [&] { FloodVehicles(pool.fields(), std::vector{vehicle}, forces); });
  };
  const StandingVehicle car{small_car, {100, 50}, 0};
  EXPECT_EQ(refusal(Pool(1), car), "");
  EXPECT_NE(
      refusal(Pool(1), {small_car, {1000, 50}, 0}).find("vehicle 1 at (1,000.0, 50.0) m lies off"),
      std::string::npos)
      << refusal(Pool(1), {small_car, {1000, 50}, 0});
  EXPECT_NE(
      refusal(Pool(1), {{.mass_kg = -5}, {100, 50}, 0}).find("vehicle 1 has no sensible mass"),
      std::string::npos);
  EXPECT_NE(refusal(Pool(-1), car).find("negative"), std::string::npos);
  EXPECT_NE(refusal(Pool(std::nan("")), car).find("no numbers"), std::string::npos);
  EXPECT_NE(refusal(Pool(1), car, {.friction = -0.1}).find("friction"), std::string::npos);
  Pool other(1);
  other.depth_m = Raster<float>(GridShape{.cell_m = 5, .columns = 3, .rows = 3}, 1);
  EXPECT_NE(refusal(other, car).find("shape"), std::string::npos);
}

}  // namespace
}  // namespace kontwin::slope
