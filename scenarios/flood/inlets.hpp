#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/flood/reservoirs.hpp"
#include "scenarios/flood/river_reach.hpp"
#include "scenarios/flood/shallow_water_solver.hpp"
#include "twin/branch.hpp"

namespace kontwin::flood {

/// Where rivers come onto the grid: the forcing's inflows, each in the channel nearest to its
/// place, or where its river first enters the grid when the place lies outside; and, after the time
/// a wave needs to come down, what a dam upstream lets out more (or less) than planned. The
/// forcing's inflows hold the planned releases already.
class Inlets {
 public:
  /// Throws ScenarioError for an inflow whose series is not usable or whose water never comes onto
  /// the grid.
  Inlets(const Branch& branch, const TerrainGrid& grid, double release_wave_mps,
         ShallowWaterSolver& solver);

  /// What the forcing brings in at each inlet at a moment, and where on which river.
  struct Inlet {
    std::string name;
    TimeSeries discharge_m3ps;
    std::optional<RiverSpot> spot;
    std::size_t source = 0;
  };
  const std::vector<Inlet>& inlets() const { return inlets_; }

  /// Sets every source to its mean over a window; `factor` is on what the forcing brings.
  void set_discharges(const Reservoirs& reservoirs, Instant from, Instant to, double factor,
                      ShallowWaterSolver& solver);
  /// Sets every source to `factor` times its value at a moment, without releases.
  void set_steady(Instant at, double factor, ShallowWaterSolver& solver) const;

 private:
  struct Release {
    std::size_t reservoir = 0;
    std::size_t inlet = 0;
    Duration delay{0};
    TimeSeries more_m3ps;  // than planned, by the beginning of each window
  };
  std::vector<Inlet> inlets_;
  std::vector<Release> releases_;
};

}  // namespace kontwin::flood
