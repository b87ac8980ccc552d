// Grids that meet, against the undivided grid and closed forms.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "scenarios/flood/nested_water.hpp"
#include "tests/scenarios/flood/nested_case.hpp"
#include "tests/validation/flood_case.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::flood {
namespace {

using testing::Scheme;
using validation::expect_at_most;
using validation::relative_l1;

struct Pair {
  Scheme outer, inset;
  std::size_t ratio;
  const char* name;
  double bar;
};

const std::string berger = "Berger and Colella (1989), J. Comput. Phys. 82: grids that meet";

/// The depths of the outer grid, means under the inset.
std::vector<double> outer_depths(const ShallowWaterSolver& water) {
  std::vector<double> depth_m(water.shape().cells());
  for (std::size_t cell = 0; cell < depth_m.size(); ++cell) depth_m[cell] = water.depth_m(cell);
  return depth_m;
}

TEST(FloodValidation, AWaveThroughAnInsetOfEqualCellsIsThatOfTheUndividedGrid) {
  ComputeArena arena(2);
  const GridShape shape{.cell_m = 10, .columns = 120, .rows = 90};
  const testing::Place place{.first_column = 50, .end_column = 90, .first_row = 30, .end_row = 60};
  const auto ground_m = [](LocalPoint at) { return 20 + 0.3 * std::sin(at.x_m / 90); };
  // A column of water that falls beside the inset.
  const auto surface_m = [](LocalPoint at) {
    return std::hypot(at.x_m - 350, at.y_m - 420) < 150 ? 24.0 : 21.5;
  };
  for (const Pair& pair :
       {Pair{Scheme::inertial, Scheme::inertial, 1, "inertial | inertial", 1e-6},
        Pair{Scheme::first_order, Scheme::first_order, 1, "HLLC | HLLC, first order", 1e-6},
        Pair{Scheme::second_order, Scheme::second_order, 1, "HLLC | HLLC, second order", 5e-5},
        Pair{Scheme::second_order_double, Scheme::second_order_double, 1,
             "HLLC | HLLC, second order, float64", 5e-5}}) {
    const auto whole =
        testing::solver_of(pair.outer, testing::ground_of(shape, ground_m, 0.03F), arena);
    const auto parts =
        testing::nested(pair.outer, pair.inset, shape, place, 1, ground_m, 0.03F, arena);
    testing::fill_to(*whole, surface_m);
    testing::fill_to(*parts, surface_m);
    whole->advance(120);
    parts->advance(120);
    expect_at_most({"flood",
                    std::string("Dam break through an inset of equal cells, ") + pair.name +
                        ": relative L1 difference of depth from the undivided grid",
                    "", berger},
                   relative_l1(outer_depths(*parts), outer_depths(*whole)), pair.bar);
  }
}

TEST(FloodValidation, ARiverThroughAnInsetKeepsItsDischargeAndItsDepth) {
  ComputeArena arena(1);
  constexpr double slope = 0.001;
  constexpr double n = 0.03;
  constexpr double depth_m = 2;
  const double q = std::pow(depth_m, 5.0 / 3) * std::sqrt(slope) / n;
  const GridShape shape{.cell_m = 50, .columns = 240, .rows = 4};
  for (const Pair& pair :
       {Pair{Scheme::inertial, Scheme::inertial, 5, "inertial | inertial 5 : 1", 0.01},
        Pair{Scheme::inertial, Scheme::second_order, 5, "inertial | HLLC 5 : 1", 0.01},
        Pair{Scheme::second_order, Scheme::second_order, 5, "HLLC | HLLC 5 : 1", 0.01},
        Pair{Scheme::second_order, Scheme::inertial, 5, "HLLC | inertial 5 : 1", 0.01},
        Pair{Scheme::inertial, Scheme::second_order, 1, "inertial | HLLC 1 : 1", 0.01}}) {
    const auto height_m = [](LocalPoint at) { return 50 - slope * at.x_m; };
    std::vector<std::unique_ptr<NestableSolver>> insets;
    const testing::Place place{.first_column = 50, .end_column = 70, .first_row = 0, .end_row = 4};
    const auto open = [&](Scheme scheme, const GridShape& on) -> std::unique_ptr<NestableSolver> {
      const TerrainGrid ground = testing::ground_of(on, height_m, static_cast<float>(n));
      if (scheme == Scheme::inertial) {
        return std::make_unique<InertialSolver>(ground, InertialSolver::Settings{}, arena);
      }
      return std::make_unique<FiniteVolumeSolver<float>>(
          ground, FiniteVolumeSolver<float>::Settings{}, arena);
    };
    insets.push_back(open(pair.inset, testing::inset_shape(shape, place, pair.ratio)));
    NestedWater water(open(pair.outer, shape), std::move(insets), {"inset"});
    testing::fill_to(water, [&](LocalPoint at) { return height_m(at) + depth_m; });
    std::vector<std::size_t> head;
    for (std::size_t row = 0; row < 4; ++row) head.push_back(shape.at(0, row));
    water.set_discharge(water.add_source(head), q * 4 * shape.cell_m);
    water.advance(4 * 3600);
    const double before_m3 = water.edge_m3();
    water.advance(600);
    const double out_m3ps = (water.edge_m3() - before_m3) / 600;
    double worst = 0;
    for (std::size_t column = 20; column < 100; ++column) {
      worst = std::max(worst, std::abs(water.depth_m(shape.at(column, 1)) - depth_m) / depth_m);
    }
    expect_at_most({"flood",
                    std::string("River through an inset, ") + pair.name +
                        ": relative error of the discharge that leaves",
                    "", "Manning (1891); conservation"},
                   std::abs(out_m3ps / (q * 4 * shape.cell_m) - 1), 1e-3);
    expect_at_most({"flood",
                    std::string("River through an inset, ") + pair.name +
                        ": largest relative departure from normal depth",
                    "", "Manning (1891)"},
                   worst, pair.bar);
  }
}

TEST(FloodValidation, LittleOfAWaveIsThrownBackWhereGridsMeet) {
  ComputeArena arena(1);
  const GridShape shape{.cell_m = 30, .columns = 400, .rows = 3};
  const testing::Place place{.first_column = 200, .end_column = 300, .first_row = 0, .end_row = 3};
  const double c = std::sqrt(gravity_mps2 * 4);
  for (const Pair& pair :
       {Pair{Scheme::inertial, Scheme::inertial, 1, "inertial | inertial 1 : 1", 0.01},
        Pair{Scheme::inertial, Scheme::inertial, 5, "inertial | inertial 5 : 1", 0.02},
        Pair{Scheme::inertial, Scheme::second_order, 1, "inertial | HLLC 1 : 1", 0.05},
        Pair{Scheme::inertial, Scheme::second_order, 5, "inertial | HLLC 5 : 1", 0.05},
        Pair{Scheme::second_order, Scheme::second_order, 1, "HLLC | HLLC 1 : 1", 0.01},
        Pair{Scheme::second_order, Scheme::second_order, 5, "HLLC | HLLC 5 : 1", 0.02},
        Pair{Scheme::second_order, Scheme::inertial, 5, "HLLC | inertial 5 : 1", 0.02}}) {
    const auto water = testing::nested(
        pair.outer, pair.inset, shape, place, pair.ratio, [](LocalPoint) { return 0.0; }, 0, arena);
    // Half of a hump at rest goes either way; that to the left is thrown back by the end wall and
    // stays behind.
    testing::fill_to(*water, [](LocalPoint at) {
      return 4 + 0.1 * std::exp(-std::pow((at.x_m - 4200) / 300, 2));
    });
    const auto highest_m = [&](std::size_t from, std::size_t to) {
      double most = 0;
      for (std::size_t column = from; column < to; ++column) {
        most = std::max(most, std::abs(water->depth_m(shape.at(column, 1)) - 4));
      }
      return most;
    };
    water->advance(1000 / c);
    const double coming_m = highest_m(150, 200);
    water->advance(1800 / c);  // it is in the inset, its echo on the way back
    const double echo_m = highest_m(130, 190);
    expect_at_most({"flood",
                    std::string("A wave thrown back where grids meet, ") + pair.name +
                        ": echo over the wave that comes",
                    "", berger},
                   echo_m / coming_m, pair.bar);
  }
}

}  // namespace
}  // namespace kontwin::flood
