#pragma once

#include <cstdint>
#include <span>

#include "scenarios/traffic/micro/micro_options.hpp"
#include "scenarios/traffic/micro/type_columns.hpp"

namespace kontwin::traffic::micro {

/// What one step does to all rows of a zone, as loops over columns: no branches, no allocation. All
/// spans are as long as `position_m`.
struct StepColumns {
  // What is read.
  std::span<const std::uint32_t> type;
  std::span<const double> wished_mps, gap_m, leader_mps, room_m, ceiling_mps, random;
  // What is written.
  std::span<double> position_m, odometer_m, speed_mps, acceleration_mps2;
};

/// Moves all rows on by `step_s`: the speed that the model wants, no more than lets the vehicle
/// stop within room_m, down to ceiling_mps at a comfortable deceleration, braking no harder than
/// the type can. The intelligent driver model moves at even acceleration within the step, Krauss's
/// at the new speed (as SUMO does).
void step(CarFollowing model, const TypeColumns& types, const StepColumns& rows, double step_s);

/// The acceleration that a model (for Krauss's: without dawdling) gives a driver behind something;
/// what lane changes weigh.
double acceleration_behind(CarFollowing model, const TypeColumns& types, std::uint32_t type,
                           double wished_mps, double speed_mps, double gap_m, double leader_mps,
                           double step_s);

}  // namespace kontwin::traffic::micro
