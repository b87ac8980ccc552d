#pragma once

#include <array>
#include <span>
#include <string>

#include "scenarios/traffic/network/units.hpp"
#include "scenarios/traffic/network/vehicle_kind.hpp"

namespace kontwin::traffic {

/// What a type of vehicle and its drivers are like.
struct VehicleType {
  std::string id;
  VehicleKind kind = VehicleKind::car;
  double length_m = 5;
  double width_m = 1.8;
  double gap_m = 2.5;          ///< to the one ahead, when standing
  double top_speed_mps = 50;   ///< what the vehicle can or may do at most
  double speed_factor = 1;     ///< wished speed over the limit, mean over the drivers
  double speed_deviation = 0;  ///< its standard deviation; drivers are held to 0.2 ... 2
  double reaction_s = 1;       ///< kept behind the one ahead
  double acceleration_mps2 = 2.6;
  double deceleration_mps2 = 4.5;
  double imperfection = 0.5;  ///< of Krauss's driver, 0 to 1
  /// Room it takes in a waiting queue, as a share of a car's: its length over jam_spacing_m, and
  /// where narrow vehicles stand side by side its width over that of a lane.
  double room_pcu = 1;
  /// Capacity it takes while it drives, as a share of a car's.
  double flow_pcu = 1;
  /// Narrow enough to pass beside a car in the same lane and to filter to the front of a queue.
  bool narrow = false;
};

/// The types of a motorbike province, one for each kind, by kind. Lengths and widths after TCVN
/// 4054:2005 (design vehicles) and Minh, Sano and Matsumoto 2005 (motorbikes); their share of a car
/// by projected area (Chandra and Sikdar 2000: PCU = (Vc/Vi)/(Ac/Ai)), which gives 0.25 for a
/// motorbike in a queue, as Chu, Sano and Matsumoto 2005 counted in Hanoi.
std::span<const VehicleType> standard_vehicle_types();

/// What routes of each kind are planned with: the top speed of its first type, or of the standard
/// one where there is none. [kind]
std::array<double, vehicle_kinds> planned_speeds(std::span<const VehicleType> types);

}  // namespace kontwin::traffic
