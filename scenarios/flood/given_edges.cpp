#include "scenarios/flood/given_edges.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "scenarios/time_series.hpp"
#include "twin/place_error.hpp"

namespace kontwin::flood {

namespace {

void check_stages(const TimeSeries& series, const std::string& what) {
  // Unlike other series a stage may lie below 0.
  TimeSeries raised = series;
  for (double& value : raised.value) value += 1e4;
  check_series(raised, what);
}

/// Water of a stage may stand as deep over the ground of its cells as any may.
void check_depths(const EdgePlan& plan, const std::vector<std::size_t>& cells,
                  const std::string& what, const ShallowWaterSolver& solver) {
  constexpr double deepest_m = 100;
  const double highest_m = std::ranges::max(plan.over_time.value);
  const auto lowest =
      std::ranges::min_element(cells, {}, [&](std::size_t cell) { return solver.ground_m(cell); });
  const double depth_m = highest_m - solver.ground_m(*lowest);
  if (depth_m <= deepest_m) return;
  const GridShape& grid = solver.shape();
  throw PlaceError(what + ": a stage of " + std::to_string(highest_m) + " m stands " +
                       std::to_string(depth_m) + " m over the ground",
                   grid.center(*lowest % grid.columns, *lowest / grid.columns),
                   "it may be 100 m; check its datum and unit");
}

}  // namespace

const char* name_of(GridSide side) {
  switch (side) {
    case GridSide::west:
      return "west";
    case GridSide::east:
      return "east";
    case GridSide::south:
      return "south";
    case GridSide::north:
      return "north";
  }
  return "";
}

std::vector<std::size_t> cells_of(const EdgePlan& plan, const GridShape& grid) {
  const bool along_y = plan.side == GridSide::west || plan.side == GridSide::east;
  const bool last = plan.side == GridSide::east || plan.side == GridSide::north;
  std::vector<std::size_t> cells;
  for (const LocalPoint place : plan.at) {
    if (grid.contains(place)) cells.push_back(grid.cell_of(place));
  }
  if (!plan.at.empty()) return cells;
  for (std::size_t i = 0; i < (along_y ? grid.rows : grid.columns); ++i) {
    const std::size_t column = along_y ? (last ? grid.columns - 1 : 0) : i;
    const std::size_t row = along_y ? i : (last ? grid.rows - 1 : 0);
    if (plan.part) {
      const auto& [a, b] = *plan.part;
      const LocalPoint center = grid.center(column, row);
      const double own_m = along_y ? center.y_m : center.x_m;
      const auto [low_m, high_m] = std::minmax(along_y ? a.y_m : a.x_m, along_y ? b.y_m : b.x_m);
      if (own_m < low_m || own_m > high_m) continue;
    }
    cells.push_back(grid.at(column, row));
  }
  return cells;
}

GivenEdges::GivenEdges(const std::vector<EdgePlan>& plans, ShallowWaterSolver& solver) {
  using enum EdgeCondition::Kind;
  for (const EdgePlan& plan : plans) {
    const std::string what = std::string("flood.edge ") + name_of(plan.side);
    if (plan.kind == stage) check_stages(plan.over_time, what + ", stage_m");
    if (plan.kind == discharge) check_series(plan.over_time, what + ", discharge_m3ps");
    if ((plan.kind == stage || plan.kind == discharge) && plan.over_time.empty()) {
      throw ScenarioError(what + ": needs a series over time");
    }
    Edge edge{plan, cells_of(plan, solver.shape())};
    if (edge.cells.empty()) {
      throw ScenarioError(what + ": no cell of that side of the flood grid lies in its part");
    }
    if (plan.kind == stage) check_depths(plan, edge.cells, what, solver);
    if (!plan.at.empty() && !std::ranges::all_of(edge.cells, [&](std::size_t cell) {
          return solver.set_edge_inside(cell, plan.side, {});
        })) {
      throw ScenarioError(what + ": edges inside the grid need the inertial scheme without insets");
    }
    edges_.push_back(std::move(edge));
  }
}

void GivenEdges::set(Instant from, Instant to, ShallowWaterSolver& solver) const {
  for (const Edge& edge : edges_) {
    EdgeCondition condition{.kind = edge.plan.kind, .slope = edge.plan.slope};
    if (condition.kind == EdgeCondition::Kind::stage) {
      condition.stage_m = edge.plan.over_time.value_at(from + (to - from) / 2);
    } else if (condition.kind == EdgeCondition::Kind::discharge) {
      condition.discharge_m2ps = mean_over(edge.plan.over_time, from, to) /
                                 (static_cast<double>(edge.cells.size()) * solver.shape().cell_m);
    }
    for (const std::size_t cell : edge.cells) {
      if (edge.plan.at.empty()) {
        solver.set_edge(cell, edge.plan.side, condition);
      } else {
        solver.set_edge_inside(cell, edge.plan.side, condition);
      }
    }
  }
}

}  // namespace kontwin::flood
