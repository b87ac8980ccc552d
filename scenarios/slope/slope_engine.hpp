#pragma once

#include <memory>
#include <vector>

#include "scenarios/compute_arena.hpp"
#include "scenarios/engine.hpp"
#include "scenarios/slope/rockfall.hpp"
#include "scenarios/slope/slope_options.hpp"
#include "scenarios/slope/swept_vehicles.hpp"
#include "scenarios/water_field.hpp"

namespace kontwin {

/// Landslides, rockfall and earthquakes on roads, and vehicles that a flood carries off them.
/// Writes slope_level, slide_probability, debris, shaking_g, inspection and swept_vehicles of
/// roads. docs/slope.md has the formulas.
///
/// slide_probability is that of the likeliest slope beside the road, as rain soaks in (see
/// SlopeStability) and after earthquakes. slope_level is the lower of two classes, each 0 to 3: the
/// rain's against thresholds of intensity and duration (see rain_class), and the probability's, by
/// the three limits of the options; after an earthquake its own probability alone is enough.
///
/// A link at level 3 whose number, drawn once a run, lies below its probability fails, when the
/// options say so; and so does one that an earthquake brings down. Debris then lies on it in both
/// directions until it is cleared (see clearing_h). Debris by SetDebris stays until SetDebris takes
/// it away. When a slope fails, boulders come down by Bullet; roads that one stays on, or that are
/// hit with more than 100 kJ, get debris too. A slope that failed does not fail again.
///
/// An Earthquake shakes all roads; bridges shaken hard are closed and inspected.
///
/// Where water comes over a limit of those on a link they are tried in it (SweptVehicles); links
/// that vehicles come to lie across, and bridges that hold some, get debris until machines are
/// there. So it comes after the flood engine and before traffic.
class SlopeEngine final : public Engine {
 public:
  /// Throws ScenarioError when rain in the forcing is not usable or options are out of order.
  /// `arena` must outlive the engine, and so must `water`: null where there is no flood.
  SlopeEngine(const Branch& branch, ComputeArena& arena, SlopeOptions options,
              const WaterField* water = nullptr);
  ~SlopeEngine() override;

  std::string_view name() const override { return "slope"; }
  void apply(const Edit& edit, StateTable& state, Instant at) override;
  void advance(StateTable& state, Instant from, Instant to) override;
  std::vector<Balance> balances() const override { return {}; }
  /// Boulders and vehicles that water carried off, where they came to rest.
  void show(Frame& frame) const override;
  /// Tables `landslides`, a row a link that was warned of, `rockfall`, a row a link that something
  /// came down on, and `swept_vehicles`.
  void summarise(RunSummary& summary) const override;
  /// Counts of road links count both directions once.
  void add_kpis(KpiList& kpis) const override;

  /// The rockfalls so far, in the order of the failures.
  const std::vector<slope::Rockfall>& rockfalls() const;
  /// The vehicles that water carried off so far.
  std::span<const slope::SweptVehicle> swept_vehicles() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kontwin
