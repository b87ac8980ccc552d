#include "scenarios/evacuation/crowd/movement_options.hpp"

#include <sstream>

#include "twin/error.hpp"

namespace kontwin::crowd {

namespace {

void check_range(const char* what, float value, float low, float high) {
  if (value >= low && value <= high) return;
  std::ostringstream text;
  text << "movement: " << what << " is " << value << "; it must be from " << low << " to " << high;
  throw ScenarioError(text.str());
}

}  // namespace

MovementOptions movement_options(MovementOptions::Model model) {
  MovementOptions options;
  options.model = model;
  if (model == MovementOptions::Model::collision_free_speed) {
    options.neighbour_strength = 8.0F;
    options.neighbour_range_m = 0.1F;
  }
  return options;
}

void check(const MovementOptions& options) {
  check_range("step_s", options.step_s, 0.001F, 0.05F);
  check_range("time_gap_s", options.time_gap_s, 0.1F, 5);
  check_range("acceleration_s", options.acceleration_s, 0.05F, 5);
  check_range("neighbour_strength", options.neighbour_strength, 0, 100);
  check_range("neighbour_range_m", options.neighbour_range_m, 0.01F, 1);
  check_range("wall_strength", options.wall_strength, 0, 100);
  check_range("wall_range_m", options.wall_range_m, 0.01F, 0.3F);
  check_range("anticipation_s", options.anticipation_s, 0, 3);
  check_range("passing_side_m", options.passing_side_m, -1, 1);
  check_range("squeeze_mps", options.squeeze_mps, 0, 1);
  check_range("turning_s", options.turning_s, 0.01F, 3);
  check_range("contact_strength", options.contact_strength, 0, 100);
  check_range("contact_range_m", options.contact_range_m, 0.01F, 0.5F);
  check_range("repulsion_mps2", options.repulsion_mps2, 0, 1000);
  check_range("repulsion_range_m", options.repulsion_range_m, 0.01F, 1);
  check_range("body_per_s2", options.body_per_s2, 0, 1500);
  check_range("friction_per_ms", options.friction_per_ms, 0, 3000);
}

}  // namespace kontwin::crowd
