#include "scenarios/design_storm.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "scenarios/time_series.hpp"
#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

using ::testing::HasSubstr;
using testing::message_of;

const Instant start{std::chrono::hours(1000)};

double fallen_mm(const TimeSeries& storm, double from_min, double to_min) {
  const Instant from = start + from_seconds(60 * from_min);
  const Instant to = start + from_seconds(60 * to_min);
  return mean_over(storm, from, to) * (to_min - from_min) / 60;
}

/// 2400 / (t + 13.8)^0.9 or so: 60 mm/h in an hour.
RainDepthCurve curve() { return RainDepthCurve::of_formula(2880, 13.8, 0.9); }

DesignStorm storm_of(DesignStorm::Shape shape) {
  return {.shape = shape, .start = start, .duration_min = 120, .step_min = 10, .peak = 0.4};
}

TEST(DesignStorm, AlternatingBlocksHaveTheMostRainOfEveryDurationRoundTheMiddle) {
  const TimeSeries storm = design_storm(storm_of(DesignStorm::Shape::alternating_block), curve());
  ASSERT_EQ(storm.at.size(), 13U);
  EXPECT_EQ(std::ranges::max_element(storm.value) - storm.value.begin(), 5);
  EXPECT_NEAR(fallen_mm(storm, 50, 60), curve().depth_mm(10), 1e-9);
  EXPECT_NEAR(fallen_mm(storm, 50, 70), curve().depth_mm(20), 1e-9);
  EXPECT_NEAR(fallen_mm(storm, 40, 70), curve().depth_mm(30), 1e-9);
  EXPECT_NEAR(fallen_mm(storm, 0, 120), curve().depth_mm(120), 1e-9);
  EXPECT_EQ(storm.value_at(start + std::chrono::hours(3)), 0);
}

TEST(DesignStorm, ChicagosStormHasItsPeakWhereItIsAskedForAndAllRainOfItsDuration) {
  DesignStorm chicago = storm_of(DesignStorm::Shape::chicago);
  chicago.step_min = 2;
  const TimeSeries storm = design_storm(chicago, curve());
  EXPECT_NEAR(fallen_mm(storm, 0, 120), curve().depth_mm(120), 1e-9);
  EXPECT_NEAR(fallen_mm(storm, 0, 48), 0.4 * curve().depth_mm(120), 1e-9) << "r of it before";
  // From 0.4 x 50 min before the peak to 0.6 x 50 min after it falls the most of 50 minutes.
  EXPECT_NEAR(fallen_mm(storm, 28, 78), curve().depth_mm(50), 1e-9);
  EXPECT_EQ(std::ranges::max_element(storm.value) - storm.value.begin(), 24);
}

TEST(DesignStorm, ACurveOfPointsPassesThroughThemAndOneOfTheStandardKnowsItsUnits) {
  const auto points = RainDepthCurve::of_points({{10, 20}, {60, 55}, {1440, 180}});
  EXPECT_NEAR(points.depth_mm(10), 20, 1e-9);
  EXPECT_NEAR(points.depth_mm(60), 55, 1e-9);
  EXPECT_NEAR(points.depth_mm(1440), 180, 1e-9);
  EXPECT_GT(points.depth_mm(300), 55);
  EXPECT_LT(points.depth_mm(300), 180);
  // A (1 + C lg P) / (t + b)^n l/s/ha, 1 l/s/ha = 0.36 mm/h.
  const auto standard = RainDepthCurve::of_tcvn_7957(8000, 0.5, 20, 0.9, 10);
  EXPECT_NEAR(standard.depth_mm(60), 0.36 * 8000 * 1.5 / std::pow(80, 0.9), 1e-9);
}

TEST(DesignStorm, AnArealFactorTakesItsShareOfAllBlocks) {
  DesignStorm storm = storm_of(DesignStorm::Shape::chicago);
  storm.area_factor = 0.8;
  EXPECT_NEAR(fallen_mm(design_storm(storm, curve()), 0, 120), 0.8 * curve().depth_mm(120), 1e-9);
}

TEST(DesignStorm, RefusesCurvesAndStormsThatCannotBe) {
  const auto refusal = [](const auto& make) { return message_of<ScenarioError>(make); };
  EXPECT_THAT(refusal([] {
                RainDepthCurve::of_points({{10, 20}, {60, 15}});
              }),
              HasSubstr("more rain falls in longer time"));
  EXPECT_THAT(refusal([] {
                RainDepthCurve::of_points({{10, 20}, {20, 50}});
              }),
              HasSubstr("less intense"));
  EXPECT_THAT(refusal([] { RainDepthCurve::of_formula(100, 0, 1); }), HasSubstr("at once"));
  DesignStorm storm = storm_of(DesignStorm::Shape::chicago);
  storm.step_min = 7;
  EXPECT_THAT(refusal([&] { design_storm(storm, curve()); }), HasSubstr("whole number of steps"));
  storm.step_min = 10;
  storm.peak = 1;
  EXPECT_THAT(refusal([&] { design_storm(storm, curve()); }), HasSubstr("peak"));
}

}  // namespace
}  // namespace kontwin
