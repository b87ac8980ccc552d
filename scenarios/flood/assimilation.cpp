#include "scenarios/flood/assimilation.hpp"

#include "scenarios/time_series.hpp"

namespace kontwin::flood {

Assimilation::Assimilation(const Branch& branch, const FloodOptions& options,
                           const FloodGrids& grids, const EntityDepths& entities,
                           const RainField& rain, ComputeArena& arena)
    : options_(options),
      seed_(branch.seed),
      arena_(arena),
      gauge_stage_m_(branch.forcing.gauge_stage_m),
      gauges_(entities.gauges()),
      nudging_(*branch.world, grids, gauges_),
      rain_seen_(branch, rain) {
  for (const auto& [row, stages] : gauge_stage_m_) {
    check_series(stages, "the stages of river gauge " + std::to_string(row));
  }
}

void Assimilation::take_in(std::span<const double> rain_mmph, Instant from, Instant to,
                           FedWater& water) {
  if (options_.assimilation == FloodAssimilation::none) return;
  FloodFactors factors = water.factors();
  const double seconds = to_seconds(to - from);
  rain_seen_.add(rain_mmph, from, to);
  if (options_.assimilation == FloodAssimilation::ensemble) {
    if (!ensemble_) ensemble_.emplace(water, options_, seed_, arena_);
    ensemble_->advance(rain_mmph, from, to, gauge_stage_m_, gauges_);
    if (const auto hour = rain_seen_.take_hour()) ensemble_->learn_rain(hour->first, hour->second);
    if (ensemble_->analyses() > 0) factors = ensemble_->factors();
  } else {
    factors.inflow = nudging_.inflow_factor(gauge_stage_m_, to, seconds, water);
    if (rain_seen_.any()) factors.rain = rain_seen_.factor();
  }
  water.set_factors(factors);
  nudging_.draw_water(gauge_stage_m_, to, seconds, water);
}

void Assimilation::add_kpis(const FedWater& water, KpiList& kpis) const {
  if (options_.assimilation == FloodAssimilation::none) return;
  const auto add = [&kpis](const char* id, const char* vi, const char* en, double value) {
    kpis.push_back({id, vi, en, "", value, Kpi::Better::neither});
  };
  const FloodFactors& factors = water.factors();
  add("flood_inflow_factor", "Hệ số lưu lượng sông, học từ trạm thủy văn",
      "Factor on river inflow, learnt from gauges", factors.inflow);
  const bool ensemble = options_.assimilation == FloodAssimilation::ensemble;
  if (ensemble || rain_seen_.any()) {
    add("flood_rain_factor", "Hệ số mưa, học từ trạm đo", "Factor on rain, learnt from gauges",
        factors.rain);
  }
  if (!ensemble) return;
  add("flood_roughness_factor", "Hệ số nhám, học từ trạm thủy văn",
      "Factor on roughness, learnt from gauges", factors.roughness);
}

}  // namespace kontwin::flood
