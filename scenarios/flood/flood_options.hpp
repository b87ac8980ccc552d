#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/flood/edge_plan.hpp"
#include "scenarios/flood/reservoir_works.hpp"
#include "scenarios/flood/structure_plan.hpp"
#include "twin/geometry.hpp"

namespace kontwin {

/// How water goes into the ground (flood/infiltration.hpp).
enum class FloodInfiltration { none, curve_number, green_ampt };

/// How the lead-in is drawn to the stages that gauges saw (flood/assimilation.hpp).
enum class FloodAssimilation {
  none,
  nudging,   ///< water near gauges, and one factor on all inflow
  ensemble,  ///< an ensemble Kalman filter on inflow, rain and roughness; and water near gauges
};

/// How the flood engine moves water (docs/flood.md says when to choose which).
enum class FloodScheme {
  inertial,       ///< flood/inertial_solver.hpp: wide slow water, fastest
  finite_volume,  ///< flood/finite_volume_solver.hpp: steep reaches, dam breaks, flash floods
};

/// A part of the ground that has a grid or a scheme of its own (flood/nested_water.hpp).
struct FloodInset {
  std::string grid = {};  ///< name of a terrain grid, as fine as the outer one or finer
  std::string name = {};  ///< in frames and maps; empty: the grid's
  FloodScheme scheme = FloodScheme::inertial;
  int order = 2;                        ///< of the finite volume scheme, 1 or 2
  std::optional<LocalBox> within = {};  ///< this part of the grid; else all of it
  bool resample = false;                ///< on cells that divide the outer grid's
};

/// What a scenario may say of the flood engine.
struct FloodOptions {
  std::string grid = "kontum-city";  ///< name of the terrain grid it runs on
  std::vector<FloodInset> insets = {};
  FloodScheme scheme = FloodScheme::inertial;
  int order = 2;                  ///< of the finite volume scheme, 1 or 2
  bool double_precision = false;  ///< float64 for float32, of the finite volume scheme
  double courant = 0.7;           ///< cells that a wave crosses in a step, at most; above 0 to 1
  double dry_depth_m = 0.001;     ///< water shallower than this does not flow
  /// Hours of steady inflow that the rivers settle for before the start, at most
  /// (flood/settling.hpp).
  double initial_stage_warmup_h = 3;
  /// Weight of a face's own discharge against the mean of its two neighbours (de Almeida, Bates,
  /// Freer and Souvignet 2012), 0.2 to 1; 1 is the scheme of Bates, Horritt and Fewtrell (2010).
  double theta = 0.9;
  double runoff_share = 1;  ///< share of the rain that does not soak in, 0 to 1
  FloodInfiltration infiltration = FloodInfiltration::none;
  double curve_number = 75;      ///< above 0 to 100
  std::string soil = {};         ///< texture for Green and Ampt: see soil_of_texture
  double soil_saturation = 0.6;  ///< effective saturation at the start, 0 to 1
  double soil_conductivity_mmph = -1, soil_suction_m = -1, soil_deficit = -1;  ///< over the texture
  /// Rain on ground higher than this over the bed of the river it drains to does not flow over the
  /// grid: it comes down to lower ground after a delay (flood/uplands.hpp). A large value lets all
  /// rain flow over the grid, at ten times the cost.
  double upland_height_m = 5;
  double wet_depth_m = 0.1;   ///< water from this depth on arrives and stays, for the maps
  bool closed_edges = false;  ///< no water leaves at the grid's edge: for basins and tests
  FloodAssimilation assimilation = FloodAssimilation::none;
  double ensemble_members = 16;    ///< whole, 2 or more
  double stage_error_m = 0.05;     ///< standard deviation of an observed stage, above 0
  double inflow_spread = 0.3;      ///< of the ensemble: standard deviation of a factor's logarithm
  double rain_spread = 0.3;        ///< the same
  double roughness_spread = 0.15;  ///< the same
  double release_wave_mps = 2.5;   ///< speed at which a changed dam release comes down its river
  double evaporation_mm_per_day = 0;  ///< from standing water
  std::vector<flood::StructurePlan> structures = {};
  std::vector<flood::ReservoirWorks> reservoirs = {};
  std::vector<flood::EdgePlan> edges = {};  ///< the later one counts where two overlap
  /// Water that stands on the grids to begin with, at rest: [cell] as flood/flood_grids.hpp numbers
  /// them; empty: none but the rivers'.
  std::vector<float> initial_depth_m = {};
  /// Soils that differ from cell to cell (flood/cell_soils.hpp), instead of `infiltration`:
  /// potential maximum retention of the curve number method, mm; or what soaks in steadily, mm/h.
  /// [cell]; empty: none.
  std::vector<float> retention_mm = {}, soaking_mmph = {};
};

}  // namespace kontwin
