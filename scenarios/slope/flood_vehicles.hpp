#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "twin/raster.hpp"

namespace kontwin::slope {

/// A vehicle as water sees it: a cuboid over its ground clearance, on locked wheels, its weight at
/// 0.35 of its height.
struct FloodVehicleType {
  double mass_kg = 1000;
  double length_m = 4, width_m = 1.7, height_m = 1.5;
  double clearance_m = 0.15;  ///< under the floor
  /// Share of the cuboid above the clearance that pushes water away: the rest lets it in.
  double tight_share = 0.35;

  /// Depth of still water at which it floats: clearance + m / (rho share length width).
  double floating_depth_m() const;
};

/// The types that fleets are made of.
enum class FloodVehicle : std::uint8_t {
  small_car,
  large_car,
  four_wheel_drive,
  motorbike,
  lorry,
  bus
};
constexpr std::size_t flood_vehicles = 6;
constexpr std::array<std::string_view, flood_vehicles> flood_vehicle_names{
    "small_car", "large_car", "four_wheel_drive", "motorbike", "lorry", "bus"};

/// Kerb masses and sizes. Small car and four-wheel drive: makers' data of the Toyota Yaris (2006)
/// and Nissan Patrol (Y61), which the Water Research Laboratory of UNSW put into a tank at full
/// size (Smith, Modra, Tucker and Cox 2017, WRL Technical Report 2017/07); the share of the body
/// that keeps water out is set so that they float at 0.60 and 0.95 m, as they did there. The other
/// types have ordinary sizes and the same share, but the motorbike (0.8 of a slim body); no
/// measurement of theirs was found.
constexpr std::array<FloodVehicleType, flood_vehicles> flood_vehicle_types{{
    {1045, 3.75, 1.69, 1.52, 0.14, 0.36},
    {1500, 4.85, 1.82, 1.45, 0.14, 0.35},
    {2500, 5.05, 1.93, 1.85, 0.22, 0.35},
    {110, 1.92, 0.45, 1.1, 0.13, 0.8},
    {8000, 7.6, 2.4, 2.9, 0.28, 0.35},
    {9000, 9.0, 2.45, 3.1, 0.26, 0.35},
}};

/// Water and ground, rasters of one shape. Velocities are those of the depth-averaged flow.
struct FloodFields {
  const Raster<float>& ground_m;
  const Raster<float>& depth_m;
  const Raster<float>& east_mps;
  const Raster<float>& north_mps;
};

struct StandingVehicle {
  FloodVehicleType type;
  LocalPoint at;
  double heading_rad = 0;  ///< of its length, from the east, anticlockwise
};

/// How water acts on vehicles. Drag coefficients of 1.1 and friction of 0.3 of wet tyres: Keller
/// and Mitsch (1993), as Shand, Cox, Blacka and Smith (2011, Australian Rainfall and Runoff project
/// 10) take them.
struct FloodForces {
  double friction = 0.3;  ///< of locked wheels on the ground, 0 or more
  double drag = 1.1;
  /// Share of the front under the floor that wheels and axles fill.
  double under_share = 0.25;
};

struct VehicleFate {
  enum class End : std::uint8_t {
    stands,   ///< where it was, by less than half a metre
    aground,  ///< swept off, and at rest on the ground
    jammed,   ///< swept off, and at rest against another vehicle
    adrift,   ///< still moving when time was up
    left,     ///< left the water's raster
  };
  End end = End::stands;
  LocalPoint at;
  double moved_m = 0;
  double swept_after_s = -1;  ///< when it had moved half a metre; -1: never
  bool floated = false;       ///< the water carried all its weight at some moment
};

/// Vehicles in water that stays as it is, by Bullet: steps of 1/240 s on the ground as a mesh;
/// buoyancy and drag at nine points of each body; vehicles touch each other. One thread, no chance.
class FloodVehicles {
 public:
  static constexpr double step_s = 1.0 / 240;

  /// Copies what it needs of the fields. Throws ScenarioError for rasters of different shapes, for
  /// fields or forces that make no sense, and for a vehicle off the mesh or without size or weight,
  /// by its number.
  FloodVehicles(const FloodFields& fields, std::span<const StandingVehicle> vehicles,
                const FloodForces& forces = {});
  ~FloodVehicles();
  FloodVehicles(const FloodVehicles&) = delete;
  FloodVehicles& operator=(const FloodVehicles&) = delete;

  void step();
  /// Steps for `seconds`, or until all are at rest.
  void run(double seconds);
  /// One for each vehicle, as it is now.
  std::vector<VehicleFate> fates() const;
  /// Height of a vehicle's underside (as if it stood upright) over the ground below its middle, m.
  double lift_m(std::size_t vehicle) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Speed of a flow square to a vehicle's side at which it begins to slide on level ground, m/s:
/// friction of what buoyancy leaves of the weight equals drag; 0 where it floats, infinite where no
/// water touches it.
double sliding_speed_mps(const FloodVehicleType& type, double depth_m, const FloodForces& forces);

}  // namespace kontwin::slope
