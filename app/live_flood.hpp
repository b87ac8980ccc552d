#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "actors/mirror.hpp"
#include "twin/observation.hpp"

namespace kontwin {

/// What the live part of the demo leaves.
struct LiveFlood {
  Instant alarm_at;              ///< when the Kon Tum gauge raised BĐ1
  StateTable state_at_alarm;     ///< the mirror's snapshot at that moment
  std::vector<Reading> history;  ///< what the mirror's sensors saw in the hours before it
  std::vector<Event> alarms;     ///< warnings and alarms of the whole replay, in order
  std::vector<Observation> observed;
  MirrorCounts counts;
};

/// Plays the main rise and fall of the recorded flood (17 November 17:00 to 19 November 13:00) into
/// a mirror of `world`, `speed_up` times as fast as it was; prints alarms as they are raised and
/// keeps them in the store. Takes the snapshot when the Kon Tum gauge first reaches BĐ1. Throws
/// Error when it never does.
LiveFlood replay_flood(const std::shared_ptr<const World>& world,
                       const std::filesystem::path& recorded, double speed_up, unsigned threads,
                       const std::filesystem::path& store_file);

}  // namespace kontwin
