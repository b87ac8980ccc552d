// Where the grids of a nested water meet.
#include <algorithm>
#include <cmath>
#include <set>

#include "scenarios/flood/nested_water.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

/// The cell at a side of another.
std::size_t across_side(const GridShape& grid, std::size_t cell, GridSide side) {
  const std::size_t step = is_along_x(side) ? 1 : grid.columns;
  return is_high(side) ? cell + step : cell - step;
}

/// Whether the grid has a cell there.
bool has_across(const GridShape& grid, std::size_t cell, GridSide side) {
  const std::size_t column = cell % grid.columns;
  const std::size_t row = cell / grid.columns;
  switch (side) {
    case GridSide::west:
      return column > 0;
    case GridSide::east:
      return column + 1 < grid.columns;
    case GridSide::south:
      return row > 0;
    case GridSide::north:
      return row + 1 < grid.rows;
  }
  return false;
}

constexpr GridSide opposite(GridSide side) {
  switch (side) {
    case GridSide::west:
      return GridSide::east;
    case GridSide::east:
      return GridSide::west;
    case GridSide::south:
      return GridSide::north;
    case GridSide::north:
      break;
  }
  return GridSide::south;
}

/// The smaller of two differences of one sign, else none.
double minmod(double a, double b) {
  if (a * b <= 0) return 0;
  return std::abs(a) < std::abs(b) ? a : b;
}

void raise_to_wall(double top_m, CellState& state) {
  if (top_m <= state.ground_m) return;
  state.depth_m = std::max(state.surface_m() - top_m, 0.0);
  state.ground_m = top_m;
}

}  // namespace

void NestedWater::place_inset(Inset& inset, const std::string& name) const {
  const GridShape& grid = shape();
  const GridShape& fine = inset.solver->shape();
  const auto fail = [&name](const std::string& reason) {
    throw ScenarioError("flood.insets: '" + name + "' " + reason);
  };
  if (inset.solver->depth_units_per_m() != outer_->depth_units_per_m()) {
    fail("counts its water in other units than the outer grid");
  }
  const double ratio = grid.cell_m / fine.cell_m;
  const auto whole = [](double number) { return std::abs(number - std::round(number)) < 1e-6; };
  if (!whole(ratio) || ratio < 0.5 || ratio > 100) {
    fail("has cells of " + std::to_string(fine.cell_m) + " m, which do not divide those of " +
         std::to_string(grid.cell_m) + " m");
  }
  inset.ratio = static_cast<std::size_t>(std::llround(ratio));
  const double left = (fine.left_m - grid.left_m) / grid.cell_m;
  const double bottom = (fine.bottom_m - grid.bottom_m) / grid.cell_m;
  if (!whole(left) || !whole(bottom) || fine.columns % inset.ratio != 0 ||
      fine.rows % inset.ratio != 0) {
    fail("does not begin and end where cells of the outer grid do");
  }
  const long long column = std::llround(left);
  const long long row = std::llround(bottom);
  const auto columns = static_cast<long long>(fine.columns / inset.ratio);
  const auto rows = static_cast<long long>(fine.rows / inset.ratio);
  if (column < 0 || row < 0 || column + columns > static_cast<long long>(grid.columns) ||
      row + rows > static_cast<long long>(grid.rows)) {
    fail("does not lie inside the outer grid");
  }
  inset.first_column = static_cast<std::size_t>(column);
  inset.end_column = static_cast<std::size_t>(column + columns);
  inset.first_row = static_cast<std::size_t>(row);
  inset.end_row = static_cast<std::size_t>(row + rows);
}

void NestedWater::make_faces(Inset& inset, std::vector<Joint>& joints) const {
  const GridShape& grid = shape();
  const GridShape& fine = inset.solver->shape();
  std::vector<Gate> gates;
  inset.first_joint = joints.size();
  const auto meet = [&](std::size_t under, GridSide side) {
    if (!has_across(grid, under, side)) return;  // there the inset has the outer grid's edge
    joints.push_back(
        {.side = opposite(side), .cell = across_side(grid, under, side), .beyond = under});
    const std::size_t column = (under % grid.columns - inset.first_column) * inset.ratio;
    const std::size_t row = (under / grid.columns - inset.first_row) * inset.ratio;
    const std::size_t last = inset.ratio - 1;
    for (std::size_t k = 0; k < inset.ratio; ++k) {
      const std::size_t cell = is_along_x(side)
                                   ? fine.at(column + (is_high(side) ? last : 0), row + k)
                                   : fine.at(column + k, row + (is_high(side) ? last : 0));
      gates.push_back(
          {.side = side,
           .cell = cell,
           .ratio = static_cast<int>(inset.ratio),
           .by_riemann = outer_->carries_momentum() && !inset.solver->carries_momentum()});
    }
  };
  for (std::size_t row = inset.first_row; row < inset.end_row; ++row) {
    meet(grid.at(inset.first_column, row), GridSide::west);
    meet(grid.at(inset.end_column - 1, row), GridSide::east);
  }
  for (std::size_t column = inset.first_column; column < inset.end_column; ++column) {
    meet(grid.at(column, inset.first_row), GridSide::south);
    meet(grid.at(column, inset.end_row - 1), GridSide::north);
  }
  inset.end_joint = joints.size();
  inset.carry_units.assign(inset.end_joint - inset.first_joint, 0);
  inset.solver->open_gates(std::move(gates));
}

void NestedWater::find_second_under() {
  if (!outer_->carries_momentum()) return;
  const GridShape& grid = shape();
  std::set<std::size_t> first;
  for (const Joint& joint : outer_->joints()) first.insert(joint.beyond);
  std::set<std::size_t> second;
  for (const std::size_t cell : first) {
    for (const GridSide side : {GridSide::west, GridSide::east, GridSide::south, GridSide::north}) {
      if (!has_across(grid, cell, side)) continue;
      const std::size_t next = across_side(grid, cell, side);
      if (covered(next) && !first.contains(next)) second.insert(next);
    }
  }
  second_under_.assign(second.begin(), second.end());
}

void NestedWater::look() {
  double fastest_mps = 0;
  const auto joints = outer_->joints();
  for (Inset& inset : insets_) {
    fastest_mps = std::max(fastest_mps, inset.solver->fastest_wave_mps());
    const auto gates = inset.solver->gates();
    for (std::size_t j = inset.first_joint; j < inset.end_joint; ++j) {
      Joint& joint = joints[j];
      joint.beyond_depth_m = 0;
      for (std::size_t k = 0; k < inset.ratio; ++k) {
        const std::size_t cell = gates[(j - inset.first_joint) * inset.ratio + k].cell;
        joint.beyond_depth_m = std::max(joint.beyond_depth_m, inset.solver->depth_m(cell));
      }
      if (!outer_->carries_momentum()) continue;
      // Its slopes want one cell beyond.
      outer_->show_beyond(joint.beyond, mean_under(inset, joint.beyond));
    }
  }
  outer_->expect_waves(fastest_mps);
  // The outer grid's own steps took some of it further in.
  for (const std::size_t cell : second_under_) outer_->show_beyond(cell, {});
}

void NestedWater::flow(double seconds) {
  for (Inset& inset : insets_) {
    set_gates(inset);
    inset.solver->advance(seconds);
    take_in(inset);
  }
}

void NestedWater::set_gates(Inset& inset) {
  const GridShape& grid = shape();
  const auto gates = inset.solver->gates();
  const auto own = [this](std::size_t cell) { return inset_of_[cell] == 0; };
  const bool moving = outer_->carries_momentum() || inset.solver->carries_momentum();
  const auto see = [&](std::size_t cell) {
    return moving ? outer_->state(cell) : outer_->level(cell);
  };
  const auto cells_an_outer = static_cast<double>(inset.ratio * inset.ratio);
  for (std::size_t j = inset.first_joint; j < inset.end_joint; ++j) {
    const Joint& joint = outer_->joints()[j];
    const CellState near = see(joint.cell);
    CellState far = near;
    const GridSide away = opposite(joint.side);
    if (has_across(grid, joint.cell, away)) {
      const std::size_t cell = across_side(grid, joint.cell, away);
      if (own(cell)) far = see(cell);
    }
    // Along the edge the surface and the ground go on as between the cells beside.
    double surface_rise_m = 0;
    double ground_rise_m = 0;
    const bool along_y = is_along_x(joint.side);
    const GridSide low = along_y ? GridSide::south : GridSide::west;
    if (inset.ratio > 1 && has_across(grid, joint.cell, low) &&
        has_across(grid, joint.cell, opposite(low))) {
      const std::size_t before = across_side(grid, joint.cell, low);
      const std::size_t after = across_side(grid, joint.cell, opposite(low));
      const CellState a = outer_->level(before);
      const CellState b = outer_->level(after);
      if (own(before) && own(after) && a.depth_m > 0 && near.depth_m > 0 && b.depth_m > 0) {
        surface_rise_m = minmod(near.surface_m() - a.surface_m(), b.surface_m() - near.surface_m());
        ground_rise_m = minmod(near.ground_m - a.ground_m, b.ground_m - near.ground_m);
      }
    }
    const std::size_t first = (j - inset.first_joint) * inset.ratio;
    double over_sills_m = 0;
    for (std::size_t k = 0; k < inset.ratio; ++k) {
      Gate& gate = gates[first + k];
      gate.near = near;
      gate.far = far;
      gate.far_q_m2ps = outer_->discharge_m2ps(joint.cell, away);
      if (inset.ratio > 1) {
        const double off = (static_cast<double>(k) + 0.5) / static_cast<double>(inset.ratio) - 0.5;
        const double surface_m = near.surface_m() + off * surface_rise_m;
        gate.near.ground_m += off * ground_rise_m;
        gate.near.depth_m = near.depth_m > 0 ? std::max(surface_m - gate.near.ground_m, 0.0) : 0;
      }
      raise_to_wall(gate.wall_top_m, gate.near);
      raise_to_wall(gate.wall_top_m, gate.far);
      gate.out_units = 0;
      gate.along_m2ps = gate.across_m2ps = 0;
      over_sills_m += std::max(gate.near.surface_m() - inset.solver->ground_m(gate.cell), 0.0);
    }
    // What the outer cell can give goes to the gates that it stands over, by how high.
    const double most =
        static_cast<double>(std::max<std::int64_t>(joint.most_out_units - 1, 0)) * cells_an_outer;
    for (std::size_t k = 0; k < inset.ratio; ++k) {
      Gate& gate = gates[first + k];
      const double over_m =
          std::max(gate.near.surface_m() - inset.solver->ground_m(gate.cell), 0.0);
      const double share = over_sills_m > 0 ? over_m / over_sills_m : 0;
      gate.most_in_units = static_cast<std::int64_t>(most * share * (1 - 1e-12));
    }
  }
}

void NestedWater::take_in(Inset& inset) {
  const auto gates = inset.solver->gates();
  const auto joints = outer_->joints();
  const auto cells_an_outer = static_cast<std::int64_t>(inset.ratio * inset.ratio);
  for (std::size_t j = inset.first_joint; j < inset.end_joint; ++j) {
    Joint& joint = joints[j];
    std::int64_t& carry_units = inset.carry_units[j - inset.first_joint];
    for (std::size_t k = 0; k < inset.ratio; ++k) {
      const Gate& gate = gates[(j - inset.first_joint) * inset.ratio + k];
      carry_units += gate.out_units;
      joint.along_m2ps += gate.along_m2ps / static_cast<double>(cells_an_outer);
      joint.across_m2ps += gate.across_m2ps / static_cast<double>(cells_an_outer);
    }
    joint.in_units = carry_units / cells_an_outer;
    carry_units -= joint.in_units * cells_an_outer;
  }
}

}  // namespace kontwin::flood
