#pragma once

#include <deque>
#include <vector>

#include "twin/time.hpp"

namespace kontwin::slope {

/// The mean intensity (mm/h) over `duration_h` hours above which shallow landslides and debris
/// flows were seen to start: I = 14.82 D^-0.39 (Caine 1980, Geografiska Annaler 62A), D from 10
/// minutes to 500 hours.
double caine_mmph(double duration_h);

/// The least intensity that started any: I = 2.20 D^-0.44 (Guzzetti, Peruccacci, Rossi and Stark
/// 2008, Landslides 5), D from 0.1 to 1000 hours.
double guzzetti_mmph(double duration_h);

/// How much rain a slope has had against the thresholds, over 1, 3, 6, 12, 24, 48 and 72 hours.
/// 0: below Guzzetti's at every duration; 1: above Guzzetti's; 2: above the geometric mean of both;
/// 3: above Caine's.
int rain_class(double intensity_mmph, double duration_h);

/// The rain of the last 72 hours at one place.
class RainMemory {
 public:
  /// Before `start` only the sum of the last 24 hours is known: it is taken to have fallen evenly.
  RainMemory(Instant start, double last_24h_mm);
  /// Adds a window's rain; windows in order of time.
  void add(Instant from, Instant to, double mean_mmph);
  /// Mean intensity over the last `duration_h` hours, mm/h.
  double mean_mmph(double duration_h) const;
  /// The highest rain_class over all durations.
  int highest_class() const;

 private:
  struct Spell {
    Instant from, to;
    double mm;
  };
  std::deque<Spell> spells_;
  Instant now_;
};

}  // namespace kontwin::slope
