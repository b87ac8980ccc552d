#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "scenarios/slope/rockfall.hpp"
#include "twin/run_table.hpp"

namespace kontwin::slope {

/// What rockfalls do to each road link: how likely they reach it, how many boulders pass, with how
/// much energy. Of a road with two directions one link stands for both.
class RockfallBook {
 public:
  explicit RockfallBook(const World& world) : world_(world) {}

  /// The rockfalls that were computed of one slope that failed, one or more, equally likely.
  void add(std::span<const Rockfall> falls);

  /// A row for each link that boulders reached or that was blocked: the probability that the slopes
  /// which failed reach it, boulders that pass in a rockfall, mean, 95th percentile and largest
  /// energy of a passage, and `blocked_h` [road], how long something lay across it.
  RunTable table(std::span<const double> blocked_h) const;

 private:
  struct Reached {
    double spared = 1;    ///< probability that no slope reached it
    double passages = 0;  ///< expected, of all slopes together
    std::vector<double> energies_j;
  };
  std::uint32_t one_of(std::uint32_t road) const;

  const World& world_;
  std::map<std::uint32_t, Reached> roads_;
};

}  // namespace kontwin::slope
