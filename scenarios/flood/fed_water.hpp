#pragma once

#include <memory>
#include <span>
#include <vector>

#include "scenarios/compute_arena.hpp"
#include "scenarios/flood/cell_soils.hpp"
#include "scenarios/flood/evaporation.hpp"
#include "scenarios/flood/flood_grids.hpp"
#include "scenarios/flood/flood_options.hpp"
#include "scenarios/flood/given_edges.hpp"
#include "scenarios/flood/infiltration.hpp"
#include "scenarios/flood/inlets.hpp"
#include "scenarios/flood/levee_breach.hpp"
#include "scenarios/flood/shallow_water_solver.hpp"
#include "scenarios/flood/structures.hpp"
#include "scenarios/flood/uplands.hpp"
#include "scenarios/rain_field.hpp"

namespace kontwin::flood {

/// What is in doubt of a flood: factors on what rivers and rain bring and on the roughness of the
/// ground. 1: as it is given.
struct FloodFactors {
  double inflow = 1;
  double rain = 1;
  double roughness = 1;
};

/// The water of a grid with all that feeds it. Copies go on by themselves from where they were
/// made.
class FedWater {
 public:
  /// Throws ScenarioError for what is wrong with inflows, terrain, structures and edges (see
  /// Inlets, the solvers, Structures, GivenEdges).
  FedWater(const Branch& branch, const FloodGrids& grids, const FloodOptions& options,
           const RainField& rain, ComputeArena& arena);
  FedWater(const FedWater& other);
  FedWater& operator=(const FedWater&) = delete;

  ShallowWaterSolver& solver() { return *solver_; }
  const ShallowWaterSolver& solver() const { return *solver_; }
  Inlets& inlets() { return inlets_; }
  const Inlets& inlets() const { return inlets_; }
  const Uplands& uplands() const { return uplands_; }
  /// Cubic metres that soaked into the ground out of standing water.
  double soaked_m3() const { return soaked_m3_; }
  double evaporated_m3() const { return evaporation_.taken_m3(); }
  Structures& structures() { return structures_; }
  const Structures& structures() const { return structures_; }

  const FloodFactors& factors() const { return factors_; }
  void set_factors(const FloodFactors& factors);

  /// Lets it rain, `rain_mmph` [series] before the factor, and flow for a while. What rivers bring
  /// is as it was last set.
  void flow(std::span<const double> rain_mmph, double seconds);
  /// Lets it flow without rain, soil or evaporation: through structures and breaches.
  void move(double seconds);
  /// What a scenario gives at edges and of structures' schedules, for a window.
  void keep_schedules(Instant from, Instant to);
  /// A levee breaks from now on. Throws ScenarioError where nothing stands.
  void start_breach(const StartBreach& edit);

 private:
  double runoff_share_;
  std::unique_ptr<ShallowWaterSolver> solver_;
  Inlets inlets_;
  Uplands uplands_;
  Evaporation evaporation_;
  Structures structures_;
  struct OpenBreach {
    std::size_t grid = 0;  // the finest where it begins
    LeveeBreach breach;
  };
  std::vector<OpenBreach> breaches_;
  GivenEdges edges_;
  std::vector<std::uint32_t> zone_of_tile_;
  Infiltration infiltration_;
  CellSoils cell_soils_;
  FloodFactors factors_;
  double soaked_m3_ = 0;
};

}  // namespace kontwin::flood
