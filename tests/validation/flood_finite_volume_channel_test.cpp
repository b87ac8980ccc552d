// Steady flow in channels whose bed is made for a known water surface (MacDonald et al. 1997).
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
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
using Edge = EdgeCondition::Kind;

constexpr double long_m = 1000;
const double critical_m = std::cbrt(4 / gravity_mps2);  // of 2 m²/s

struct Channel {
  std::string name, file;
  double q_m2ps, manning_n;
  std::function<double(double)> depth_m;
  double shock_m = -1;  // where the depth jumps; below 0: nowhere
};

/// The bed that the steady shallow water equations give for the depth: its slope integrated from
/// the outlet by Simpson's rule, the jump left out, across which bed is level.
double bed_m(const Channel& channel, double x_m) {
  constexpr int pieces = 400;
  const auto fall = [&](double x) {
    const double h = channel.depth_m(x);
    const double step = 1e-3;
    double low = x - step;
    double high = x + step;
    if (channel.shock_m > low && channel.shock_m < high) (x < channel.shock_m ? high : low) = x;
    const double h_x = (channel.depth_m(high) - channel.depth_m(low)) / (high - low);
    const double q2 = channel.q_m2ps * channel.q_m2ps;
    return (1 - q2 / (gravity_mps2 * h * h * h)) * h_x +
           channel.manning_n * channel.manning_n * q2 / std::pow(h, 10.0 / 3);
  };
  const auto drop = [&](double from, double to) {
    const double piece = (to - from) / pieces;
    double sum = 0;
    for (int i = 0; i < pieces; ++i) {
      const double x = from + i * piece;
      // Just inside the piece, so that the jump's own sides are met.
      const double e = piece * 1e-6;
      sum += piece / 6 * (fall(x + e) + 4 * fall(x + piece / 2) + fall(x + piece - e));
    }
    return sum;
  };
  const bool jumps_ahead = channel.shock_m > x_m;
  return jumps_ahead ? drop(x_m, channel.shock_m) + drop(channel.shock_m, long_m)
                     : drop(x_m, long_m);
}

struct Steady {
  std::vector<double> depth_m, discharge_m2ps;
};

Steady run(const Channel& channel, std::size_t columns, int order) {
  ComputeArena arena(1);
  constexpr std::size_t rows = 3;
  TerrainGrid grid = flat(columns, rows, long_m / static_cast<double>(columns),
                          static_cast<float>(channel.manning_n));
  const GridShape& shape = grid.elevation_m.shape;
  for (std::size_t column = 0; column < columns; ++column) {
    const double bed = bed_m(channel, shape.center(column, 0).x_m);
    for (std::size_t row = 0; row < rows; ++row) {
      grid.elevation_m.at(column, row) = static_cast<float>(bed);
    }
  }
  FiniteVolumeSolver<double> solver(grid, {.order = order, .closed_edges = true}, arena);
  const auto froude = [&](double x) {
    const double h = channel.depth_m(x);
    return channel.q_m2ps / (h * std::sqrt(gravity_mps2 * h));
  };
  for (std::size_t row = 0; row < rows; ++row) {
    solver.set_edge(shape.at(0, row), GridSide::west,
                    {.kind = Edge::discharge,
                     .discharge_m2ps = channel.q_m2ps,
                     .inflow_depth_m = froude(0) > 1 ? channel.depth_m(0) : 0});
    solver.set_edge(shape.at(columns - 1, row), GridSide::east,
                    {.kind = froude(long_m) > 1 ? Edge::transmissive : Edge::stage,
                     .stage_m = channel.depth_m(long_m)});
    for (std::size_t column = 0; column < columns; ++column) {
      solver.set_depth(shape.at(column, row), 0.7);
    }
  }
  solver.advance(4000);
  Steady steady;
  for (std::size_t column = 0; column < columns; ++column) {
    const std::size_t cell = shape.at(column, 1);
    steady.depth_m.push_back(solver.depth_m(cell));
    steady.discharge_m2ps.push_back(solver.depth_m(cell) * solver.east_mps(cell));
  }
  return steady;
}

/// Relative L1 error of depth from the inlet to `until_m`.
double depth_error(const Channel& channel, const Steady& steady, double until_m = long_m) {
  std::vector<double> exact_m, computed_m;
  const auto columns = static_cast<double>(steady.depth_m.size());
  for (std::size_t i = 0; i < steady.depth_m.size(); ++i) {
    const double x_m = (static_cast<double>(i) + 0.5) * long_m / columns;
    if (x_m > until_m) break;
    exact_m.push_back(channel.depth_m(x_m));
    computed_m.push_back(steady.depth_m[i]);
  }
  return validation::relative_l1(computed_m, exact_m);
}

const std::string source =
    "MacDonald et al. (1997), Analytic benchmark solutions for open-channel flows, J. Hydraul. "
    "Eng. "
    "123(11); as in Delestre et al. (2013), SWASHES, Int. J. Numer. Meth. Fluids 72(3), sect. 3.2";

std::vector<Channel> channels() {
  const auto bell = [](double x, double width) {
    const double s = x / long_m - 0.5;
    return std::exp(-width * s * s);
  };
  const auto shocked = [](double x) {
    if (x <= 500) return critical_m * (0.9 - std::exp(-x / 250) / 6);
    const double s = x / long_m - 0.5;
    return critical_m * (1 - 0.348427 * std::exp(-20 * s) + 0.552264 * std::exp(-40 * s) -
                         0.55558 * std::exp(-60 * s) + 0.8 * std::exp(x / long_m - 1));
  };
  return {{"subcritical", "channel_subcritical", 2, 0.033,
           [bell](double x) { return critical_m * (1 + 0.5 * bell(x, 16)); }},
          {"supercritical", "channel_supercritical", 2.5, 0.04,
           [bell](double x) { return critical_m * (1 - 0.2 * bell(x, 36)); }},
          {"sub- to supercritical", "channel_transcritical", 2, 0.0218,
           [](double x) {
             return x <= 500 ? critical_m * (1 - std::tanh(3 * (x / long_m - 0.5)) / 3)
                             : critical_m * (1 - std::tanh(6 * (x / long_m - 0.5)) / 6);
           }},
          {"super- to subcritical with a jump", "channel_jump", 2, 0.0218, shocked, 500}};
}

TEST(FloodFiniteVolumeValidation, SteadyFlowHasTheSurfaceItsBedIsMadeFor) {
  for (const Channel& channel : channels()) {
    const bool jumps = channel.shock_m > 0;
    const Steady second = run(channel, 200, 2);
    const Steady first = run(channel, 200, 1);
    expect_at_most({"flood",
                    "Finite volumes: steady channel flow, " + channel.name +
                        ", 200 cells, second order: relative L1 error of depth",
                    "", source},
                   depth_error(channel, second), jumps ? 2e-3 : 5e-4);
    expect_at_most({"flood",
                    "Finite volumes: steady channel flow, " + channel.name +
                        ", 200 cells, first order: relative L1 error of depth",
                    "", source},
                   depth_error(channel, first), 1e-2);
    Curve reference{"MacDonald et al. (1997)", {}, true};
    Curve computed{"computed, second order", {}, false};
    double worst_q = 0;
    for (std::size_t i = 0; i < second.depth_m.size(); ++i) {
      const double x = (static_cast<double>(i) + 0.5) * long_m / 200;
      reference.points.emplace_back(x, channel.depth_m(x));
      computed.points.emplace_back(x, second.depth_m[i]);
      if (jumps && std::abs(x - channel.shock_m) < 50) continue;
      worst_q = std::max(worst_q, std::abs(second.discharge_m2ps[i] / channel.q_m2ps - 1));
    }
    expect_at_most({"flood",
                    "Finite volumes: steady channel flow, " + channel.name +
                        ": largest relative error of discharge, more than 50 m from a jump",
                    "", source},
                   worst_q, 5e-3);
    plot("flood", channel.file, "Steady flow in a channel, " + channel.name, "x (m)", "depth (m)",
         {reference, computed});
  }
}

TEST(FloodFiniteVolumeValidation, SmoothSteadyFlowConvergesWithTheSquareOfTheCell) {
  // The last reach runs at a Froude number of 0.99, where a steady state is hardly one: it is left
  // out here.
  const Channel channel = channels().front();
  const double coarse = depth_error(channel, run(channel, 100, 2), 850);
  const double fine = depth_error(channel, run(channel, 400, 2), 850);
  validation::expect_within(
      {"flood",
       "Finite volumes: order of convergence in the subcritical channel up to 850 m, 100 to 400 "
       "cells",
       "", source},
      std::log2(coarse / fine) / 2, 2, 0.15);
}

}  // namespace
}  // namespace kontwin::flood
