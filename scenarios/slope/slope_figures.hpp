#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "scenarios/slope/rockfall.hpp"
#include "twin/kpi.hpp"

namespace kontwin::slope {

/// What sums up the slopes of a run.
struct SlopeFigures {
  std::size_t most_cut = 0;  ///< road links at once; both directions counted once, as below
  std::size_t most_high = 0, most_very_high = 0;
  double most_expected = 0;  ///< sum of the probabilities of links that are warned of
  std::size_t slides = 0;
  double longest_clearing_h = 0;
  std::size_t bridges = 0;
  double strongest_g = 0;
  // Of the rockfalls that happen.
  std::size_t boulders = 0, passages = 0;
  // Of all that were computed.
  std::size_t went_on = 0;         ///< boulders that were not followed to their rest
  std::vector<double> energies_j;  ///< of each passage of a boulder over a road
  std::vector<double> runouts_m;   ///< of each boulder

  void add_slide(double hours) {
    ++slides;
    longest_clearing_h = hours > longest_clearing_h ? hours : longest_clearing_h;
  }
  /// Those of one slope: the first happens, the others are as likely.
  void add_rockfalls(std::span<const Rockfall> falls);
};

/// Adds the KPIs of a run. Those of slides, boulders and shaking are there where there were any.
void add_figures(const SlopeFigures& figures, KpiList& kpis);

}  // namespace kontwin::slope
