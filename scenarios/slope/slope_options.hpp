#pragma once

namespace kontwin {

/// What a scenario may say of the slope engine.
struct SlopeOptions {
  bool close_on_rain = true;         ///< very high warning level puts debris on the steepest links
  unsigned boulders_per_link = 8;    ///< dropped above a link whose slope fails, 0: none
};

}  // namespace kontwin
