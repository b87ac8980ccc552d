#pragma once

#include <optional>
#include <span>

#include "scenarios/flood/flood_ensemble.hpp"
#include "scenarios/flood/rain_seen.hpp"
#include "scenarios/flood/stage_nudging.hpp"
#include "twin/branch.hpp"
#include "twin/kpi.hpp"

namespace kontwin::flood {

/// How the lead-in of a branch is drawn to what river gauges and rain gauges saw in it
/// (FloodOptions::assimilation), so that the branch begins where the river is and goes on with what
/// was learnt of its inflow and rain.
class Assimilation {
 public:
  Assimilation(const Branch& branch, const FloodOptions& options, const FloodGrids& grids,
               const EntityDepths& entities, const RainField& rain, ComputeArena& arena);

  /// Takes in a window of the lead-in after `water` has flowed through it.
  void take_in(std::span<const double> rain_mmph, Instant from, Instant to, FedWater& water);
  /// The lead-in is over: gives back the memory of the ensemble.
  void end() { ensemble_.reset(); }
  /// The factors that were learnt; nothing where nothing was.
  void add_kpis(const FedWater& water, KpiList& kpis) const;

 private:
  FloodOptions options_;
  std::uint64_t seed_;
  ComputeArena& arena_;
  std::vector<std::pair<std::uint32_t, TimeSeries>> gauge_stage_m_;
  std::vector<EntityDepths::Gauge> gauges_;
  StageNudging nudging_;
  RainSeen rain_seen_;
  std::optional<FloodEnsemble> ensemble_;
};

}  // namespace kontwin::flood
