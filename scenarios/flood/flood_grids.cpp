#include "scenarios/flood/flood_grids.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/flood/river_reach.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

/// Of a cell: nearer than this two edges are one.
constexpr double same_edge = 1e-6;

const TerrainGrid& grid_named(const Terrain& terrain, const std::string& name, const char* field) {
  if (const TerrainGrid* const grid = terrain.find(name)) return *grid;
  std::string known;
  for (const TerrainGrid& grid : terrain.grids) known += " '" + grid.name + "'";
  throw ScenarioError(std::string(field) + ": the world has no terrain grid '" + name + "', only" +
                      known);
}

bool is_whole(double number) { return std::abs(number - std::round(number)) < same_edge; }

std::string metres(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text + " m";
}

/// The part of a terrain grid under other cells; each has the value of the cell at its middle, so
/// that no channel is lost on cells no larger.
TerrainGrid laid_on(const TerrainGrid& from, const GridShape& shape, const std::string& name) {
  TerrainGrid grid{name, Raster<float>(shape), Raster<float>(shape)};
  for (std::size_t row = 0; row < shape.rows; ++row) {
    for (std::size_t column = 0; column < shape.columns; ++column) {
      const std::size_t cell = from.elevation_m.shape.cell_of(shape.center(column, row));
      grid.elevation_m.at(column, row) = from.elevation_m.values[cell];
      grid.manning_n.at(column, row) = from.manning_n.values[cell];
    }
  }
  return grid;
}

}  // namespace

GridShape inset_shape(const Terrain& terrain, const TerrainGrid& outer, const FloodInset& inset) {
  const TerrainGrid& source = grid_named(terrain, inset.grid, "flood.insets");
  const GridShape& coarse = outer.elevation_m.shape;
  const GridShape& own = source.elevation_m.shape;
  const auto fail = [&](const std::string& reason) {
    throw ScenarioError("flood.insets: '" + inset.grid + "' " + reason);
  };
  const LocalBox box = inset.within ? *inset.within : own.box();
  const auto inside = [&](const LocalBox& of) {
    const double slack_m = same_edge * coarse.cell_m;
    return box.min_x_m >= of.min_x_m - slack_m && box.min_y_m >= of.min_y_m - slack_m &&
           box.max_x_m <= of.max_x_m + slack_m && box.max_y_m <= of.max_y_m + slack_m;
  };
  if (!inside(coarse.box())) fail("reaches outside the outer grid '" + outer.name + "'");
  if (!inside(own.box())) fail("is smaller than what 'within' says");
  const double ratio = coarse.cell_m / own.cell_m;
  if (ratio < 1 - same_edge) {
    fail("has cells of " + metres(own.cell_m) + ", larger than the " + metres(coarse.cell_m) +
         " of the outer grid '" + outer.name + "'");
  }
  const double whole_ratio = std::ceil(ratio - same_edge);
  GridShape shape;
  shape.cell_m = coarse.cell_m / whole_ratio;
  const bool fits = is_whole(ratio) && is_whole((own.left_m - coarse.left_m) / own.cell_m) &&
                    is_whole((own.bottom_m - coarse.bottom_m) / own.cell_m);
  if (!fits && !inset.resample) {
    fail("has cells of " + metres(own.cell_m) + " that do not fit into the " +
         metres(coarse.cell_m) + " of the outer grid '" + outer.name +
         "': resample = true lays it on cells of " + metres(shape.cell_m));
  }
  const auto range = [&](double low_m, double high_m, double origin_m) {
    const double first = std::ceil((low_m - origin_m) / coarse.cell_m - same_edge);
    const double end = std::floor((high_m - origin_m) / coarse.cell_m + same_edge);
    return std::pair{first, end};
  };
  const auto [first_column, end_column] = range(box.min_x_m, box.max_x_m, coarse.left_m);
  const auto [first_row, end_row] = range(box.min_y_m, box.max_y_m, coarse.bottom_m);
  if (end_column <= first_column || end_row <= first_row) {
    fail("holds no whole cell of the outer grid '" + outer.name + "'");
  }
  shape.left_m = coarse.left_m + first_column * coarse.cell_m;
  shape.bottom_m = coarse.bottom_m + first_row * coarse.cell_m;
  shape.columns = static_cast<std::size_t>((end_column - first_column) * whole_ratio);
  shape.rows = static_cast<std::size_t>((end_row - first_row) * whole_ratio);
  return shape;
}

bool too_near(const GridShape& one, const GridShape& other, double outer_cell_m) {
  const LocalBox a = one.box();
  const LocalBox b = other.box();
  const double gap_m = outer_cell_m * (1 - same_edge);
  return a.min_x_m < b.max_x_m + gap_m && b.min_x_m < a.max_x_m + gap_m &&
         a.min_y_m < b.max_y_m + gap_m && b.min_y_m < a.max_y_m + gap_m;
}

FloodGrids::FloodGrids(const World& world, const FloodOptions& options)
    : outer_(&grid_named(world.terrain(), options.grid, "flood.grid")) {
  for (const FloodInset& inset : options.insets) {
    const TerrainGrid& source = grid_named(world.terrain(), inset.grid, "flood.insets");
    const std::string name = inset.name.empty() ? inset.grid : inset.name;
    if (name == outer_->name ||
        std::ranges::find(insets_, name, &TerrainGrid::name) != insets_.end()) {
      throw ScenarioError("flood.insets: two grids of the flood are called '" + name +
                          "': give the inset a name of its own");
    }
    insets_.push_back(laid_on(source, inset_shape(world.terrain(), *outer_, inset), name));
  }
  std::size_t cells = 0;
  for (std::size_t number = 0; number < size(); ++number) {
    first_cell_.push_back(cells);
    cells += shape(number).cells();
    const auto its = channel_mask(world, shape(number));
    channel_.insert(channel_.end(), its.begin(), its.end());
  }
  first_cell_.push_back(cells);
  covered_.assign(cells, 0);
  if (size() == 1) return;
  for (std::size_t row = 0; row < shape(0).rows; ++row) {
    for (std::size_t column = 0; column < shape(0).columns; ++column) {
      if (finest_at(shape(0).center(column, row)) > 0) covered_[shape(0).at(column, row)] = 1;
    }
  }
}

std::size_t FloodGrids::finest_at(LocalPoint point) const {
  std::size_t number = size();
  while (number > 1) {
    if (shape(--number).contains(point)) return number;
  }
  return shape(0).contains(point) ? 0 : size();
}

}  // namespace kontwin::flood
