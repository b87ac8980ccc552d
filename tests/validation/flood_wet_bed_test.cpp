// Dam breaks on a wet bed, whose exact solutions are published.
#include <gtest/gtest.h>

#include <cmath>
#include <utility>
#include <vector>

#include "scenarios/flood/inertial_solver.hpp"
#include "tests/validation/flood_case.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::flood {
namespace {

using validation::Curve;
using validation::expect_at_most;
using validation::flat;
using validation::plot;
using validation::relative_l1;

/// Where and what the plateau of a dam break on a wet bed is: its depth, its unit discharge, and
/// the speeds of the rarefaction's end and of the bore.
struct Plateau {
  double depth_m, q_m2ps, tail_mps, bore_mps;
};

template <typename Discharges>
double plateau_depth_m(double high_m, double low_m, Discharges discharges) {
  double below_m = low_m;
  double above_m = high_m;
  for (int halving = 0; halving < 80; ++halving) {
    const double middle_m = (below_m + above_m) / 2;
    const auto [behind_bore, through_rarefaction] = discharges(middle_m);
    (behind_bore < through_rarefaction ? below_m : above_m) = middle_m;
  }
  return below_m;
}

/// The shallow water equations' (Stoker 1957, ch. 10.8).
Plateau stoker(double high_m, double low_m) {
  const double g = gravity_mps2;
  const auto speed = [&](double h) { return 2 * (std::sqrt(g * high_m) - std::sqrt(g * h)); };
  const double h = plateau_depth_m(high_m, low_m, [&](double middle) {
    return std::pair{middle * (middle - low_m) * std::sqrt(g / 2 * (1 / middle + 1 / low_m)),
                     middle * speed(middle)};
  });
  return {h, h * speed(h), speed(h) - std::sqrt(g * h), h * speed(h) / (h - low_m)};
}

/// The same for the local inertial equations, h_t + q_x = 0 and q_t + g h h_x = 0: q + 2/3 √g
/// h^(3/2) is constant through the rarefaction; over the bore, s [q] = g [h²] / 2 and s [h] = [q].
Plateau local_inertial(double high_m, double low_m) {
  const double g = gravity_mps2;
  const auto q_at = [&](double h) {
    return 2.0 / 3 * std::sqrt(g) * (std::pow(high_m, 1.5) - std::pow(h, 1.5));
  };
  const double h = plateau_depth_m(high_m, low_m, [&](double middle) {
    return std::pair{(middle - low_m) * std::sqrt(g / 2 * (middle + low_m)), q_at(middle)};
  });
  return {h, q_at(h), -std::sqrt(g * h), std::sqrt(g / 2 * (h + low_m))};
}

std::vector<double> dam_break_m(double high_m, double low_m, const GridShape& shape, double end_s) {
  ComputeArena arena(1);
  TerrainGrid grid = flat(shape.columns, shape.rows, shape.cell_m, 0);
  InertialSolver solver(grid, {.courant = 0.5, .theta = 0.8, .closed_edges = true}, arena);
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    solver.set_depth(cell, cell % shape.columns < shape.columns / 2 ? high_m : low_m);
  }
  solver.advance(end_s);
  std::vector<double> depth_m(shape.columns);
  for (std::size_t column = 0; column < shape.columns; ++column) {
    depth_m[column] = solver.depth_m(shape.at(column, 1));
  }
  return depth_m;
}

TEST(FloodValidation, ADamBreakOnAWetBedIsRightWhereFlowIsGradual) {
  const double g = gravity_mps2;
  const GridShape shape{.cell_m = 5, .columns = 400, .rows = 3};
  constexpr double end_s = 120;
  const auto speed_of = [&](std::size_t column) {
    return (shape.center(column, 1).x_m - 1000) / end_s;
  };
  const auto stoker_m = [&](double high_m, double low_m) {
    const Plateau plateau = stoker(high_m, low_m);
    std::vector<double> depth_m;
    for (std::size_t column = 0; column < shape.columns; ++column) {
      const double along = speed_of(column);
      const double c_high = std::sqrt(g * high_m);
      const double fan = (2 * c_high - along) * (2 * c_high - along) / (9 * g);
      depth_m.push_back(along <= -c_high            ? high_m
                        : along <= plateau.tail_mps ? fan
                        : along <= plateau.bore_mps ? plateau.depth_m
                                                    : low_m);
    }
    return depth_m;
  };
  const auto local_inertial_m = [&](double high_m, double low_m) {
    const Plateau plateau = local_inertial(high_m, low_m);
    std::vector<double> depth_m;
    for (std::size_t column = 0; column < shape.columns; ++column) {
      const double along = speed_of(column);
      depth_m.push_back(along <= -std::sqrt(g * high_m) ? high_m
                        : along <= plateau.tail_mps     ? along * along / g
                        : along <= plateau.bore_mps     ? plateau.depth_m
                                                        : low_m);
    }
    return depth_m;
  };
  const auto curve = [&](const char* label, const std::vector<double>& depth_m, bool line) {
    Curve made{label, {}, line};
    for (std::size_t i = 0; i < depth_m.size(); ++i) {
      made.points.emplace_back(shape.center(i, 1).x_m - 1000, depth_m[i]);
    }
    return made;
  };
  const auto mild_m = dam_break_m(2, 1.5, shape, end_s);
  expect_at_most({"flood", "Dam break on a wet bed, 2.0 m on 1.5 m: relative L1 error of depth", "",
                  "Stoker (1957), Water Waves, ch. 10.8"},
                 relative_l1(mild_m, stoker_m(2, 1.5)), 0.01);
  const auto severe_m = dam_break_m(2, 0.5, shape, end_s);
  expect_at_most(
      {"flood",
       "Dam break on a wet bed, 2.0 m on 0.5 m, against the scheme's own equations "
       "(no convective acceleration): relative L1 error of depth",
       "",
       "Exact Riemann solution of the local inertial equations; their limits: de Almeida "
       "and Bates (2013), Water Resour. Res. 49"},
      relative_l1(severe_m, local_inertial_m(2, 0.5)), 0.02);
  plot("flood", "dam_break_mild", "Dam break on a wet bed, 2.0 m on 1.5 m, after 120 s",
       "distance from the dam (m)", "depth (m)",
       {curve("Stoker (1957)", stoker_m(2, 1.5), true), curve("computed", mild_m, false)});
  plot(
      "flood", "dam_break_severe",
      "A violent dam break, 2.0 m on 0.5 m, after 120 s: outside what local inertial flow can tell",
      "distance from the dam (m)", "depth (m)",
      {curve("Stoker (1957)", stoker_m(2, 0.5), true),
       curve("local inertial, exact", local_inertial_m(2, 0.5), true),
       curve("computed", severe_m, false)});
}

}  // namespace
}  // namespace kontwin::flood
