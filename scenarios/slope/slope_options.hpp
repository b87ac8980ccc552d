#pragma once

namespace kontwin {

/// What a scenario may say of the slope engine.
struct SlopeOptions {
  bool close_on_rain = true;        ///< very high warning level puts debris on the steepest links
  unsigned boulders_per_link = 8;   ///< dropped above a link whose slope fails, 0: none
  double medium_slope_deg = 15;     ///< ground steeper than this beside a road is susceptible
  double high_slope_deg = 22;       ///< ... may reach the high level
  double very_high_slope_deg = 30;  ///< ... may reach the very high level
};

}  // namespace kontwin
