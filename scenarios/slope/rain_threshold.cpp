#include "scenarios/slope/rain_threshold.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace kontwin::slope {

namespace {

constexpr std::array durations_h{1.0, 3.0, 6.0, 12.0, 24.0, 48.0, 72.0};
constexpr auto remembered = std::chrono::hours(72);

}  // namespace

double caine_mmph(double duration_h) { return 14.82 * std::pow(duration_h, -0.39); }

double guzzetti_mmph(double duration_h) { return 2.20 * std::pow(duration_h, -0.44); }

int rain_class(double intensity_mmph, double duration_h) {
  const double least = guzzetti_mmph(duration_h);
  const double most = caine_mmph(duration_h);
  if (intensity_mmph < least) return 0;
  if (intensity_mmph < std::sqrt(least * most)) return 1;
  return intensity_mmph < most ? 2 : 3;
}

RainMemory::RainMemory(Instant start, double last_24h_mm) : now_(start) {
  if (last_24h_mm > 0) spells_.push_back({start - std::chrono::hours(24), start, last_24h_mm});
}

void RainMemory::add(Instant from, Instant to, double mean_mmph) {
  now_ = to;
  const double mm = mean_mmph * to_seconds(to - from) / 3600;
  if (mm == 0 && !spells_.empty() && spells_.back().mm == 0) {
    spells_.back().to = to;  // dry weather is one spell, however long
  } else {
    spells_.push_back({from, to, mm});
  }
  while (!spells_.empty() && spells_.front().to <= to - remembered) spells_.pop_front();
}

double RainMemory::mean_mmph(double duration_h) const {
  const Instant since = now_ - from_seconds(duration_h * 3600);
  double sum_mm = 0;
  for (const Spell& spell : spells_) {
    if (spell.to <= since) continue;
    const double share =
        to_seconds(spell.to - std::max(spell.from, since)) / to_seconds(spell.to - spell.from);
    sum_mm += share * spell.mm;
  }
  return sum_mm / duration_h;
}

int RainMemory::highest_class() const {
  int highest = 0;
  for (const double duration_h : durations_h) {
    highest = std::max(highest, rain_class(mean_mmph(duration_h), duration_h));
  }
  return highest;
}

}  // namespace kontwin::slope
