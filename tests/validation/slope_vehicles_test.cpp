// Published references of vehicles in water.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "scenarios/slope/flood_vehicles.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::slope {
namespace {

using validation::Curve;
using validation::expect_at_most;
using validation::expect_within;
using validation::plot;

struct Pool {
  Pool(double depth, double speed)
      : ground_m(GridShape{.cell_m = 5, .columns = 20, .rows = 20}, 500),
        depth_m(ground_m.shape, static_cast<float>(depth)),
        east_mps(ground_m.shape, static_cast<float>(speed)),
        north_mps(ground_m.shape, 0) {}
  Raster<float> ground_m, depth_m, east_mps, north_mps;
};

/// True when a vehicle square to the flow is swept off within `seconds`.
bool is_swept(const FloodVehicleType& type, double depth_m, double speed_mps, double seconds = 8) {
  const Pool pool(depth_m, speed_mps);
  FloodVehicles water({pool.ground_m, pool.depth_m, pool.east_mps, pool.north_mps},
                      std::vector<StandingVehicle>{{type, {40, 50}, std::numbers::pi / 2}});
  water.run(seconds);
  // Little past the limit it drifts slowly: water that it goes along with pushes less.
  return water.fates()[0].moved_m > 0.02;
}

TEST(FloodVehicleValidation, VehiclesFloatWhereTheyDidAtFullSize) {
  const std::string wrl =
      "Smith, Modra, Tucker and Cox (2017), Vehicle stability testing for flood "
      "flows, WRL Technical Report 2017/07 (as the laboratory made it public; "
      "the buoyant share of the body is set by these two)";
  expect_within({"slope", "Depth at which a small car floats", "m", wrl},
                flood_vehicle_types[0].floating_depth_m(), 0.60, 0.03);
  expect_within({"slope", "Depth at which a four-wheel drive floats", "m", wrl},
                flood_vehicle_types[2].floating_depth_m(), 0.95, 0.03);
}

TEST(FloodVehicleValidation, AFloatingBodyHasArchimedesDraught) {
  for (const std::size_t kind : {0U, 2U, 5U}) {
    const FloodVehicleType& type = flood_vehicle_types[kind];
    const Pool pool(1.5, 0);
    FloodVehicles water({pool.ground_m, pool.depth_m, pool.east_mps, pool.north_mps},
                        std::vector<StandingVehicle>{{type, {50, 50}, 0}});
    for (int step = 0; step < 240 * 30; ++step) water.step();
    expect_within(
        {"slope", "Draught of a floating vehicle: " + std::string(flood_vehicle_names[kind]), "m",
         "Archimedes: clearance + m / (ρ share length width)"},
        1.5 - water.lift_m(0), type.floating_depth_m(), 0.01);
  }
}

TEST(FloodVehicleValidation, AVehicleSlidesWhereFrictionGivesWay) {
  Curve computed{"Bullet", {}, false};
  Curve closed{"closed form", {}, true};
  const FloodVehicleType& type = flood_vehicle_types[0];
  // Nearer to floating a centimetre of draught decides.
  for (const double depth_m : {0.2, 0.3, 0.4}) {
    double low = 0, high = 10;
    while (high - low > 0.01) {
      const double middle = (low + high) / 2;
      (is_swept(type, depth_m, middle) ? high : low) = middle;
    }
    const double expected = sliding_speed_mps(type, depth_m, {});
    expect_within({"slope",
                   "Speed at which a small car begins to slide in " +
                       std::to_string(depth_m).substr(0, 3) + " m of water",
                   "m/s", "Coulomb and drag: v² = 2 μ (m g - buoyancy) / (ρ C A)"},
                  high, expected, 0.03);
    computed.points.emplace_back(depth_m, high);
  }
  for (double depth_m = 0.18; depth_m < 0.6; depth_m += 0.01) {
    closed.points.emplace_back(depth_m, sliding_speed_mps(type, depth_m, {}));
  }
  plot("slope", "sliding", "When water square to its side moves a small car", "depth (m)",
       "speed (m/s)", {closed, computed});
}

TEST(FloodVehicleValidation, NobodyIsSweptOffWithinAustraliasLimits) {
  // Still depth, depth where it is fast, depth times speed; speed up to 3 m/s.
  struct Limit {
    std::size_t kind;
    double still_m, fast_m, product;
  };
  int swept = 0;
  for (const Limit& limit : {Limit{0, 0.3, 0.1, 0.3}, {1, 0.4, 0.15, 0.45}, {2, 0.5, 0.2, 0.6}}) {
    for (const double speed : {0.0, 1.0, 1.5, 2.0, 3.0}) {
      const double depth_m =
          speed == 3 ? limit.fast_m
                     : std::min(limit.still_m, speed > 0 ? limit.product / speed : limit.still_m);
      swept += is_swept(flood_vehicle_types[limit.kind], depth_m, speed, 4) ? 1 : 0;
    }
  }
  expect_at_most({"slope", "Vehicles swept off on the limits of stability (of 15)", "",
                  "Shand, Cox, Blacka and Smith (2011), Australian Rainfall and Runoff project 10, "
                  "table 5: small car, large car, four-wheel drive"},
                 swept, 0);
}

}  // namespace
}  // namespace kontwin::slope
