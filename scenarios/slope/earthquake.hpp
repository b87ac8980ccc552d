#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/compute_arena.hpp"
#include "scenarios/slope/slope_cells.hpp"
#include "scenarios/slope/slope_stability.hpp"
#include "twin/edit.hpp"

namespace kontwin::slope {

/// The median peak ground acceleration (g) of an earthquake at a point. Up to magnitude 6 and where
/// nothing else is asked for, by Atkinson (2015) on rock times the site factor; above, by Boore et
/// al. (2014), the distance to the rupture taken as that to the epicentre less half the rupture's
/// length (Wells and Coppersmith 1994: log L = -2.44 + 0.59 M), for its direction is not known.
double shaking_g(const Earthquake& quake, LocalPoint at, double vs30_mps);

/// What an earthquake does along roads.
struct Shaking {
  std::vector<double> road_g;               ///< [road]: at its place
  std::vector<double> failure_probability;  ///< [road]: of its likeliest slope
  std::vector<std::uint32_t> cell;          ///< [road]: that slope; no_row where none moves
};

/// Shaking of all roads, and by Newmark's displacement at the slopes' present factors of safety how
/// likely they are to fail.
Shaking shake(const Earthquake& quake, const World& world, const SlopeCells& cells,
              const SlopeStability& stability, ComputeArena& arena);

}  // namespace kontwin::slope
