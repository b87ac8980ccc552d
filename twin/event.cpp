#include "twin/event.hpp"

#include <array>

namespace kontwin {

std::string_view name_of(EventType type) {
  static constexpr std::array<std::string_view, 16> names{
      "alarm_level_changed", "water_depth_crossed", "slope_level_changed", "debris_changed",
      "open_changed",        "cut_off_changed",     "working_changed",     "sensor_stale",
      "sensor_recovered",    "evacuation_ordered",  "shelter_full",        "queue_spilled_back",
      "level_above_full",    "actor_restarted",     "edit_applied",        "vehicles_swept_off"};
  return names[static_cast<std::size_t>(type)];
}

std::string_view name_of(Severity severity) {
  static constexpr std::array<std::string_view, 3> names{"notice", "warning", "alarm"};
  return names[static_cast<std::size_t>(severity)];
}

}  // namespace kontwin
