#pragma once

namespace kontwin {

/// What a scenario may say of the evacuation engine.
struct EvacuationOptions {
  double departure_median_min = 45;  ///< from the order until half of the households left
  double departure_sigma = 0.7;      ///< of the lognormal spread of departure times
  double compliance = 0.9;           ///< share of the ordered households that leave
  double exposed_depth_m = 0.3;      ///< people at home in water deeper than this count as exposed
};

}  // namespace kontwin
