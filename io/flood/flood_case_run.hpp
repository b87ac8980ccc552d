#pragma once

#include <functional>
#include <vector>

#include "io/flood/flood_case.hpp"
#include "scenarios/compute_arena.hpp"
#include "twin/balance.hpp"
#include "twin/frame.hpp"

namespace kontwin::flood {

/// What was seen at a point at one time: depth, level of the surface (of the ground where it is
/// dry), velocities towards rising x and y of the plane.
struct PointValue {
  double depth_m = 0, level_m = 0, east_mps = 0, north_mps = 0;
};

/// The water over a run at the points and sections of its case.
struct CaseSeries {
  std::vector<double> time_s;                   ///< since the start, the start first
  std::vector<std::vector<PointValue>> points;  ///< [point][time]
  /// [section][time] m³/s, from the left of the line to its right; below 0 the other way.
  std::vector<std::vector<double>> sections_m3ps;
  std::vector<Balance> balance;  ///< [time]
};

/// What came of a case.
struct CaseOutcome {
  CaseSeries series;
  RunSummary summary;                   ///< maps of the maxima; NaN in the outside
  std::vector<Raster<float>> ground_m;  ///< [grid] as it was at the end; NaN in the outside
  std::vector<std::string> grids;       ///< their names
  KpiList structures;                   ///< peak and volume of each
  std::uint64_t cell_updates = 0;
  /// Why it ended before its end: by water that cannot be, with place on the plane and time, or by
  /// an edit that could not be made. Empty where it ran to its end; all else is up to then.
  std::string stopped = {};
};

/// What else is wanted while a case runs; each may be empty.
struct CaseWatch {
  /// The share that is done, 0 to 1.
  std::function<void(double)> progress = {};
  /// Depths of a grid every `maps_every`, NaN in the outside; `after` the start.
  std::function<void(const std::string& grid, const Raster<float>& depth_m, Duration after)> map =
      {};
  RunSink* record = nullptr;  ///< frames every `record_every`
};

/// Runs a case to its end, or until the flood engine stops it. Throws ScenarioError for what it
/// refuses before its first step. The same for any number of threads of the arena.
CaseOutcome run_flood_case(const FloodCase& flood_case, ComputeArena& arena,
                           const CaseWatch& watch = {});

/// Makes all that a run needs before its first step, and nothing more. Throws ScenarioError where
/// `run_flood_case` would before that step.
void check_flood_case(const FloodCase& flood_case, ComputeArena& arena);

}  // namespace kontwin::flood
