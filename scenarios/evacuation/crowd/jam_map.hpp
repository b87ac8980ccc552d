#pragma once

#include <vector>

#include "scenarios/evacuation/crowd/ground_patches.hpp"

namespace kontwin::crowd {

/// Where people on their way do not get on, as it was in the last seconds, by patch of the ground.
/// What counts is not how many they are but how fast they get on along their ways (Kretz 2009,
/// J. Stat. Mech. P03012).
class JamMap {
 public:
  explicit JamMap(const GroundPatches& patches);

  /// Somebody on its way at this look: on a patch, and which share of its speed gets it on (0 to
  /// 1; less than 0: away).
  void see(std::uint32_t patch, std::uint32_t heads, float share) {
    heads_now_[patch] += static_cast<float>(heads);
    gets_on_now_[patch] += static_cast<float>(heads) * share;
  }
  /// Takes in what was seen, `seconds` after the last time.
  void look(double seconds);

  /// Heads on a patch, and of them those that their speeds get on: both smoothed over 10 s.
  float heads(std::uint32_t patch) const { return heads_[patch]; }
  float gets_on(std::uint32_t patch) const { return gets_on_[patch]; }
  /// What a metre counts as for who walks across the others on a patch or against them: 1 or more,
  /// by their density (Weidmann 1993).
  float across(std::uint32_t patch) const;
  /// Whether those on a patch and beside it are held up: a metre takes twice its time or more.
  bool holds(std::uint32_t patch) const { return holds_[patch] != 0; }

 private:
  const GroundPatches& patches_;
  std::vector<float> heads_now_, gets_on_now_, heads_, gets_on_;
  std::vector<std::uint8_t> holds_;
};

}  // namespace kontwin::crowd
