#include "scenarios/flood/uplands.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <queue>

namespace kontwin::flood {

namespace {

/// Of shallow flow over woods and fields (USDA NRCS 2010, National Engineering Handbook 630, ch.
/// 15).
constexpr double overland_mps = 0.3;

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

/// The way of every cell's rain, in an order in which the cell it runs to always comes first.
struct Drainage {
  std::vector<std::size_t> order;
  std::vector<std::size_t> next;  // [cell] nowhere for the ends: channels and the grid's edge
  std::vector<double> end_m;      // [cell] height of the end its way leads to
};

Drainage drain(const Raster<float>& ground, const std::vector<char>& channel) {
  const GridShape& grid = ground.shape;
  using Entry = std::pair<float, std::size_t>;  // ties by cell number: nothing is left to chance
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
  Drainage way{
      {}, std::vector<std::size_t>(grid.cells(), nowhere), std::vector<double>(grid.cells(), 0)};
  std::vector<char> seen(grid.cells(), 0);
  for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
    const std::size_t column = cell % grid.columns;
    const std::size_t row = cell / grid.columns;
    const bool edge = column == 0 || row == 0 || column + 1 == grid.columns || row + 1 == grid.rows;
    if (!edge && channel[cell] == 0) continue;
    seen[cell] = 1;
    way.end_m[cell] = ground.values[cell];
    open.emplace(ground.values[cell], cell);
  }
  while (!open.empty()) {
    const auto [level_m, cell] = open.top();
    open.pop();
    way.order.push_back(cell);
    const std::size_t column = cell % grid.columns;
    const std::size_t row = cell / grid.columns;
    for (std::size_t r = row == 0 ? 0 : row - 1; r <= std::min(row + 1, grid.rows - 1); ++r) {
      for (std::size_t c = column == 0 ? 0 : column - 1;
           c <= std::min(column + 1, grid.columns - 1); ++c) {
        const std::size_t other = grid.at(c, r);
        if (seen[other] != 0) continue;
        seen[other] = 1;
        way.next[other] = cell;
        way.end_m[other] = way.end_m[cell];
        open.emplace(std::max(level_m, ground.values[other]), other);
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
  std::vector<std::size_t> outlet(shape.cells(), nowhere);  // of a high cell; nowhere: the edge
  std::vector<double> way_m(shape.cells(), 0);
  std::vector<char> high(shape.cells(), 0);
  std::vector<std::size_t> high_cells;
  struct Sum {
    std::size_t cells = 0;
    double way_m = 0;
  };
  std::map<std::size_t, Sum> by_outlet;
  for (const std::size_t cell : way.order) {
    if (ground.values[cell] - way.end_m[cell] <= upland_height_m) continue;
    high[cell] = 1;
    high_cells.push_back(cell);
    const std::size_t next = way.next[cell];  // an end is never high over itself
    const LocalPoint from = shape.center(cell % shape.columns, cell / shape.columns);
    const LocalPoint to = shape.center(next % shape.columns, next / shape.columns);
    way_m[cell] = distance_m(from, to) + (high[next] != 0 ? way_m[next] : 0);
    outlet[cell] = high[next] != 0 ? outlet[next] : next;
    Sum& sum = by_outlet[outlet[cell]];
    ++sum.cells;
    sum.way_m += way_m[cell];
  }
  high_cells_ = high_cells.size();
  solver.keep_rain_off(high_cells);
  for (const auto& [cell, sum] : by_outlet) {
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
