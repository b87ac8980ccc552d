#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/traffic/demand/vehicle_type.hpp"
#include "scenarios/traffic/micro/car_following.hpp"
#include "scenarios/traffic/micro/micro_options.hpp"

namespace kontwin::traffic::micro {

/// The numbers of vehicle types that the kernels read, in columns by type.
struct TypeColumns {
  /// Throws ScenarioError for a type whose length, width, reaction time, acceleration or
  /// deceleration is not above 0.
  TypeColumns(std::span<const VehicleType> types, const MicroOptions& options);

  std::size_t size() const { return length_m.size(); }
  /// A driver of the type who wishes to go so fast.
  Driver driver(std::uint32_t type, double wished_mps) const {
    return {wished_mps, time_gap_s[type], standing_gap_m[type], acceleration_mps2[type],
            comfortable_mps2[type]};
  }

  std::vector<double> length_m, width_m, standing_gap_m, time_gap_s, acceleration_mps2;
  std::vector<double> comfortable_mps2;   ///< braking that is wished for
  std::vector<double> deceleration_mps2;  ///< braking that is possible
  std::vector<double> imperfection, top_speed_mps;
  /// Share of the speed to which the wish of a driver who is too fast falls at most in the models,
  /// so that they brake comfortably: (1 + b / a)^(-1/4).
  std::vector<double> easing;
  std::vector<std::uint8_t> narrow;
  std::vector<VehicleKind> kind;
  double longest_m = 0;
};

}  // namespace kontwin::traffic::micro
