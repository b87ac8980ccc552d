#include "io/flood/case_edges.hpp"

#include <algorithm>
#include <utility>

#include "scenarios/flood/given_edges.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

/// The edge of some neighbouring cells alone, with their share of its discharge.
EdgePlan piece_of(const EdgePlan& plan, LocalPoint first, LocalPoint last, double share) {
  EdgePlan piece = plan;
  piece.part = {first, last};
  for (double& discharge_m3ps : piece.over_time.value) discharge_m3ps *= share;
  return piece;
}

void add_pieces(const EdgePlan& plan, const std::vector<std::size_t>& cells,
                const FloodCase& flood_case, std::vector<EdgePlan>& into) {
  const GridShape& shape = flood_case.ground().elevation_m.shape;
  const auto has_ground = [&](std::size_t cell) { return flood_case.outside.front()[cell] == 0; };
  const auto there = static_cast<double>(std::ranges::count_if(cells, has_ground));
  const auto center = [&](std::size_t cell) {
    return shape.center(cell % shape.columns, cell / shape.columns);
  };
  for (auto first = std::ranges::find_if(cells, has_ground); first != cells.end();) {
    const auto end = std::find_if_not(first, cells.end(), has_ground);
    into.push_back(piece_of(plan, center(*first), center(*(end - 1)),
                            static_cast<double>(end - first) / there));
    first = std::find_if(end, cells.end(), has_ground);
  }
}

}  // namespace

void keep_edges_on_ground(FloodCase& flood_case) {
  const std::vector<char>& outside = flood_case.outside.front();
  std::vector<EdgePlan> kept;
  for (const EdgePlan& plan : flood_case.options.edges) {
    const auto cells = cells_of(plan, flood_case.ground().elevation_m.shape);
    const auto off = std::ranges::count_if(cells, [&](auto cell) { return outside[cell] != 0; });
    if (off > 0 && off == std::ssize(cells)) {
      throw ScenarioError(std::string("flood.edge ") + name_of(plan.side) +
                          ": the terrain has no height along it");
    }
    if (off == 0 || plan.kind != EdgeCondition::Kind::discharge || !plan.at.empty()) {
      kept.push_back(plan);
    } else {
      add_pieces(plan, cells, flood_case, kept);
    }
  }
  flood_case.options.edges = std::move(kept);
}

}  // namespace kontwin::flood
