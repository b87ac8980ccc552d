#include "scenarios/evacuation/crowd/jam_map.hpp"

#include <algorithm>
#include <cmath>

namespace kontwin::crowd {

namespace {

constexpr double smoothing_s = 10;
/// Fewer people a square metre than this hold nobody up.
constexpr float least_per_m2 = 1;

}  // namespace

JamMap::JamMap(const GroundPatches& patches)
    : patches_(patches),
      heads_now_(patches.count(), 0),
      gets_on_now_(patches.count(), 0),
      heads_(patches.count(), 0),
      gets_on_(patches.count(), 0),
      holds_(patches.count(), 0) {}

void JamMap::look(double seconds) {
  const auto share = static_cast<float>(1 - std::exp(-seconds / smoothing_s));
  for (std::size_t patch = 0; patch < heads_.size(); ++patch) {
    heads_[patch] += share * (heads_now_[patch] - heads_[patch]);
    gets_on_[patch] += share * (gets_on_now_[patch] - gets_on_[patch]);
  }
  std::ranges::fill(heads_now_, 0.F);
  std::ranges::fill(gets_on_now_, 0.F);
  for (std::size_t patch = 0; patch < heads_.size(); ++patch) {
    holds_[patch] = 0;
    // A few people on a square metre say little: those beside it are looked at, too.
    float heads = heads_[patch];
    if (heads < 0.1F * patches_.area_m2[patch]) continue;
    float gets_on = gets_on_[patch], area_m2 = patches_.area_m2[patch];
    for (std::uint32_t i = patches_.begin[patch]; i < patches_.begin[patch + 1]; ++i) {
      const std::uint32_t beside = patches_.neighbours[i];
      heads += heads_[beside];
      gets_on += gets_on_[beside];
      area_m2 += patches_.area_m2[beside];
    }
    holds_[patch] = heads >= least_per_m2 * area_m2 && 2 * gets_on <= heads;
  }
}

float JamMap::across(std::uint32_t patch) const {
  constexpr float most_per_m2 = 5.4F, least_share = 0.05F;
  const float per_m2 = heads_[patch] / patches_.area_m2[patch];
  if (per_m2 < least_per_m2) return 1;
  const float share = 1 - std::exp(-1.913F * (1 / per_m2 - 1 / most_per_m2));
  return 1 / std::max(share, least_share);
}

}  // namespace kontwin::crowd
