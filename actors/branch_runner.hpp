#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "scenarios/engine.hpp"
#include "twin/branch.hpp"
#include "twin/frame.hpp"

namespace kontwin {

/// How a run went.
struct RunResult {
  KpiList kpis;
  StateTable final_state;
  std::vector<Balance> balances;  ///< of all engines, at the end
  std::size_t events = 0;
  std::size_t commands = 0;
  std::size_t actors_spawned = 0;    ///< only entities that something happened to have one
  std::vector<ImpactSpell> impacts;  ///< what stood in water or was cut off, and when
  std::vector<std::uint32_t> hospitals_cut_off;  ///< rows of those cut off at some time
};

/// Runs a branch: in each exchange window the edits that are due, then the engines in the order
/// given, then what crossed a line as events sorted by entity, then the entities' actors, then
/// their commands sorted by entity, made before the next window begins. Sinks get the events of a
/// moment before its frame, on the thread that calls run(); the first frame shows the start, with
/// the edits made that are due by then. The same branch gives the same frames and events on any
/// number of threads. Throws Error when a balance does not hold, when an engine or a sink throws.
class BranchRunner {
 public:
  /// `threads` CAF workers; 0: one a core.
  explicit BranchRunner(unsigned threads = 0);
  ~BranchRunner();
  BranchRunner(const BranchRunner&) = delete;
  BranchRunner& operator=(const BranchRunner&) = delete;

  /// Called after each window with the share that is done, 0 to 1.
  using Progress = std::function<void(double)>;

  /// Several branches may run at the same time, each from a thread of its own.
  RunResult run(Branch branch, std::span<const std::unique_ptr<Engine>> engines,
                std::span<RunSink* const> sinks, const Progress& progress = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kontwin
