// Steady flow without friction over a bump.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "scenarios/flood/finite_volume_solver.hpp"
#include "tests/validation/flood_case.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::flood {
namespace {

constexpr double long_m = 25;
constexpr double top_m = 0.2;
double bed_m(double x_m) {
  return x_m > 8 && x_m < 12 ? top_m - 0.05 * (x_m - 10) * (x_m - 10) : 0;
}

/// Where the energy head over a bed is `head_m`: the deeper (tranquil) or the shallower depth that
/// carries a discharge.
double depth_at(double head_m, double bed, double q_m2ps, bool tranquil) {
  const auto over_m = [&](double h) { return h + q_m2ps * q_m2ps / (2 * gravity_mps2 * h * h); };
  const double critical_m = std::cbrt(q_m2ps * q_m2ps / gravity_mps2);
  double low = tranquil ? critical_m : 1e-4;
  double high = tranquil ? 10 : critical_m;
  for (int halving = 0; halving < 100; ++halving) {
    const double middle = (low + high) / 2;
    const bool enough = over_m(middle) >= head_m - bed;
    (enough == tranquil ? high : low) = middle;
  }
  return (low + high) / 2;
}

struct Flow {
  std::string name;
  double q_m2ps, outlet_m;  // of the depth at the outlet
  bool critical;            // over the top
  bool jumps;               // back to tranquil flow below it
};

/// The exact depth [cell].
std::vector<double> exact_m(const Flow& flow, std::size_t columns) {
  const double q = flow.q_m2ps;
  const auto head_of = [&](double depth_m) {
    return depth_m + q * q / (2 * gravity_mps2 * depth_m * depth_m);
  };
  const double critical_head_m = 1.5 * std::cbrt(q * q / gravity_mps2);
  const double top_head_m = top_m + critical_head_m;
  const auto before = [&](double x_m) {
    if (!flow.critical) return depth_at(head_of(flow.outlet_m), bed_m(x_m), q, true);
    return depth_at(top_head_m, bed_m(x_m), q, x_m < 10);
  };
  const auto after = [&](double x_m) {
    return depth_at(head_of(flow.outlet_m), bed_m(x_m), q, true);
  };
  // The jump stands where both sides carry the same momentum, and below the top there is a stretch
  // that the water behind it does not reach up to.
  const auto thrust = [&](double depth_m) {
    return q * q / depth_m + gravity_mps2 * depth_m * depth_m / 2;
  };
  double jump_m = 10, ends_m = 12;
  for (int halving = 0; flow.jumps && halving < 60; ++halving) {
    const double middle = (jump_m + ends_m) / 2;
    const bool beyond = head_of(flow.outlet_m) - bed_m(middle) < critical_head_m ||
                        thrust(before(middle)) > thrust(after(middle));
    (beyond ? jump_m : ends_m) = middle;
  }
  std::vector<double> depth_m;
  for (std::size_t column = 0; column < columns; ++column) {
    const double x_m = (static_cast<double>(column) + 0.5) * long_m / static_cast<double>(columns);
    depth_m.push_back(flow.jumps && x_m > jump_m ? after(x_m) : before(x_m));
  }
  return depth_m;
}

std::vector<double> computed_m(ShallowWaterSolver& water, const Flow& flow) {
  const std::size_t columns = water.shape().columns;
  water.set_edge(0, GridSide::west,
                 {.kind = EdgeCondition::Kind::discharge, .discharge_m2ps = flow.q_m2ps});
  const bool runs_off = flow.critical && !flow.jumps;
  water.set_edge(columns - 1, GridSide::east,
                 {.kind = runs_off ? EdgeCondition::Kind::transmissive : EdgeCondition::Kind::stage,
                  .stage_m = flow.outlet_m});
  for (std::size_t column = 0; column < columns; ++column) {
    water.set_depth(column, std::max(0.0, flow.outlet_m - water.ground_m(column)));
  }
  water.advance(600);
  std::vector<double> depth_m;
  for (std::size_t column = 0; column < columns; ++column) {
    depth_m.push_back(water.depth_m(column));
  }
  return depth_m;
}

TEST(FloodBumpValidation, SteadyFlowOverABumpKeepsItsEnergyAndJumpsWhereItsMomentumSays) {
  constexpr std::size_t columns = 250;
  TerrainGrid grid = validation::flat(columns, 1, long_m / columns, 0);
  for (std::size_t column = 0; column < columns; ++column) {
    grid.elevation_m.values[column] =
        static_cast<float>(bed_m(grid.elevation_m.shape.center(column, 0).x_m));
  }
  const std::string source =
      "Goutal and Maurel (1997), Proc. 2nd workshop on dam-break wave simulation, EDF; as in "
      "Delestre et al. (2013), SWASHES, Int. J. Numer. Meth. Fluids 72(3), sect. 3.1";
  const std::vector<Flow> flows{{"subcritical", 4.42, 2, false, false},
                                {"sub- to supercritical", 1.53, 0.66, true, false},
                                {"with a jump", 0.18, 0.33, true, true}};
  ComputeArena arena(1);
  for (const Flow& flow : flows) {
    FiniteVolumeSolver<float> water(grid, {.closed_edges = true}, arena);
    validation::expect_at_most(
        {"flood",
         "Finite volumes: flow over a bump, " + flow.name +
             ", cells of 0.1 m: relative L1 error of depth",
         "", source},
        validation::relative_l1(computed_m(water, flow), exact_m(flow, columns)),
        flow.jumps ? 3e-3 : 5e-4);
  }
}

}  // namespace
}  // namespace kontwin::flood
