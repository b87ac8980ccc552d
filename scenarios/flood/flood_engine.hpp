#pragma once

#include <memory>

#include "scenarios/compute_arena.hpp"
#include "scenarios/engine.hpp"
#include "scenarios/flood/flood_options.hpp"
#include "scenarios/flood/shallow_water_solver.hpp"

namespace kontwin {

/// Water on one terrain grid: the scheme that the options choose (flood/scheme.hpp), rain and
/// rivers from the branch's forcing, barriers, and the stores of all reservoirs wherever they lie.
///
/// Writes the water columns (depth, speed, hazard class, who gets through) of every entity on the
/// grid (flood/entity_depths.hpp says where each feels it), stage_m of river gauges on the grid,
/// the rain gauges' and the reservoirs' columns. Takes AddBarrier, RaiseRoad, StartBreach,
/// SetStructure, SetRelease and SetGate. A changed release, or what a broken dam lets out, reaches
/// the grid when its wave has come down the river.
class FloodEngine final : public Engine {
 public:
  /// Fills the rivers from the gauges' stages and the first inflow, and lets them settle. Throws
  /// ScenarioError for options out of range, a grid that is not there, forcing with values that are
  /// not numbers or below 0, and an inflow whose water never comes onto the grid. `arena` must
  /// outlive the engine.
  FloodEngine(const Branch& branch, ComputeArena& arena, const FloodOptions& options);
  ~FloodEngine() override;

  std::string_view name() const override { return "flood"; }
  void apply(const Edit& edit, StateTable& state, Instant at) override;
  void lead_in(StateTable& state, Instant from, Instant to) override;
  void advance(StateTable& state, Instant from, Instant to) override;
  /// `water` on the grid and on its way down the hills, and `reservoir water`.
  std::vector<Balance> balances() const override;
  /// Fields `water_depth_m` and `hazard_class` (0 to 6) on the terrain grid of the options.
  void show(Frame& frame) const override;
  /// Maps of the whole run on the same grid: maximum_depth_m, maximum_speed_mps,
  /// maximum_depth_velocity_m2ps, arrival_s (NaN: never), duration_s, maximum_hazard_class,
  /// maximum_hazard_rating (flood/peak_maps.hpp).
  void summarise(RunSummary& summary) const override;
  /// The damage of flood/damage.hpp, and flooded_area_ha, peak_stage_<gauge>, road_km_flooded,
  /// people_exposed: all maxima over time; and those of structures (flood/structures.hpp).
  void add_kpis(KpiList& kpis) const override;

  /// The water itself, for who feeds and reads it cell by cell: not while `advance` runs.
  flood::ShallowWaterSolver& water();
  /// Cells moved so far, for benchmarks.
  std::uint64_t cell_updates() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kontwin
