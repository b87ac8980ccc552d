#pragma once

#include <string>

namespace kontwin {

/// What a scenario may say of the flood engine.
struct FloodOptions {
  std::string grid = "kontum-city";  ///< name of the terrain grid it runs on
  double courant = 0.7;              ///< share of the stability limit of the time step, 0 to 1
  double dry_depth_m = 0.001;        ///< water shallower than this does not flow
  double initial_stage_warmup_h = 3; ///< hours of steady inflow that fill the rivers before the start
};

}  // namespace kontwin
