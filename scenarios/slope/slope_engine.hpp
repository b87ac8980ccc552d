#pragma once

#include <memory>
#include <vector>

#include "scenarios/compute_arena.hpp"
#include "scenarios/engine.hpp"
#include "scenarios/slope/rockfall.hpp"
#include "scenarios/slope/slope_options.hpp"

namespace kontwin {

/// Landslides on roads. Writes slope_level and debris of roads.
///
/// slope_level is the lower of two classes, each 0 to 3. The rain's: 0 below Guzzetti et al. (2008)
/// at every duration from 1 to 72 h, 1 above it, 2 above the geometric mean with Caine (1980), 3
/// above Caine. The ground's, by the steepest ground within 100 m of the road outside towns: the
/// three slopes of the options. A link that comes to level 3 and is among the steepest tenth of
/// those that may do so fails, when the options say so: debris lies on it in both directions. So it
/// does after SetDebris. When a slope fails, boulders come down by Bullet; roads that one stays on,
/// or that are hit with more than 100 kJ, get debris too. Debris stays until SetDebris clears it; a
/// slope that failed does not fail again.
class SlopeEngine final : public Engine {
 public:
  /// Throws ScenarioError when rain in the forcing is not usable or options are out of order.
  /// `arena` must outlive the engine.
  SlopeEngine(const Branch& branch, ComputeArena& arena, SlopeOptions options);
  ~SlopeEngine() override;

  std::string_view name() const override { return "slope"; }
  void apply(const Edit& edit, StateTable& state, Instant at) override;
  void advance(StateTable& state, Instant from, Instant to) override;
  std::vector<Balance> balances() const override { return {}; }
  /// Boulders, where they came to rest.
  void show(Frame& frame) const override;
  /// roads_cut_by_debris and slopes_very_high: road links, both directions counted once.
  void add_kpis(KpiList& kpis) const override;

  /// The rockfalls so far, in the order of the failures.
  const std::vector<slope::Rockfall>& rockfalls() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kontwin
