// Grids of water that meet: balance, stillness and what passes between them.
#include "scenarios/flood/nested_water.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/scenarios/flood/nested_case.hpp"
#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {
namespace {

using testing::Scheme;

struct Pair {
  Scheme outer, inset;
  std::size_t ratio;
};

const std::vector<Pair> pairs{{Scheme::inertial, Scheme::inertial, 1},
                              {Scheme::inertial, Scheme::inertial, 5},
                              {Scheme::inertial, Scheme::second_order, 1},
                              {Scheme::inertial, Scheme::second_order, 4},
                              {Scheme::second_order, Scheme::second_order, 1},
                              {Scheme::second_order, Scheme::second_order, 3},
                              {Scheme::second_order, Scheme::inertial, 2},
                              {Scheme::first_order, Scheme::first_order, 2},
                              {Scheme::second_order_double, Scheme::second_order_double, 3}};

std::string name_of(const Pair& pair) {
  return std::to_string(static_cast<int>(pair.outer)) + "|" +
         std::to_string(static_cast<int>(pair.inset)) + " " + std::to_string(pair.ratio) + ":1";
}

const GridShape basin{.cell_m = 30, .columns = 60, .rows = 44};
const testing::Place middle{.first_column = 20, .end_column = 41, .first_row = 13, .end_row = 30};

/// Hills and hollows finer than the outer grid's cells, so that both grids differ in height.
double rough_ground_m(LocalPoint at) {
  return 500 + 1.5 * std::sin(at.x_m / 47) * std::cos(at.y_m / 31) + 0.4 * std::sin(at.x_m / 7) +
         2e-6 * std::pow(at.x_m - 900, 2);
}

/// Sharp enough to run over both grids in minutes.
double mound_m(LocalPoint at) {
  const double r2 = std::pow(at.x_m - 450, 2) + std::pow(at.y_m - 640, 2);
  return 500.8 + 2.5 * std::exp(-r2 / (2 * 150 * 150));
}

TEST(NestedWater, ALakeStaysAtRestOverGridsWhoseBedsDiffer) {
  ComputeArena arena(2);
  for (const Pair& pair : pairs) {
    SCOPED_TRACE(name_of(pair));
    const auto water = testing::nested(pair.outer, pair.inset, basin, middle, pair.ratio,
                                       rough_ground_m, 0.03F, arena);
    testing::fill_to(*water, [](LocalPoint) { return 500.7; });
    std::vector<double> before(water->first_cell(2));
    for (std::size_t cell = 0; cell < before.size(); ++cell) before[cell] = water->depth_m(cell);
    water->advance(600);
    double worst_m = 0;
    std::size_t wet = 0;
    std::size_t dry = 0;
    testing::for_own_cells(*water, [&](std::size_t cell, LocalPoint) {
      worst_m = std::max(worst_m, std::abs(water->depth_m(cell) - before[cell]));
      (before[cell] > 0 ? wet : dry) += 1;
    });
    EXPECT_GT(wet, 500U);
    EXPECT_GT(dry, 500U);
    EXPECT_LE(worst_m, pair.outer == Scheme::second_order_double ? 1e-12 : 1e-5);
  }
}

TEST(NestedWater, NothingIsLostWhereAWaveRunsOverBothGridsAndTheirShores) {
  ComputeArena arena(2);
  for (const Pair& pair : pairs) {
    SCOPED_TRACE(name_of(pair));
    const auto water = testing::nested(pair.outer, pair.inset, basin, middle, pair.ratio,
                                       rough_ground_m, 0.03F, arena);
    testing::fill_to(*water, mound_m);
    const auto source = water->add_source(std::vector<std::size_t>{basin.at(5, 5)});
    water->set_discharge(source, 20);
    water->set_rain(0, 20e-3 / 3600);
    const double bar = pair.outer == Scheme::second_order_double ? 1e-12 : 1e-7;
    std::vector<double> inside_m3{water->grid(1).volume_m3()};
    for (int half = 0; half < 20; ++half) {
      water->advance(30);
      const double came_m3 = water->set_m3() + water->rain_m3() + water->source_m3();
      EXPECT_NEAR(water->volume_m3(), came_m3 - water->edge_m3(), bar * came_m3) << half;
      inside_m3.push_back(water->grid(1).volume_m3());
      testing::for_own_cells(
          *water, [&](std::size_t cell, LocalPoint) { ASSERT_GE(water->depth_m(cell), 0); });
    }
    // The wave went in, and some of it out again.
    EXPECT_GT(*std::ranges::max_element(inside_m3), inside_m3.front() * 1.02);
    EXPECT_LT(inside_m3.back(), *std::ranges::max_element(inside_m3));
  }
}

TEST(NestedWater, GivesTheSameBitsOnOneThreadAndOnTwoAndInACopy) {
  for (const Pair& pair : pairs) {
    SCOPED_TRACE(name_of(pair));
    const auto depths_after = [&](std::size_t threads, bool copied) {
      ComputeArena arena(threads);
      std::unique_ptr<ShallowWaterSolver> water = testing::nested(
          pair.outer, pair.inset, basin, middle, pair.ratio, rough_ground_m, 0.03F, arena);
      testing::fill_to(*water, mound_m);
      water->advance(60);
      if (copied) {
        const auto other = water->clone();
        water->advance(60);  // the other must not feel it
        water = other->clone();
      }
      water->advance(120);
      std::vector<float> depth_m(water->first_cell(2));
      water->copy_depths(depth_m);
      return depth_m;
    };
    const auto one = depths_after(1, false);
    EXPECT_EQ(one, depths_after(2, false));
    EXPECT_EQ(one, depths_after(2, true));
  }
}

TEST(NestedWater, AFrontRunsOntoDryGroundInTheInsetAndOutOfIt) {
  ComputeArena arena(1);
  const GridShape channel{.cell_m = 20, .columns = 120, .rows = 6};
  for (const Pair& pair : pairs) {
    SCOPED_TRACE(name_of(pair));
    const auto water = testing::nested(
        pair.outer, pair.inset, channel,
        {.first_column = 50, .end_column = 70, .first_row = 0, .end_row = 6}, pair.ratio,
        [](LocalPoint at) { return 100 - 0.002 * at.x_m; }, 0.03F, arena);
    testing::fill_to(*water, [](LocalPoint at) { return at.x_m < 600 ? 102.0 : 0.0; });
    const double before_m3 = water->volume_m3();
    water->advance(900);
    EXPECT_NEAR(water->volume_m3(), before_m3, 1e-9 * before_m3);
    EXPECT_GT(water->depth_m(channel.at(60, 3)), 0.2);  // under the inset
    EXPECT_GT(water->depth_m(channel.at(80, 3)), 0.1);  // beyond it
  }
}

TEST(NestedWater, AWallWhereGridsMeetHoldsTheWater) {
  ComputeArena arena(1);
  const GridShape channel{.cell_m = 20, .columns = 40, .rows = 4};
  for (const Pair& pair : pairs) {
    SCOPED_TRACE(name_of(pair));
    const auto water = testing::nested(
        pair.outer, pair.inset, channel,
        {.first_column = 20, .end_column = 30, .first_row = 0, .end_row = 4}, pair.ratio,
        [](LocalPoint) { return 10.0; }, 0.03F, arena);
    for (std::size_t row = 0; row < 4; ++row) water->wall_at_left(channel.at(20, row), 12);
    testing::fill_to(*water, [](LocalPoint at) { return at.x_m < 400 ? 11.9 : 0.0; });
    water->advance(300);
    EXPECT_EQ(water->grid(1).volume_m3(), 0);
    testing::fill_to(*water, [](LocalPoint at) { return at.x_m < 400 ? 12.5 : 0.0; });
    water->advance(60);
    EXPECT_GT(water->grid(1).volume_m3(), 100);
  }
}

TEST(NestedWater, TheOuterGridShowsTheMeanOfTheInsetsDepths) {
  ComputeArena arena(1);
  const auto water = testing::nested(Scheme::inertial, Scheme::inertial, basin, middle, 2,
                                     rough_ground_m, 0.03F, arena);
  const std::size_t first = water->first_cell(1);
  water->set_depth(first, 4);
  std::vector<float> depth_m(water->first_cell(2));
  water->copy_depths(depth_m);
  const std::size_t under = basin.at(middle.first_column, middle.first_row);
  EXPECT_TRUE(water->covered(under));
  EXPECT_EQ(depth_m[under], 1);
  EXPECT_EQ(water->depth_m(under), 1);
  EXPECT_EQ(depth_m[first], 4);
  water->set_depth(under, 2);  // goes to all four
  EXPECT_EQ(water->depth_m(first), 2);
  EXPECT_EQ(water->volume_m3(), 2 * 30 * 30);
}

TEST(NestedWater, RefusesInsetsThatDoNotFitAndSaysHow) {
  ComputeArena arena(1);
  const auto message = [&](const std::vector<GridShape>& shapes) {
    return testing::message_of<ScenarioError>([&] {
      std::vector<std::unique_ptr<NestableSolver>> insets;
      std::vector<std::string> names;
      for (const GridShape& shape : shapes) {
        insets.push_back(testing::solver_of(
            Scheme::inertial, testing::ground_of(shape, rough_ground_m, 0.03F), arena));
        names.push_back("inset " + std::to_string(names.size() + 1));
      }
      const NestedWater water(
          testing::solver_of(Scheme::inertial, testing::ground_of(basin, rough_ground_m, 0.03F),
                             arena),
          std::move(insets), names);
    });
  };
  const GridShape good{.left_m = 60, .bottom_m = 60, .cell_m = 10, .columns = 30, .rows = 30};
  GridShape bad = good;
  bad.cell_m = 20;
  EXPECT_NE(message({bad}).find("'inset 1' has cells of 20"), std::string::npos);
  bad = good;
  bad.left_m = 65;
  EXPECT_NE(message({bad}).find("does not begin and end"), std::string::npos);
  bad = good;
  bad.left_m = -60;
  EXPECT_NE(message({bad}).find("does not lie inside"), std::string::npos);
  bad = good;
  bad.left_m = 360;  // touches
  EXPECT_NE(message({good, bad}).find("'inset 2' overlaps or touches 'inset 1'"),
            std::string::npos);
  bad.left_m = 390;  // a cell between
  EXPECT_EQ(message({good, bad}), "");
}

}  // namespace
}  // namespace kontwin::flood
