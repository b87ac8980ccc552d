// Dam breaks on a wet and on a dry bed, in the set-up of LISFLOOD-FP 8's and SFINCS's papers.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "scenarios/flood/finite_volume_solver.hpp"
#include "tests/validation/flood_case.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::flood {
namespace {

using validation::Curve;
using validation::expect_at_most;
using validation::flat;
using validation::plot;
using validation::relative_l1;

const GridShape shape{.cell_m = 5, .columns = 2000, .rows = 8};
constexpr double end_s = 200;

double along_m(std::size_t column) {
  return shape.center(column, 0).x_m - shape.cell_m * static_cast<double>(shape.columns) / 2;
}

/// Ritter (1892) for `low_m` 0, else Stoker (1957, ch. 10.8): depth at each column.
std::vector<double> exact_m(double high_m, double low_m) {
  const double g = gravity_mps2;
  const double c_high = std::sqrt(g * high_m);
  double plateau_m = low_m;
  double above_m = high_m;
  for (int halving = 0; low_m > 0 && halving < 100; ++halving) {
    const double h = (plateau_m + above_m) / 2;
    const double behind_bore = (h - low_m) * std::sqrt(g / 2 * (1 / h + 1 / low_m));
    (2 * (c_high - std::sqrt(g * h)) > behind_bore ? plateau_m : above_m) = h;
  }
  const double speed = 2 * (c_high - std::sqrt(g * plateau_m));
  const double tail = speed - std::sqrt(g * plateau_m);
  const double front = low_m > 0 ? plateau_m * speed / (plateau_m - low_m) : 2 * c_high;
  std::vector<double> depth_m;
  for (std::size_t column = 0; column < shape.columns; ++column) {
    const double x = along_m(column) / end_s;
    const double rarefied = (2 * c_high - x) * (2 * c_high - x) / (9 * g);
    depth_m.push_back(x < -c_high ? high_m : x < tail ? rarefied : x < front ? plateau_m : low_m);
  }
  return depth_m;
}

template <typename Real>
std::vector<double> computed_m(double high_m, double low_m, int order) {
  ComputeArena arena(1);
  FiniteVolumeSolver<Real> solver(flat(shape.columns, shape.rows, shape.cell_m, 0),
                                  {.order = order, .closed_edges = true}, arena);
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    solver.set_depth(cell, cell % shape.columns < shape.columns / 2 ? high_m : low_m);
  }
  solver.advance(end_s);
  std::vector<double> depth_m;
  for (std::size_t column = 0; column < shape.columns; ++column) {
    depth_m.push_back(solver.depth_m(shape.at(column, 4)));
  }
  return depth_m;
}

Curve curve(const std::string& label, const std::vector<double>& depth_m, bool line) {
  Curve all{label, {}, line};
  for (std::size_t column = 0; column < shape.columns; column += 10) {
    all.points.emplace_back(along_m(column), depth_m[column]);
  }
  return all;
}

void check(const std::string& name, const std::string& file, const std::string& source,
           double low_m, double bar) {
  const auto reference = exact_m(2, low_m);
  const auto second = computed_m<float>(2, low_m, 2);
  const auto first = computed_m<float>(2, low_m, 1);
  const std::string what = "Finite volumes: " + name + " dam break, 2000 cells of 5 m, 200 s: ";
  expect_at_most({"flood", what + "relative L1 error of depth, second order, float32", "", source},
                 relative_l1(second, reference), bar);
  expect_at_most({"flood", what + "the same, second order, float64", "", source},
                 relative_l1(computed_m<double>(2, low_m, 2), reference), bar);
  expect_at_most({"flood", what + "the same, first order, float32", "", source},
                 relative_l1(first, reference), 3e-3);
  plot("flood", file, "Finite volumes: " + name + " dam break after 200 s",
       "distance from the dam (m)", "depth (m)",
       {curve("exact", reference, true), curve("second order", second, false),
        curve("first order", first, false)});
}

TEST(FloodFiniteVolumeValidation, ADamBreakOnAWetBedIsStokers) {
  check("Stoker's 2 m on 1 m", "finite_volume_stoker", "Stoker (1957), Water Waves, ch. 10.8", 1,
        6e-4);
}

TEST(FloodFiniteVolumeValidation, ADamBreakOnADryBedIsRitters) {
  check("Ritter's 2 m on dry ground", "finite_volume_ritter",
        "Ritter (1892), Die Fortpflanzung der Wasserwellen, Z. Ver. Dtsch. Ing. 36", 0, 1.2e-3);
}

}  // namespace
}  // namespace kontwin::flood
