#include "scenarios/slope/fleet.hpp"

#include <array>

#include "scenarios/flood/stability.hpp"

namespace kontwin::slope {

namespace {

using flood::Traveller;

/// Of the vehicles that are no motorbikes: our assumption.
struct FleetShare {
  FloodVehicle kind;
  Traveller as;
  double share;
};
constexpr std::array<FleetShare, flood_vehicles> fleet{{
    {FloodVehicle::motorbike, Traveller::motorbike, 0},
    {FloodVehicle::small_car, Traveller::small_car, 0.45},
    {FloodVehicle::large_car, Traveller::large_car, 0.25},
    {FloodVehicle::four_wheel_drive, Traveller::four_wheel_drive, 0.10},
    {FloodVehicle::lorry, Traveller::lorry, 0.15},
    {FloodVehicle::bus, Traveller::bus, 0.05},
}};

}  // namespace

FloodVehicle draw_kind(unsigned stopped, double motorbike_share, RandomStream& random) {
  const auto weight = [&](const FleetShare& one, unsigned without) {
    if (flood::stops(without, one.as)) return 0.0;
    return one.kind == FloodVehicle::motorbike ? motorbike_share
                                               : (1 - motorbike_share) * one.share;
  };
  // Where the water stopped all kinds before, those who are there came against the rules.
  if (!(stopped < flood::every_vehicle)) stopped = 0;
  double sum = 0;
  for (const FleetShare& one : fleet) sum += weight(one, stopped);
  double left = random.uniform() * sum;
  FloodVehicle kind = FloodVehicle::motorbike;
  for (const FleetShare& one : fleet) {
    const double own = weight(one, stopped);
    if (own <= 0) continue;
    kind = one.kind;
    if (left < own) break;
    left -= own;
  }
  return kind;
}

}  // namespace kontwin::slope
