#pragma once

#include <vector>

#include "scenarios/flood/edge_plan.hpp"
#include "scenarios/flood/shallow_water_solver.hpp"

namespace kontwin::flood {

/// `west` and so on.
const char* name_of(GridSide side);
/// The cells that an edge is of, along their side; none where its part holds none.
std::vector<std::size_t> cells_of(const EdgePlan& plan, const GridShape& grid);

/// Stages, discharges and openings at the grid's edges that a scenario gives.
class GivenEdges {
 public:
  GivenEdges() = default;
  /// Throws ScenarioError for a part that no cell of the side lies in, a series that is empty or
  /// not usable, and edges inside the grid of a scheme that has none there.
  GivenEdges(const std::vector<EdgePlan>& plans, ShallowWaterSolver& solver);

  /// Sets all: stages as at the middle of a window, discharges to their mean over it.
  void set(Instant from, Instant to, ShallowWaterSolver& solver) const;

 private:
  struct Edge {
    EdgePlan plan;
    std::vector<std::size_t> cells;
  };
  std::vector<Edge> edges_;
};

}  // namespace kontwin::flood
