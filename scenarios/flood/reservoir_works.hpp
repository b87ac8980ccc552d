#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "twin/forcing.hpp"

namespace kontwin::flood {

/// Like gates of a dam, side by side. They pass water as opening_m3ps says.
struct DamGates {
  double count = 1;
  double sill_m = 0;    ///< above the datum
  double width_m = 0;   ///< of each
  double height_m = 0;  ///< of each, fully open
  double coefficient = 0.6;
};

/// What a scenario may say of a dam beyond the facts of its reservoir. Levels are metres above the
/// datum.
struct ReservoirWorks {
  std::uint32_t reservoir = 0;  ///< row
  /// Level and cubic metres, both rising; empty: a straight line between dead and full level.
  std::vector<std::pair<double, double>> storage_m_m3 = {};
  std::vector<DamGates> gates = {};
  TimeSeries gate_opening = {};  ///< share of their height, 0 to 1; empty: closed
  double spill_crest_m = std::numeric_limits<double>::quiet_NaN();  ///< NaN: no spillway known
  double spill_width_m = 0;
  double spill_coefficient = 1;  ///< over critical flow on a broad crest; about 1.28 for an ogee
  /// Rule: level and outflow in m³/s, levels rising, straight between; empty: none.
  std::vector<std::pair<double, double>> rule_m_m3ps = {};
  TimeSeries inflow_m3ps = {};  ///< empty: stays as it was last known
  /// All that it lets out comes onto the grid. Else only what it lets out more or less than planned
  /// does, because the inflows of the forcing hold the planned release.
  bool whole_release = false;
};

/// Throws ScenarioError, naming the reservoir by `urn`, for works that make no sense.
void check_works(const ReservoirWorks& works, const std::string& urn);

}  // namespace kontwin::flood
