#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "scenarios/slope/rockfall.hpp"
#include "twin/run_table.hpp"

namespace kontwin::slope {

/// What a number of trials tells of a probability: its estimate and the 95 % interval of Clopper
/// and Pearson (1934, Biometrika 26), which holds for any number of trials. All unknown (0, 0, 1)
/// for no trial.
struct Share {
  double estimate = 0, low = 0, high = 1;
};
Share share_of(std::size_t successes, std::size_t trials);

/// What rockfalls do to each road link: how likely they reach it, how many boulders pass, with how
/// much energy. Of a road with two directions one link stands for both.
///
/// Boulders do not touch each other, so each is a trial: the share of a slope's boulders that reach
/// a link is known from all that were computed of it, and a rockfall reaches the link unless all of
/// its boulders stop short: 1 - (1 - share)^boulders. Slopes are taken as independent.
class RockfallBook {
 public:
  explicit RockfallBook(const World& world) : world_(world) {}

  /// The rockfalls that were computed of the slope above `road`, one or more, equally likely.
  void add(std::uint32_t road, std::span<const Rockfall> falls);

  /// A row for each link that boulders reached, that a slope failed above, or that was blocked: the
  /// probability that the slopes which failed reach it with its interval, boulders that pass in a
  /// rockfall, energies and heights of passages, and `blocked_h` [road], how long something lay
  /// across it.
  RunTable table(std::span<const double> blocked_h) const;

 private:
  struct Reached {
    /// Probability that no slope reached it: by the shares, and by both ends of their intervals.
    double spared = 1, spared_least = 1, spared_most = 1;
    double passages = 0;        ///< expected, of all slopes together
    std::size_t computed = 0;   ///< boulders of these slopes
    std::vector<RoadHit> hits;  ///< of all of these
  };
  std::uint32_t one_of(std::uint32_t road) const;

  const World& world_;
  std::map<std::uint32_t, Reached> roads_;
};

}  // namespace kontwin::slope
