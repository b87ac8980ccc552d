#pragma once

#include <array>

#include "scenarios/slope/ground_class.hpp"

namespace kontwin {

/// What a scenario may say of the slope engine. docs/slope.md gives the source of each default.
struct SlopeOptions {
  // -- landslides
  std::array<slope::Soil, slope::ground_classes> soil = slope::default_soils;
  /// Soil depth (m): this much on level ground, less by this share a degree, held to the limits.
  double depth_on_level_m = 7.72;
  double depth_fall_per_deg = 0.04;
  double least_depth_m = 0.5;
  double most_depth_m = 5;
  /// How uncertain the soil is: standard deviation over mean.
  double cohesion_spread = 0.4;
  double friction_spread = 0.1;      ///< of tan(phi)
  double conductivity_spread = 0.8;  ///< log-normal; diffusivity goes with it
  double base_share = 1;         ///< depth of the impermeable base over that of the soil, 1 to 10
  double wet_share = 0;          ///< share of the soil under the water table before any rain
  double survived_share = 0.25;  ///< of the soil full of water: what slopes have stood before
  double drain_h = 72;           ///< in which water runs off sideways by 63 %; 0: never
  double least_slope_deg = 10;   ///< gentler ground does not slide
  double beside_road_m = 100;    ///< how far from a road's line slopes count
  double every_min = 10;         ///< the factor of safety is computed this often
  /// Probability of failure from which a slope may have each warning level.
  double medium_probability = 0.05;
  double high_probability = 0.20;
  double very_high_probability = 0.50;
  bool close_on_rain = true;  ///< slopes at the very high level may fail, by their probability

  // -- what comes down
  unsigned boulders_per_link = 8;  ///< dropped above a link whose slope fails, 0: none
  unsigned rockfall_seeds = 3;     ///< rockfalls computed for each; the first is what happens
  double boulder_median_m = 0.35;  ///< radius
  double clearing_start_h = 4;     ///< until machines are there
  double clearing_m3ph = 60;       ///< what they move; 0: nothing is cleared by itself
  double clearing_share = 0.3;     ///< of a slide's volume that is moved before the road opens

  // -- vehicles in flood water, where a flood is computed
  bool sweep_vehicles = true;    ///< those on links whose water comes over a limit are tried in it
  double motorbike_share = 0.8;  ///< of the vehicles there, 0 to 1

  // -- earthquakes
  double bridge_inspection_g = 0.092;  ///< shaking from which a bridge is closed and inspected
  double inspection_h = 12;            ///< after which it opens again, unless it is found damaged
};

}  // namespace kontwin
