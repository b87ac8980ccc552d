#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "twin/balance.hpp"
#include "twin/branch.hpp"
#include "twin/edit.hpp"
#include "twin/frame.hpp"
#include "twin/kpi.hpp"

namespace kontwin {

/// One kind of simulation. It advances the columns it owns (schema: Owner) from one moment to the
/// next and reads any others. It knows nothing of actors, files or networks, makes no threads of
/// its own (see ComputeArena), and gives the same bits on any number of threads.
///
/// One engine object serves one branch: it is made from the branch at its start, holds whatever the
/// state table does not (water on a grid, vehicles on links), and is called from one thread.
class Engine {
 public:
  virtual ~Engine() = default;

  /// `flood`, `traffic`, `slope`, `evacuation`.
  virtual std::string_view name() const = 0;

  /// Takes an edit at the moment `at`, before the window that starts then. Columns that actors own
  /// are written already; an engine that is not concerned does nothing. Throws ScenarioError where
  /// the edit concerns it and cannot be carried out.
  virtual void apply(const Edit& edit, StateTable& state, Instant at) = 0;

  /// Advances through one window of the time before the branch starts (Branch::lead_in), over the
  /// state of the start. None of it counts: no peak, no delay, no alarm. What needs no past to be
  /// right stays as it is.
  virtual void lead_in(StateTable& /*state*/, Instant /*from*/, Instant /*to*/) {}

  /// Advances from `from` to `to`, one exchange window.
  virtual void advance(StateTable& state, Instant from, Instant to) = 0;

  /// What must be conserved, counted now; empty for an engine that moves nothing. `quantity` tells
  /// several apart.
  virtual std::vector<Balance> balances() const = 0;

  /// Adds what it shows in pictures to a frame: grids and movers.
  virtual void show(Frame& frame) const = 0;

  /// Adds what it knows at the end of a run: maps of the whole of it.
  virtual void summarise(RunSummary& /*summary*/) const {}

  /// Adds its own KPIs at the end of a run.
  virtual void add_kpis(KpiList& kpis) const = 0;
};

}  // namespace kontwin
