#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/traffic/trip_run.hpp"

namespace kontwin::traffic {

/// What one waits at the end of a link on empty roads, over all moments of arrival.
struct IdleWait {
  double mean_s = 0, variance_s2 = 0;
};

/// For each turn the uniform delay at a fixed light, red^2 / (2 cycle) (Webster 1958), and its
/// variance; 0 elsewhere. [turn]
std::vector<IdleWait> idle_waits(const Network& network);

/// What runs measured, each counting less than the one after it.
class WaitRecord {
 public:
  struct Wait {
    double exits = 0, delay_s = 0;
  };

  /// Takes in a run, which has to measure by turn; what was there before counts `kept` (0 to 1) of
  /// what it did. The runs have to have the same network and interval.
  void add(const TripRun& run, double kept);

  double interval_s() const { return interval_s_; }
  std::size_t intervals() const { return links_.size(); }
  double weight() const { return weight_; }  ///< of all runs, the last one being 1
  std::span<const Wait> links(std::size_t interval) const { return links_[interval]; }
  std::span<const Wait> turns(std::size_t interval) const { return turns_[interval]; }
  /// Share of an interval that some vehicle was on a link, or how many were.
  double vehicles(std::size_t interval, std::uint32_t link) const {
    return vehicle_s_[interval][link] / (weight_ * interval_s_);
  }

 private:
  double interval_s_ = 1, weight_ = 0;
  std::vector<std::vector<Wait>> links_, turns_;  // [interval][link], [interval][turn]
  std::vector<std::vector<double>> vehicle_s_;    // [interval][link]
};

/// How long vehicles wait at the end of each link, by when they get there: what was measured, as a
/// piecewise linear function of time that keeps first in, first out, which is what makes a
/// shortest path by time well defined (Kaufman and Smith 1993, Fastest paths in time-dependent
/// networks). The waits of an interval stand at its middle; where nobody left and somebody stood,
/// the wait grows with the time; where nobody came, one would wait for the light (idle_waits). Who
/// turns waits as much longer or shorter than the others of the link as it was on average over the
/// run: to the left against those who come the other way, or with a light of its own.
///
/// A mean of few who met a light at other moments of its cycle says little, and whoever looks for
/// the best of many ways would take chance for speed. So a mean is drawn to that of the same
/// interval in the runs before, and that to the mean of the link over whole runs, the more the
/// better the difference is explained by the light alone (empirical Bayes: Efron and Morris 1973):
/// by variance / (variance + difference^2). A queue is no chance, and counts as it was in this run.
/// The mean of a turn is drawn to what its light makes of it, as if some had been seen who waited
/// so.
class LinkTimes {
 public:
  /// Empty roads: one waits for lights only.
  explicit LinkTimes(const Network& network);
  /// What a run measured, and `record`: that run and those before it.
  LinkTimes(const Network& network, const WaitRecord& run, const WaitRecord& record);

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
  /// The same for who makes a turn.
  double exit_s(std::uint32_t link, std::uint32_t turn, double ready_s) const {
    return std::max(ready_s, exit_s(link, ready_s) + static_cast<double>(more_s_[turn]));
  }

 private:
  double interval_s_ = 1;
  std::size_t points_ = 1;     // a link
  std::vector<float> wait_s_;  // [link][point]: at whole intervals
  std::vector<float> more_s_;  // [turn] than the others of its link
};

}  // namespace kontwin::traffic
