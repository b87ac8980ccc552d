#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "twin/evacuation_record.hpp"

namespace kontwin {

/// People of one home who share a fate and are not safe.
struct NotOut {
  EntityRef home;
  EvacueeFate fate = EvacueeFate::no_way;
  std::uint64_t people = 0, needing_help = 0;
  int hazard_class = 0;  ///< the worst that any of them stood in
};
/// Those who would have left before those who would not; the worst water, then the most people
/// first.
std::vector<NotOut> not_out_of(const EvacuationRecord& record);

/// Where people stood in water of a class before they were safe.
struct WaterSpot {
  EntityRef place;
  std::uint64_t people = 0;
  int hazard_class = 0;         ///< the worst there
  std::optional<Instant> from;  ///< since when
};
/// From `lowest` class on; the worst, then those with the most people first.
std::vector<WaterSpot> water_spots(const EvacuationRecord& record, int lowest);

/// People who came into each shelter or hospital, by the hour they came in.
std::map<EntityRef, std::map<Instant, std::uint64_t>> arrivals_by_hour(
    const EvacuationRecord& record);

/// Whom water of a class, 1 to 6, is dangerous to: Australian Institute for Disaster Resilience
/// 2017, Guideline 7-3 of Handbook 7.
EvacuationNames hazard_words(int hazard_class);

}  // namespace kontwin
