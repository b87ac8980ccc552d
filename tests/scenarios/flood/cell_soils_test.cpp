#include "scenarios/flood/cell_soils.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "scenarios/flood/green_ampt.hpp"
#include "scenarios/flood/inertial_solver.hpp"
#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {
namespace {

using testing::message_of;

/// Four cells of level ground behind closed edges.
class CellSoilsTest : public ::testing::Test {
 protected:
  static TerrainGrid ground() {
    const GridShape shape{.cell_m = 10, .columns = 4, .rows = 1};
    return {"test", Raster<float>(shape, 0), Raster<float>(shape, 0.03F)};
  }
  CellSoils soils(const FloodOptions& options) const {
    return {options, 4, water_, std::vector<std::uint32_t>{0}};
  }
  static FloodOptions with(std::vector<float> retention_mm, std::vector<float> soaking_mmph = {}) {
    FloodOptions options;
    options.retention_mm = std::move(retention_mm);
    options.soaking_mmph = std::move(soaking_mmph);
    return options;
  }

  ComputeArena arena_{1};
  InertialSolver water_{ground(), {.closed_edges = true}, arena_};
};

TEST_F(CellSoilsTest, EachCellKeepsOfItsRainWhatItsRetentionDoes) {
  for (std::size_t cell = 0; cell < 4; ++cell) water_.set_depth(cell, 0.04);
  CellSoils soil = soils(with({0, 20, 50, 500}));
  // 40 mm in two windows.
  const std::vector<double> rain_mps{0.020 / 60};
  soil.soak(rain_mps, 60, water_);
  soil.soak(rain_mps, 60, water_);
  EXPECT_NEAR(water_.depth_m(0), 0.04, 1e-6);
  EXPECT_NEAR(water_.depth_m(1), retention_runoff_mm(40, 20) / 1000, 1e-5);
  EXPECT_NEAR(water_.depth_m(2), retention_runoff_mm(40, 50) / 1000, 1e-5);
  EXPECT_NEAR(water_.depth_m(3), 0, 1e-6);  // 100 mm would have to fall first
}

TEST_F(CellSoilsTest, WhatRanOffBeforeItCouldBeKeptIsTakenOfTheNextWater) {
  CellSoils soil = soils(with({500, 500, 500, 500}));
  soil.soak(std::vector<double>{0.020 / 60}, 60, water_);
  water_.set_depth(0, 0.05);
  soil.soak(std::vector<double>{0.0}, 60, water_);
  EXPECT_NEAR(water_.depth_m(0), 0.03, 1e-6);
  soil.soak(std::vector<double>{0.0}, 60, water_);
  EXPECT_NEAR(water_.depth_m(0), 0.03, 1e-6);
}

TEST_F(CellSoilsTest, StandingWaterSoaksInSteadilyAndNoMoreThanThereIs) {
  water_.set_depth(0, 0.05);
  water_.set_depth(1, 0.05);
  water_.set_depth(2, 0.001);
  CellSoils soil = soils(with({}, {0, 36, 3600, 0}));
  soil.soak(std::vector<double>{0.0}, 60, water_);
  EXPECT_NEAR(water_.depth_m(0), 0.05, 1e-6);
  EXPECT_NEAR(water_.depth_m(1), 0.05 - 0.0006, 1e-6);
  EXPECT_EQ(water_.depth_m(2), 0);
}

TEST_F(CellSoilsTest, SoilsThatDoNotFitAreRefused) {
  const auto said = [&](const FloodOptions& options) {
    return message_of<ScenarioError>([&] { soils(options); });
  };
  EXPECT_NE(said(with({1, 2})).find("2 values, and the grid has 4 cells"), std::string::npos);
  EXPECT_NE(said(with({1, 2, 3, -1})).find("no number from 0 on"), std::string::npos);
  EXPECT_NE(said(with({}, {1, 2, 3, std::numeric_limits<float>::quiet_NaN()})).find("no number"),
            std::string::npos);
  FloodOptions twice = with({1, 2, 3, 4});
  twice.infiltration = FloodInfiltration::curve_number;
  EXPECT_NE(said(twice).find("no other infiltration"), std::string::npos);
}

}  // namespace
}  // namespace kontwin::flood
