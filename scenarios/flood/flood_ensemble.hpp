#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/flood/entity_depths.hpp"
#include "scenarios/flood/fed_water.hpp"
#include "twin/random.hpp"

namespace kontwin::flood {

/// Floods side by side that differ in what is in doubt (FloodFactors) and learn from the stages of
/// gauges which of it holds: an ensemble Kalman filter on the logarithms of the factors. Each
/// member keeps its own water, which its factors made: nothing is put into a river that did not
/// flow there.
class FloodEnsemble {
 public:
  /// Members start as copies of `water`, with factors drawn around its own, log-normal with the
  /// spreads of the options. The arena must outlive it.
  FloodEnsemble(const FedWater& water, const FloodOptions& options, std::uint64_t seed,
                ComputeArena& arena);

  /// Advances all members through a window, then takes in what gauges on the grid saw in it.
  void advance(std::span<const double> rain_mmph, Instant from, Instant to,
               std::span<const std::pair<std::uint32_t, TimeSeries>> gauge_stage_m,
               std::span<const EntityDepths::Gauge> gauges);
  /// Takes in what rain gauges say of the factor on rain: its logarithm, and how sure it is.
  void learn_rain(double logarithm, double error);
  /// The geometric mean of the members' factors.
  FloodFactors factors() const;
  std::size_t analyses() const { return analyses_; }

 private:
  static constexpr std::size_t doubts = 3;
  void wander(double seconds);
  void take_factors();

  ComputeArena& arena_;
  double stage_error_m_;
  double inflow_spread_, rain_spread_;
  std::vector<FedWater> members_;
  std::vector<double> logarithms_;     // [member][inflow, rain, roughness]
  std::vector<RandomStream> chances_;  // [member]
  RandomStream chance_;
  std::size_t analyses_ = 0;
};

}  // namespace kontwin::flood
