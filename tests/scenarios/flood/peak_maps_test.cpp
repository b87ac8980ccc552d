#include "scenarios/flood/peak_maps.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "scenarios/flood/inertial_solver.hpp"
#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {
namespace {

using ::testing::Each;
using ::testing::FloatEq;
using ::testing::HasSubstr;
using ::testing::IsNan;

const GridShape strip{.cell_m = 10, .columns = 150, .rows = 1};

/// Notes the same depth and speed in all cells.
void note(PeakMaps& peaks, float depth_m, float speed_mps, double at_s) {
  const std::vector<float> depths(peaks.shape().cells(), depth_m);
  const std::vector<float> squares(peaks.shape().cells(), speed_mps * speed_mps);
  peaks.note(0, depths.size(), depths.data(), squares.data(), at_s);
}

TEST(PeakMaps, EachMaximumIsKeptFromItsOwnMoment) {
  PeakMaps peaks(strip);
  note(peaks, 1.0F, 0.5F, 10);
  note(peaks, 0.4F, 2.0F, 20);
  note(peaks, 0.2F, 0.1F, 30);
  EXPECT_THAT(peaks.depth_m(), Each(1.0F));
  EXPECT_THAT(peaks.speed_mps(), Each(2.0F));
  EXPECT_THAT(peaks.depth_velocity_m2ps(), Each(FloatEq(0.8F)));
  EXPECT_THAT(peaks.hazard_class(), Each(4.0F));
}

TEST(PeakMaps, SpellsOfWaterAddUpAndTheFirstOneIsItsArrival) {
  PeakMaps peaks(strip);
  note(peaks, 0.05F, 0, 0);
  note(peaks, 0.3F, 0, 100);
  note(peaks, 0.02F, 0, 250);
  note(peaks, 0.3F, 0, 400);
  EXPECT_THAT(peaks.arrival_s(), Each(100.0F));
  EXPECT_THAT(peaks.duration_s(500), Each(150.0F + 100.0F));
  note(peaks, 0, 0, 600);
  EXPECT_THAT(peaks.duration_s(9000), Each(150.0F + 200.0F));
}

TEST(PeakMaps, WaterThatStoodThereFromTheStartArrivedAtOnce) {
  PeakMaps peaks(strip);
  note(peaks, 2, 0, 0);
  EXPECT_THAT(peaks.arrival_s(), Each(0.0F));
}

TEST(PeakMaps, SpeedsOfThinWaterDoNotCount) {
  PeakMaps peaks(strip);
  note(peaks, 0.09F, 5, 0);
  EXPECT_THAT(peaks.speed_mps(), Each(0.0F));
  EXPECT_THAT(peaks.hazard_class(), Each(0.0F));
  EXPECT_THAT(peaks.arrival_s(), Each(IsNan()));
  EXPECT_FLOAT_EQ(peaks.depth_m().front(), 0.09F);
}

TEST(PeakMaps, OnlyTheCellsThatAreNotedChange) {
  PeakMaps peaks(strip);
  const float depth_m[] = {1, 2, 3};
  const float square[] = {1, 1, 1};
  peaks.note(70, 3, depth_m, square, 5);
  EXPECT_EQ(peaks.depth_m()[69], 0);
  EXPECT_EQ(peaks.depth_m()[71], 2);
  EXPECT_EQ(peaks.depth_m()[73], 0);
  EXPECT_TRUE(std::isnan(peaks.arrival_s()[73]));
}

TEST(PeakMaps, AWetDepthOfNothingIsRefused) {
  EXPECT_THAT(testing::message_of<ScenarioError>([] { PeakMaps peaks(strip, 0); }),
              HasSubstr("wet_depth_m"));
}

/// A flat plain with a heap of water at its west end.
struct Collapse {
  explicit Collapse(unsigned threads)
      : arena(threads),
        grid{"plain", Raster<float>(shape, 100), Raster<float>(shape, 0.03F)},
        solver(grid, {}, arena) {
    for (std::size_t row = 0; row < shape.rows; ++row) {
      for (std::size_t column = 0; column < 20; ++column) {
        solver.set_depth(shape.at(column, row), 4);
      }
    }
  }
  GridShape shape{.cell_m = 10, .columns = 150, .rows = 40};
  ComputeArena arena;
  TerrainGrid grid;
  InertialSolver solver;
};

TEST(PeakMaps, APeakBetweenTwoExchangesIsNotMissed) {
  Collapse fine(1);
  std::vector<float> now_m(fine.shape.cells()), highest_m(fine.shape.cells(), 0);
  for (int second = 0; second < 1800; ++second) {
    fine.solver.advance(1);
    fine.solver.copy_depths(now_m);
    for (std::size_t cell = 0; cell < now_m.size(); ++cell) {
      highest_m[cell] = std::max(highest_m[cell], now_m[cell]);
    }
  }
  Collapse coarse(1);
  PeakMaps peaks(coarse.shape);
  ASSERT_TRUE(coarse.solver.record_peaks(&peaks));
  coarse.solver.advance(1800);
  coarse.solver.copy_depths(now_m);
  const std::size_t cell = coarse.shape.at(60, 20);
  EXPECT_GT(highest_m[cell], 2 * now_m[cell]);  // the wave has passed long since
  EXPECT_NEAR(peaks.depth_m()[cell], highest_m[cell], 0.02 * highest_m[cell]);
  const auto arrival_s = peaks.arrival_s();
  EXPECT_GT(arrival_s[cell], 30);
  EXPECT_LT(arrival_s[cell], 300);
  EXPECT_LT(arrival_s[coarse.shape.at(40, 20)], arrival_s[cell]);
  EXPECT_GT(peaks.speed_mps()[cell], 0.5);
}

TEST(PeakMaps, TheyDoNotDependOnTheNumberOfThreads) {
  Collapse one(1), two(2);
  PeakMaps of_one(one.shape), of_two(two.shape);
  one.solver.record_peaks(&of_one);
  two.solver.record_peaks(&of_two);
  one.solver.advance(600);
  two.solver.advance(600);
  const auto same = [](std::span<const float> a, std::span<const float> b) {
    return std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
  };
  EXPECT_TRUE(same(of_one.depth_m(), of_two.depth_m()));
  EXPECT_TRUE(same(of_one.speed_mps(), of_two.speed_mps()));
  EXPECT_TRUE(same(of_one.arrival_s(), of_two.arrival_s()));
  EXPECT_TRUE(same(of_one.duration_s(600), of_two.duration_s(600)));
}

TEST(PeakMaps, RecordingDoesNotChangeTheWater) {
  Collapse plain(1), recorded(1);
  PeakMaps peaks(recorded.shape);
  recorded.solver.record_peaks(&peaks);
  plain.solver.advance(300);
  recorded.solver.advance(300);
  std::vector<float> a(plain.shape.cells()), b(plain.shape.cells());
  plain.solver.copy_depths(a);
  recorded.solver.copy_depths(b);
  EXPECT_EQ(a, b);
}

TEST(PeakMaps, SpeedsAreNeverFasterThanTheSchemesCriticalFlow) {
  Collapse wave(1);
  std::vector<float> east(wave.shape.cells()), north(wave.shape.cells()), depth(wave.shape.cells());
  wave.solver.advance(45);
  wave.solver.copy_velocities(east, north);
  wave.solver.copy_depths(depth);
  float fastest = 0;
  for (std::size_t cell = 0; cell < depth.size(); ++cell) {
    const float speed = std::hypot(east[cell], north[cell]);
    fastest = std::max(fastest, speed);
    EXPECT_LE(speed, std::sqrt(9.81F * std::max(depth[cell], 0.001F)) * 1.001F);
  }
  EXPECT_GT(fastest, 1);
}

}  // namespace
}  // namespace kontwin::flood
