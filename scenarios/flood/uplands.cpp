#include "scenarios/flood/uplands.hpp"

#include <algorithm>
#include <cmath>

#include "twin/rising_queue.hpp"

namespace kontwin::flood {

namespace {

/// Of shallow flow over woods and fields (USDA NRCS 2010, National Engineering Handbook 630, ch.
/// 15).
constexpr double overland_mps = 0.3;

using Cell = std::uint32_t;
constexpr Cell nowhere = static_cast<Cell>(-1);

/// The way of every cell's rain, in an order in which the cell it runs to always comes first.
struct Drainage {
  struct Step {
    Cell next = nowhere;  // for the ends: channels and the grid's edge
    float end_m = 0;      // height of the end its way leads to
  };
  std::vector<Cell> order;
  std::vector<Step> of;  // [cell]
};

Drainage drain(const Raster<float>& ground, const std::vector<char>& channel) {
  const GridShape& grid = ground.shape;
  const auto [lowest, highest] =
      std::ranges::minmax_element(ground.values.begin(), ground.values.begin() + grid.cells());
  RisingQueue open(grid.cells(), *lowest, *highest);
  Drainage way{{}, std::vector<Drainage::Step>(grid.cells())};
  way.order.reserve(grid.cells());
  std::vector<char> seen(grid.cells(), 0);
  for (std::size_t row = 0; row < grid.rows; ++row) {
    for (std::size_t column = 0; column < grid.columns; ++column) {
      const std::size_t cell = grid.at(column, row);
      const bool edge =
          column == 0 || row == 0 || column + 1 == grid.columns || row + 1 == grid.rows;
      if (!edge && channel[cell] == 0) continue;
      seen[cell] = 1;
      way.of[cell].end_m = ground.values[cell];
      open.push(ground.values[cell], static_cast<Cell>(cell));
    }
  }
  while (const auto lowest_open = open.pop()) {
    const auto [level_m, cell] = *lowest_open;
    const float end_m = way.of[cell].end_m;
    way.order.push_back(cell);
    const std::size_t column = cell % grid.columns;
    const std::size_t row = cell / grid.columns;
    for (std::size_t r = row == 0 ? 0 : row - 1; r <= std::min(row + 1, grid.rows - 1); ++r) {
      for (std::size_t c = column == 0 ? 0 : column - 1;
           c <= std::min(column + 1, grid.columns - 1); ++c) {
        const std::size_t other = grid.at(c, r);
        if (seen[other] != 0) continue;
        seen[other] = 1;
        way.of[other] = {cell, end_m};
        open.push(std::max(level_m, ground.values[other]), static_cast<Cell>(other));
      }
    }
  }
  return way;
}

}  // namespace

Uplands::Uplands(const TerrainGrid& grid, const std::vector<char>& channel, double upland_height_m,
                 ShallowWaterSolver& solver) {
  if (upland_height_m >= no_uplands_m) return;
  const Raster<float>& ground = grid.elevation_m;
  const GridShape& shape = ground.shape;
  const Drainage way = drain(ground, channel);
  struct Sum {
    std::uint32_t cells = 0;
    double way_m = 0;
  };
  std::vector<Sum> sum_of(shape.cells());            // [first low cell]
  std::vector<Cell> outlet(shape.cells(), nowhere);  // of a high cell; nowhere: of a low one
  std::vector<double> way_m(shape.cells());          // of a high cell
  std::vector<std::size_t> high_cells;
  for (const Cell cell : way.order) {
    if (double{ground.values[cell]} - double{way.of[cell].end_m} <= upland_height_m) continue;
    high_cells.push_back(cell);
    const Cell next = way.of[cell].next;  // an end is never high over itself
    const bool on_high = outlet[next] != nowhere;
    const LocalPoint from = shape.center(cell % shape.columns, cell / shape.columns);
    const LocalPoint to = shape.center(next % shape.columns, next / shape.columns);
    way_m[cell] = distance_m(from, to) + (on_high ? way_m[next] : 0);
    outlet[cell] = on_high ? outlet[next] : next;
    Sum& sum = sum_of[outlet[cell]];
    ++sum.cells;
    sum.way_m += way_m[cell];
  }
  high_cells_ = high_cells.size();
  solver.keep_rain_off(high_cells);
  for (std::size_t cell = 0; cell < sum_of.size(); ++cell) {
    const Sum& sum = sum_of[cell];
    if (sum.cells == 0) continue;
    const std::size_t column = cell % shape.columns;
    const std::size_t row = cell / shape.columns;
    const bool edge = channel[cell] == 0 && (column == 0 || row == 0 ||
                                             column + 1 == shape.columns || row + 1 == shape.rows);
    const auto cells = static_cast<double>(sum.cells);
    stores_.push_back({.trickle = edge ? over_the_edge : solver.add_trickle(cell),
                       .tile = solver.tiling().tile_of(column, row),
                       .area_m2 = cells * shape.cell_m * shape.cell_m,
                       .delay_s = sum.way_m / cells / overland_mps});
  }
}

void Uplands::advance(std::span<const double> rain_mps,
                      const std::vector<std::uint32_t>& zone_of_tile, double seconds,
                      ShallowWaterSolver& solver) {
  for (Store& store : stores_) {
    const double rain_m3ps = rain_mps[zone_of_tile[store.tile]] * store.area_m2;
    // A linear reservoir under steady rain, exactly.
    const double share = -std::expm1(-seconds / store.delay_s);
    const double out_m3 = store.water_m3 * share + rain_m3ps * (seconds - store.delay_s * share);
    store.water_m3 += rain_m3ps * seconds - out_m3;
    rain_m3_ += rain_m3ps * seconds;
    if (store.trickle == over_the_edge) {
      edge_m3_ += out_m3;
    } else {
      given_m3_ += out_m3;
      solver.set_trickle(store.trickle, out_m3 / seconds);
    }
  }
}

double Uplands::stored_m3() const {
  double sum_m3 = 0;
  for (const Store& store : stores_) sum_m3 += store.water_m3;
  return sum_m3;
}

}  // namespace kontwin::flood
