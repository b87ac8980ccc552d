// Water that swings in a frictionless bowl for ever (Thacker 1981), shores and all.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>
#include <string>

#include "scenarios/flood/finite_volume_solver.hpp"
#include "tests/validation/flood_case.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::flood {
namespace {

using validation::expect_at_least;
using validation::expect_at_most;
using validation::expect_within;
using validation::flat;

constexpr double bowl_m = 1000;  // radius where still water would end
constexpr double deep_m = 1;
constexpr double wide_m = 4000;

struct Swing {
  double period_s;
  /// Depth over the bowl, below 0 where it is dry, and velocities at the beginning.
  std::function<double(double x, double y, double t_s)> depth_m;
  double east_mps = 0, north_mps = 0;
  /// Where the deepest water lies.
  std::function<LocalPoint(double t_s)> middle = [](double) { return LocalPoint{}; };
};

double bed_m(double x, double y) { return deep_m * ((x * x + y * y) / (bowl_m * bowl_m) - 1); }

Swing radial() {
  const double omega = std::sqrt(8 * gravity_mps2 * deep_m) / bowl_m;
  const double narrow_m = 800;
  const double a2 = bowl_m * bowl_m;
  const double r2 = narrow_m * narrow_m;
  const double a = (a2 - r2) / (a2 + r2);
  return {2 * std::numbers::pi / omega, [=](double x, double y, double t) {
            const double k = 1 - a * std::cos(omega * t);
            const double r = (x * x + y * y) / a2;
            const double surface =
                deep_m * (std::sqrt(1 - a * a) / k - 1 - r * ((1 - a * a) / (k * k) - 1));
            return surface - bed_m(x, y);
          }};
}

Swing planar() {
  const double omega = std::sqrt(2 * gravity_mps2 * deep_m) / bowl_m;
  const double off_m = 500;
  return {2 * std::numbers::pi / omega,
          [=](double x, double y, double t) {
            return off_m * deep_m / (bowl_m * bowl_m) *
                       (2 * x * std::cos(omega * t) + 2 * y * std::sin(omega * t) - off_m) -
                   bed_m(x, y);
          },
          0, off_m * omega,
          [=](double t) {
            return LocalPoint{off_m * std::cos(omega * t), off_m * std::sin(omega * t)};
          }};
}

struct Errors {
  // Relative L1 of depth: of all water, of where it is deeper than 0.4 m, and of what lies nearer
  // to the deepest water than `smooth_m`.
  double all, inside, smooth;
};
constexpr double smooth_m = 300;
/// So early no wave from a shore has come so far in: 0.4 km at 3 m/s.
constexpr double early = 0.1;

template <typename Real>
Errors errors_after(const Swing& swing, std::size_t cells, double seconds) {
  ComputeArena arena(2);
  TerrainGrid grid = flat(cells, cells, wide_m / static_cast<double>(cells), 0);
  const GridShape& shape = grid.elevation_m.shape;
  const auto depth_m = [&](std::size_t cell, double t_s) {
    const LocalPoint at = shape.center(cell % cells, cell / cells);
    return std::max(swing.depth_m(at.x_m - wide_m / 2, at.y_m - wide_m / 2, t_s), 0.0);
  };
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    const LocalPoint at = shape.center(cell % cells, cell / cells);
    grid.elevation_m.values[cell] =
        static_cast<float>(bed_m(at.x_m - wide_m / 2, at.y_m - wide_m / 2));
  }
  FiniteVolumeSolver<Real> solver(grid, {.closed_edges = true}, arena);
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    solver.set_depth(cell, depth_m(cell, 0));
    solver.set_velocity(cell, swing.east_mps, swing.north_mps);
  }
  solver.advance(seconds);
  const LocalPoint middle = swing.middle(seconds);
  double off = 0, sum = 0, off_inside = 0, sum_inside = 0, off_smooth = 0, sum_smooth = 0;
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    const double exact = depth_m(cell, seconds);
    const double error = std::abs(solver.depth_m(cell) - exact);
    off += error;
    sum += exact;
    if (exact < 0.4) continue;
    off_inside += error;
    sum_inside += exact;
    const LocalPoint at = shape.center(cell % cells, cell / cells);
    const LocalPoint from{middle.x_m + wide_m / 2, middle.y_m + wide_m / 2};
    if (distance_m(at, from) > smooth_m) continue;
    off_smooth += error;
    sum_smooth += exact;
  }
  return {off / sum, off_inside / sum_inside, off_smooth / sum_smooth};
}

const std::string source =
    "Thacker (1981), Some exact solutions to the nonlinear shallow-water wave equations, J. Fluid "
    "Mech. 107; sizes of Delestre et al. (2013), SWASHES, sect. 4.2.2, in kilometres";

void check(const std::string& name, const Swing& swing, double bar) {
  const Errors coarse = errors_after<float>(swing, 100, swing.period_s);
  const Errors middle = errors_after<float>(swing, 200, swing.period_s);
  const Errors fine = errors_after<float>(swing, 400, swing.period_s);
  const std::string what = "Finite volumes: Thacker's " + name + " bowl after a period, ";
  expect_at_most({"flood", what + "cells of 20 m: relative L1 error of depth", "", source},
                 middle.all, bar);
  expect_at_most({"flood", what + "cells of 10 m: relative L1 error of depth", "", source},
                 fine.all, bar / 2.5);
  // Shores are of first order in any scheme that captures them; their errors run in as waves.
  expect_within({"flood", what + "order of convergence of all water, 40 to 10 m", "", source},
                std::log2(coarse.all / fine.all) / 2, 2, 0.3);
  expect_within(
      {"flood", what + "order of convergence where deeper than 0.4 m, 40 to 10 m", "", source},
      std::log2(coarse.inside / fine.inside) / 2, 2, 0.3);
  // Where no shore has been felt the water is smooth, and there the scheme has its order.
  const double early_s = early * swing.period_s;
  const double wide_error = errors_after<double>(swing, 200, early_s).smooth;
  const double narrow_error = errors_after<double>(swing, 800, early_s).smooth;
  expect_at_least({"flood",
                   "Finite volumes: Thacker's " + name +
                       " bowl after a tenth of a period, order of convergence where no wave from "
                       "the shore has come yet, 20 to 5 m, float64",
                   "", source},
                  std::log2(wide_error / narrow_error) / 2, 1.8);
}

TEST(FloodFiniteVolumeValidation, WaterSwingsInABowlAsACurvedSurface) {
  check("radial", radial(), 1e-2);
}

TEST(FloodFiniteVolumeValidation, WaterSwingsInABowlAsAPlaneSurface) {
  check("planar", planar(), 1e-2);
}

}  // namespace
}  // namespace kontwin::flood
