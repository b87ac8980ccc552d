#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/traffic/trip_run.hpp"

namespace kontwin::traffic {

/// How long vehicles wait at the end of each link, by when they get there: what a run measured, as
/// a piecewise linear function of time that keeps first in, first out, which is what makes a
/// shortest path by time well defined (Kaufman and Smith 1993, Fastest paths in time-dependent
/// networks). The waits of an interval stand at its middle; where nobody left and somebody stood,
/// the wait grows with the time; where nobody came, one would wait for the light (idle_waits).
///
/// A mean of few who met a light at other moments of its cycle says little, and whoever looks for
/// the best of many ways would take chance for speed. So a mean is drawn to that of the link over
/// the whole run, the more the better the difference is explained by the light alone (empirical
/// Bayes: Efron and Morris 1973): by variance / (variance + difference^2).
class LinkTimes {
 public:
  /// Empty roads: one waits for lights only.
  explicit LinkTimes(const Network& network);
  /// What the intervals of a run measured.
  explicit LinkTimes(const TripRun& run);

  /// When one leaves a link who gets to its end at `ready_s`; both since the start, seconds.
  double exit_s(std::uint32_t link, double ready_s) const {
    const double place = ready_s / interval_s_;
    const auto before = static_cast<std::size_t>(place);
    const float* wait = &wait_s_[link * points_];
    if (before + 1 >= points_) return ready_s + static_cast<double>(wait[points_ - 1]);
    const double first = static_cast<double>(wait[before]);
    const double next = static_cast<double>(wait[before + 1]);
    return ready_s + first + (place - static_cast<double>(before)) * (next - first);
  }

 private:
  double interval_s_ = 1;
  std::size_t points_ = 1;     // a link
  std::vector<float> wait_s_;  // [link][point]: at whole intervals
};

/// What one waits at the end of a link on empty roads, over all moments of arrival.
struct IdleWait {
  double mean_s = 0, variance_s2 = 0;
};

/// The mean over a link's turns of the uniform delay at a fixed light, red^2 / (2 cycle) (Webster
/// 1958), and its variance; 0 elsewhere. [link]
std::vector<IdleWait> idle_waits(const Network& network);

}  // namespace kontwin::traffic
