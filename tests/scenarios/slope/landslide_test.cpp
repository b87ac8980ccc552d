#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

#include "scenarios/slope/slides.hpp"
#include "scenarios/slope/slope_stability.hpp"
#include "tests/scenarios/slope/hillside_world.hpp"

namespace kontwin::slope {
namespace {

constexpr double degree = std::numbers::pi / 180;

class Landslides : public ::testing::Test {
 protected:
  std::vector<double> after_rain(double mmph, int hours, std::size_t threads = 1,
                                 SlopeOptions options = {}) {
    ComputeArena arena(threads);
    const auto world = World::seal(testing::hillside_parts());
    const SlopeCells cells =
        cells_beside_roads(*world, options.beside_road_m, options.least_slope_deg * degree, arena);
    const std::vector<std::uint32_t> series(cells.count(), 0);
    SlopeStability stability(cells, series, options, arena);
    for (int hour = 0; hour < hours; ++hour) stability.advance(std::array{mmph}, 3600);
    updates_ = stability.cell_updates();
    return {stability.probability().begin(), stability.probability().end()};
  }
  std::uint64_t updates_ = 0;
};

TEST_F(Landslides, CellsLieBesideRoadsOnSlopesOnly) {
  ComputeArena arena(1);
  const auto world = World::seal(testing::hillside_parts());
  const SlopeCells cells = cells_beside_roads(*world, 100, 10 * degree, arena);
  ASSERT_GT(cells.count(), 0U);
  for (std::size_t i = 0; i < cells.count(); ++i) {
    EXPECT_GE(cells.slope_rad[i], 10 * degree);
    EXPECT_GT(cells.middle[i].y_m, 880);  // the slope begins at 900 m
    EXPECT_LE(cells.middle[i].y_m, 1100);
  }
  EXPECT_TRUE(std::ranges::equal(cells.of(0), cells.of(1))) << "both directions have one slope";
  EXPECT_TRUE(cells.of(4).empty()) << "the road on the plain has none";
  const std::set<std::uint32_t> once(cells.of(0).begin(), cells.of(0).end());
  EXPECT_EQ(once.size(), cells.of(0).size());
}

TEST_F(Landslides, StreetsInTownsHaveNoSlopes) {
  WorldParts parts = testing::hillside_parts();
  for (const std::uint32_t road : {0U, 1U}) {
    parts.entities[index_of(Kind::road)].attributes[road_attribute::road_class][road] =
        static_cast<double>(RoadClass::street);
  }
  ComputeArena arena(1);
  const auto world = World::seal(std::move(parts));
  const SlopeCells cells = cells_beside_roads(*world, 100, 10 * degree, arena);
  EXPECT_TRUE(cells.of(0).empty());
  EXPECT_FALSE(cells.of(2).empty());
}

TEST_F(Landslides, RainRaisesTheProbabilityAndDryWeatherLowersIt) {
  const auto dry = after_rain(0, 24);
  const auto wet = after_rain(10, 24);
  const auto wetter = after_rain(10, 48);
  std::size_t risen = 0;
  for (std::size_t i = 0; i < dry.size(); ++i) {
    EXPECT_EQ(dry[i], 0);
    EXPECT_GE(wetter[i], wet[i] - 1e-3);  // the mean stays, its shape evens out
    EXPECT_LE(wetter[i], 1);
    risen += wet[i] > 0.1 ? 1 : 0;
  }
  EXPECT_GT(risen, dry.size() / 2);
}

TEST_F(Landslides, WaterRunsOffAfterRain) {
  ComputeArena arena(1);
  const auto world = World::seal(testing::hillside_parts());
  const SlopeCells cells = cells_beside_roads(*world, 100, 10 * degree, arena);
  const std::vector<std::uint32_t> series(cells.count(), 0);
  SlopeStability stability(cells, series, {}, arena);
  for (int hour = 0; hour < 24; ++hour) stability.advance(std::array{10.0}, 3600);
  const double peak = stability.of_road(0);
  for (int day = 0; day < 4; ++day) stability.advance(std::array{0.0}, 86400);
  EXPECT_LT(stability.of_road(0), 0.7 * peak);
}

TEST_F(Landslides, StrongerGroundIsSafer) {
  SlopeOptions strong;
  for (Soil& soil : strong.soil) soil.cohesion_kpa += 10;
  const auto weak = after_rain(10, 24);
  const auto firm = after_rain(10, 24, 1, strong);
  for (std::size_t i = 0; i < weak.size(); ++i) EXPECT_LE(firm[i], weak[i]);
  EXPECT_LT(std::ranges::max(firm), std::ranges::max(weak) - 0.1);
}

TEST_F(Landslides, TheSameBitsOnOneThreadAndOnTwo) {
  EXPECT_EQ(after_rain(7, 20, 1), after_rain(7, 20, 2));
}

TEST_F(Landslides, QuietSlopesCostNothing) {
  after_rain(0, 100);
  EXPECT_EQ(updates_, 0U);
  after_rain(1, 1);
  EXPECT_GT(updates_, 0U);
}

TEST(Slides, AreDrawnAboutTheMedianOfTheirDistribution) {
  std::vector<double> areas;
  for (std::uint32_t road = 0; road < 20000; ++road) areas.push_back(draw_slide(7, road).area_m2);
  std::ranges::sort(areas);
  // Median of the inverse gamma: 1.28e-3 / (median of a gamma of shape 1.4: 1.0829) - 1.32e-4 km².
  EXPECT_NEAR(areas[10000], 1050, 40);
  EXPECT_GE(areas.front(), 50);
  EXPECT_LE(areas.back(), 1e4);
  EXPECT_EQ(draw_slide(7, 3).area_m2, draw_slide(7, 3).area_m2);
  EXPECT_NE(draw_slide(7, 3).area_m2, draw_slide(8, 3).area_m2);
}

TEST(Slides, TakeLongerToClearTheLargerTheyAre) {
  const SlopeOptions options{.clearing_start_h = 2, .clearing_m3ph = 50, .clearing_share = 0.5};
  EXPECT_DOUBLE_EQ(clearing_h(1000, options), 12);
  EXPECT_DOUBLE_EQ(clearing_h(0, options), 2);
  EXPECT_TRUE(std::isinf(clearing_h(1, {.clearing_m3ph = 0})));
}

}  // namespace
}  // namespace kontwin::slope
