#pragma once

#include <string>

namespace kontwin {

/// What a scenario may say of the flood engine.
struct FloodOptions {
  std::string grid = "kontum-city";  ///< name of the terrain grid it runs on
  double courant = 0.7;              ///< share of the stability limit of the time step, 0 to 1
  double dry_depth_m = 0.001;        ///< water shallower than this does not flow
  double initial_stage_warmup_h =
      3;  ///< hours of steady inflow that fill the rivers before the start
  /// Weight of a face's own discharge against the mean of its two neighbours (de Almeida, Bates,
  /// Freer and Souvignet 2012), 0 to 1; 1 is the scheme of Bates, Horritt and Fewtrell (2010).
  double theta = 0.9;
  double runoff_share = 1;  ///< share of the rain that does not soak in, 0 to 1
  /// Rain on ground higher than this over the bed of the river it drains to does not flow over the
  /// grid: it comes down to lower ground after a delay (flood/uplands.hpp). A large value lets all
  /// rain flow over the grid, at ten times the cost.
  double upland_height_m = 5;
  double wet_depth_m = 0.1;       ///< water from this depth on arrives and stays, for the maps
  bool closed_edges = false;      ///< no water leaves at the grid's edge: for basins and tests
  double release_wave_mps = 2.5;  ///< speed at which a changed dam release comes down its river
};

}  // namespace kontwin
