#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <string>

#include "scenarios/evacuation/evacuation_engine.hpp"
#include "scenarios/traffic/traffic_engine.hpp"
#include "tests/scenarios/traffic/traffic_run.hpp"
#include "tests/support/small_world.hpp"

namespace kontwin::testing {

/// Both engines over a world, driven by hand in the order of the exchange.
struct EvacuationRun {
  /// Squares that people cross first, whose crowds walk in the arena given.
  using Squares = std::function<std::vector<evacuation::SquareAt>(ComputeArena&)>;

  explicit EvacuationRun(std::shared_ptr<const World> world, EvacuationOptions options = {},
                         std::size_t threads = 1, std::uint64_t seed = 1,
                         TrafficOptions traffic_options = no_background(),
                         const Squares& squares = {})
      : EvacuationRun(branch_of(std::move(world), seed), options, threads, traffic_options,
                      squares) {}
  explicit EvacuationRun(Branch with, EvacuationOptions options = {}, std::size_t threads = 1,
                         TrafficOptions traffic_options = no_background(),
                         const Squares& squares = {})
      : branch(std::move(with)),
        state(branch.state),
        arena(threads),
        traffic(branch, arena, traffic_options),
        evacuation(branch, traffic, options,
                   squares ? squares(arena) : std::vector<evacuation::SquareAt>{}),
        now(branch.start) {}

  void apply(const Edit& edit) {
    apply_to_state(edit, state);
    evacuation.apply(edit, state, now);
    traffic.apply(edit, state, now);
  }
  void order_all() {
    OrderEvacuation order;
    for (std::uint32_t row = 0; row < state.rows(Kind::residence); ++row) {
      order.residences.push_back(row);
    }
    apply(order);
  }
  void run(int minutes, const std::function<void(int)>& before = {},
           const std::function<void(int)>& after = {}) {
    for (int minute = 0; minute < minutes; ++minute) {
      if (before) before(minute);
      evacuation.advance(state, now, now + branch.window);
      traffic.advance(state, now, now + branch.window);
      now += branch.window;
      if (after) after(minute);
    }
  }
  /// What a run would record.
  EvacuationRecord record() const {
    RunSummary summary;
    evacuation.summarise(summary);
    return summary.evacuation;
  }
  double total(Kind kind, std::size_t column) const {
    double sum = 0;
    for (const double value : state.column(kind, column)) sum += value;
    return sum;
  }
  double kpi(const std::string& id) const {
    KpiList kpis;
    evacuation.add_kpis(kpis);
    return std::ranges::find(kpis, id, &Kpi::id)->value;
  }

  Branch branch;
  StateTable state;
  ComputeArena arena;
  TrafficEngine traffic;
  EvacuationEngine evacuation;
  Instant now;
};

}  // namespace kontwin::testing
