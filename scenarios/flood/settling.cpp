#include "scenarios/flood/settling.hpp"

#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace kontwin::flood {

namespace {

constexpr long long look_every_min = 10;
/// A river that is filled from nothing but the depth at its inlet moves more than this for most of
/// the time that water takes to run down it.
constexpr double steady_share = 0.25;
/// Wide plains go on filling for many hours: where less moves than this, and a look later nearly
/// as much still, more time would not make it steady.
constexpr double filling_share = 0.5;
constexpr double nearly = 0.99;

/// Water that is no longer, or not yet, where it was: the volume of all changes of depth.
double moved_m3(const FloodGrids& grids, const std::vector<float>& before_m,
                const std::vector<float>& now_m) {
  double moved = 0;
  for (std::size_t number = 0; number < grids.size(); ++number) {
    double depths_m = 0;
    for (std::size_t cell = grids.first_cell(number); cell < grids.first_cell(number + 1); ++cell) {
      if (grids.covered()[cell] == 0) depths_m += std::abs(now_m[cell] - before_m[cell]);
    }
    const double cell_m = grids.shape(number).cell_m;
    moved += depths_m * cell_m * cell_m;
  }
  return moved;
}

}  // namespace

void settle(FedWater& water, const FloodGrids& grids, double most_h) {
  const auto minutes = std::llround(most_h * 60);
  if (minutes == 0) return;
  ShallowWaterSolver& solver = water.solver();
  std::vector<float> before_m(grids.cells()), now_m(grids.cells());
  solver.copy_depths(before_m);
  double came_before_m3 = solver.source_m3();
  double moved_before_m3 = std::numeric_limits<double>::infinity();
  for (long long minute = 1; minute <= minutes; ++minute) {
    water.move(60);
    if (minute % look_every_min != 0) continue;
    solver.copy_depths(now_m);
    const double came_m3 = solver.source_m3() - came_before_m3;
    const double moved = moved_m3(grids, before_m, now_m);
    if (moved < steady_share * came_m3) return;
    if (moved < filling_share * came_m3 && moved > nearly * moved_before_m3) return;
    moved_before_m3 = moved;
    came_before_m3 += came_m3;
    std::swap(before_m, now_m);
  }
}

}  // namespace kontwin::flood
