#include "scenarios/flood/flood_ensemble.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/flood/ensemble_filter.hpp"
#include "scenarios/flood/stage_seen.hpp"

namespace kontwin::flood {

namespace {

/// What rivers and rain bring may come to differ from what was learnt by its spread in as long.
constexpr double wander_s = 12 * 3600;
/// No factor strays further than this from 1, in its logarithm.
constexpr double most_logarithm = 2;

}  // namespace

FloodEnsemble::FloodEnsemble(const FedWater& water, const FloodOptions& options, std::uint64_t seed,
                             ComputeArena& arena)
    : arena_(arena),
      stage_error_m_(options.stage_error_m),
      inflow_spread_(options.inflow_spread),
      rain_spread_(options.rain_spread),
      chance_(seed, 0, 0xE45E) {
  const auto count = static_cast<std::size_t>(options.ensemble_members);
  members_.reserve(count);
  for (std::size_t member = 0; member < count; ++member) {
    members_.push_back(water);
    RandomStream& chance = chances_.emplace_back(seed, member + 1, 0xE45E);
    logarithms_.push_back(std::log(water.factors().inflow) + inflow_spread_ * chance.normal());
    logarithms_.push_back(std::log(water.factors().rain) + rain_spread_ * chance.normal());
    logarithms_.push_back(std::log(water.factors().roughness) +
                          options.roughness_spread * chance.normal());
  }
  take_factors();
}

void FloodEnsemble::advance(std::span<const double> rain_mmph, Instant from, Instant to,
                            std::span<const std::pair<std::uint32_t, TimeSeries>> gauge_stage_m,
                            std::span<const EntityDepths::Gauge> gauges) {
  const double seconds = to_seconds(to - from);
  arena_.for_each_part(members_.size(), [&](std::size_t member) {
    FedWater& water = members_[member];
    water.inlets().set_steady(from + (to - from) / 2, water.factors().inflow, water.solver());
    water.keep_schedules(from, to);
    water.flow(rain_mmph, seconds);
  });
  wander(seconds);
  std::vector<double> predicted(members_.size());
  for (const auto& gauge : gauges) {
    const auto seen_m = stage_seen(gauge_stage_m, gauge.row, from, to);
    if (!seen_m) continue;
    for (std::size_t member = 0; member < members_.size(); ++member) {
      const ShallowWaterSolver& solver = members_[member].solver();
      predicted[member] = solver.ground_m(gauge.cell) + solver.depth_m(gauge.cell);
    }
    analyse(logarithms_, predicted, *seen_m, stage_error_m_, chance_);
    ++analyses_;
  }
  take_factors();
}

void FloodEnsemble::learn_rain(double logarithm, double error) {
  std::vector<double> predicted(members_.size());
  for (std::size_t member = 0; member < members_.size(); ++member) {
    predicted[member] = logarithms_[member * doubts + 1];
  }
  analyse(logarithms_, predicted, logarithm, error, chance_);
  ++analyses_;
  take_factors();
}

void FloodEnsemble::wander(double seconds) {
  const double share = std::sqrt(seconds / wander_s);
  for (std::size_t member = 0; member < members_.size(); ++member) {
    logarithms_[member * doubts] += share * inflow_spread_ * chances_[member].normal();
    logarithms_[member * doubts + 1] += share * rain_spread_ * chances_[member].normal();
  }
}

void FloodEnsemble::take_factors() {
  for (double& one : logarithms_) one = std::clamp(one, -most_logarithm, most_logarithm);
  for (std::size_t member = 0; member < members_.size(); ++member) {
    const double* of = &logarithms_[member * doubts];
    members_[member].set_factors(
        {.inflow = std::exp(of[0]), .rain = std::exp(of[1]), .roughness = std::exp(of[2])});
  }
}

FloodFactors FloodEnsemble::factors() const {
  double sum[doubts] = {};
  for (std::size_t i = 0; i < logarithms_.size(); ++i) sum[i % doubts] += logarithms_[i];
  const auto mean = [&](std::size_t doubt) {
    return std::exp(sum[doubt] / static_cast<double>(members_.size()));
  };
  return {.inflow = mean(0), .rain = mean(1), .roughness = mean(2)};
}

}  // namespace kontwin::flood
