#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

#include "twin/entity_ref.hpp"
#include "twin/time.hpp"

namespace kontwin {

/// What crossed a line. Append, never insert: recorded in run files.
enum class EventType : std::uint8_t {
  alarm_level_changed,  ///< value: the new level, 0 to 3 (river gauges: BĐ1 to BĐ3)
  water_depth_crossed,  ///< value: the new depth in metres; a line the entity's kind cares about
  slope_level_changed,  ///< value: the new level, 0 to 3
  debris_changed,       ///< value: 1 blocked, 0 cleared
  open_changed,         ///< value: 1 opened, 0 closed
  cut_off_changed,      ///< value: 1 cut off, 0 reachable
  working_changed,      ///< value: 1 works, 0 does not
  sensor_stale,         ///< value: seconds since the last observation
  sensor_recovered,
  evacuation_ordered,  ///< value: people it concerns
  shelter_full,        ///< value: people inside
  queue_spilled_back,  ///< value: vehicles waiting
  level_above_full,    ///< a reservoir above its full supply level; value: metres above
  actor_restarted,     ///< value: how often so far
  edit_applied,        ///< value: the index of the edit in the branch
  vehicles_swept_off,  ///< value: how many water carried off, as it first did here
};

enum class Severity : std::uint8_t { notice, warning, alarm };

/// Something that crossed a line, at a moment, at an entity.
struct Event {
  Instant at;
  EntityRef entity;
  EventType type = EventType::alarm_level_changed;
  double value = 0;
  Severity severity = Severity::notice;

  /// By entity, then type: the order in which the events of one exchange are handled.
  friend bool before(const Event& a, const Event& b) {
    if (a.entity != b.entity) return a.entity < b.entity;
    if (a.type != b.type) return a.type < b.type;
    if (a.at != b.at) return a.at < b.at;
    return a.value < b.value;
  }
};

/// `alarm_level_changed`, ...
std::string_view name_of(EventType type);
std::string_view name_of(Severity severity);

}  // namespace kontwin
