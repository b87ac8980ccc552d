#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "scenarios/engine.hpp"
#include "twin/error.hpp"

namespace kontwin::testing {

/// A flood engine as simple as can be: the world is a tub whose water level rises and falls along a
/// given series, over ground that is a tilted plane. It moves water in and out and counts it.
class Bathtub : public Engine {
 public:
  /// `level_m` over time; the ground rises from 0 m by `slope` along x + y.
  Bathtub(std::shared_ptr<const World> world, TimeSeries level_m, double slope)
      : world_(std::move(world)), level_m_(std::move(level_m)), slope_(slope) {}

  std::string_view name() const override { return "flood"; }

  void apply(const Edit& edit, StateTable&, Instant at) override {
    applied.push_back({at, edit});
    if (std::holds_alternative<AddBarrier>(edit)) throw ScenarioError("a tub takes no barrier");
  }

  void lead_in(StateTable& state, Instant from, Instant to) override {
    led_in.push_back(from);
    advance(state, from, to);
  }

  void advance(StateTable& state, Instant, Instant to) override {
    const double level = level_m_.value_at(to);
    (level > volume_ ? entered_ : left_) += std::abs(level - volume_);
    volume_ = level;
    for (const Kind kind : all_kinds()) {
      const auto depth = state.column(kind, common_column::water_depth_m);
      for (std::size_t row = 0; row < depth.size(); ++row) {
        const LocalPoint place = world_->entities(kind).place[row];
        depth[row] = std::max(0.0, level - slope_ * (place.x_m + place.y_m));
      }
    }
    std::ranges::fill(state.column(Kind::river_gauge, river_gauge_column::stage_m), 100 + level);
  }

  std::vector<Balance> balances() const override {
    return {{.quantity = "water",
             .unit = "m",
             .initial = 0,
             .entered = entered_,
             .left = left_,
             .lost = 0,
             .inside = volume_ + leak,
             .tolerance = 1e-9}};
  }
  void show(Frame& frame) const override { frame.movers.push_back({.x_m = float(volume_)}); }
  void add_kpis(KpiList& kpis) const override {
    kpis.push_back(
        {.id = "level_m", .label_vi = "", .label_en = "", .unit = "m", .value = volume_});
  }

  std::vector<TimedEdit> applied;
  std::vector<Instant> led_in;  ///< beginnings of the windows before the start
  double leak = 0;              ///< makes the balance wrong

 private:
  std::shared_ptr<const World> world_;
  TimeSeries level_m_;
  double slope_;
  double volume_ = 0, entered_ = 0, left_ = 0;
};

/// Keeps everything a run leaves.
class Keeper : public RunSink {
 public:
  void begin(const Branch& branch) override { began = branch.name; }
  void frame(const Frame& frame) override {
    frames_at.push_back(frame.at);
    cells.insert(cells.end(), frame.state->all().begin(), frame.state->all().end());
    movers += frame.movers.size();
  }
  void events(std::span<const Event> some) override {
    all_events.insert(all_events.end(), some.begin(), some.end());
  }
  void end(const KpiList& list) override { kpis = list; }

  std::vector<Event> of(EventType type) const {
    std::vector<Event> found;
    std::ranges::copy_if(all_events, std::back_inserter(found),
                         [type](const Event& event) { return event.type == type; });
    return found;
  }
  double kpi(std::string_view id) const { return std::ranges::find(kpis, id, &Kpi::id)->value; }

  std::string began;
  std::vector<Instant> frames_at;
  std::vector<double> cells;  ///< of all frames
  std::size_t movers = 0;
  std::vector<Event> all_events;
  KpiList kpis;
};

}  // namespace kontwin::testing
