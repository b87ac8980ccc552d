#pragma once

#include <string>
#include <vector>

#include "scenarios/flood/river_reach.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// Stage and discharge at a place of a river, taking uniform flow: Manning's formula, Q = Σ h^(5/3)
/// Δy √S / n over strips of the terrain's own cross-section, with the bed's fall from the river's
/// stations (the divided-channel method; Chow 1959, ch. 6). Where the terrain's cells are too
/// coarse for the channel, the channel is the river's own (width and bed of its stations). Water
/// beyond a bank counts only by what stands above that bank, so discharge rises steadily with
/// stage. An extrapolation wherever no measured rating exists: backwater and hysteresis are not in
/// it.
class RatingCurve {
 public:
  /// `river` by name; empty: the nearest. Throws ScenarioError when no such river runs within 5 km.
  RatingCurve(const World& world, const std::string& river, LocalPoint place);
  /// At a place of a river's line. Throws ScenarioError where the terrain does not cover it.
  RatingCurve(const Terrain& terrain, const River& river, double along_m);

  /// Discharge over the root of the slope of the energy line, m³/s; 0 at or below the bed.
  double conveyance_m3ps(double stage_m) const;
  /// m³/s; 0 at or below the bed. Throws ScenarioError when the stage is not a number.
  double discharge_m3ps(double stage_m) const;
  /// The stage (m above the datum) that carries a discharge of 0 or more.
  double stage_m(double discharge_m3ps) const;
  double bed_m() const { return bed_m_; }
  double slope() const { return slope_; }

 private:
  RatingCurve(const Terrain& terrain, const flood::RiverSpot& spot);

  struct Strip {
    double wets_at_m;   // stage from which it carries water
    double conveyance;  // Δy / n
  };
  std::vector<Strip> strips_;
  double bed_m_ = 0;
  double slope_ = 0;
};

/// One value of a RatingCurve, for callers that need no more.
double rating_discharge_m3ps(const World& world, const std::string& river, LocalPoint place,
                             double stage_m);
double rating_stage_m(const World& world, const std::string& river, LocalPoint place,
                      double discharge_m3ps);

}  // namespace kontwin
