#include "scenarios/rain_field.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "tests/support/message_of.hpp"
#include "tests/support/small_world.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::message_of;

const Instant start{std::chrono::hours(1000)};

/// 4 x 3 cells of 1 km from (0, 0); an hour of 6 mm/h in the third column, then 12 everywhere.
RainRaster raster() {
  RainRaster rain;
  rain.name = "radar.tif";
  rain.shape = {.left_m = 0, .bottom_m = 0, .cell_m = 1000, .columns = 4, .rows = 3};
  rain.at = {start, start + std::chrono::hours(1)};
  rain.mmph = {std::vector<float>(12, 0), std::vector<float>(12, 12)};
  for (std::size_t row = 0; row < 3; ++row) rain.mmph[0][row * 4 + 2] = 6;
  return rain;
}

Forcing with(RainRaster rain) {
  Forcing forcing;
  forcing.rain_raster = std::make_shared<const RainRaster>(std::move(rain));
  return forcing;
}

TEST(RainField, ARasterRainsWhereItSaysAndHoldsUntilTheNext) {
  const auto world = testing::town(4);
  const RainField rain(*world, with(raster()));
  EXPECT_EQ(rain.series_count(), 12U);
  const auto in = rain.series_at({2500, 1500});
  const auto beside = rain.series_at({1500, 1500});
  EXPECT_EQ(rain.mean_mmph(in, start, start + std::chrono::hours(1)), 6);
  EXPECT_EQ(rain.mean_mmph(beside, start, start + std::chrono::hours(1)), 0);
  EXPECT_EQ(rain.mean_mmph(in, start, start + std::chrono::hours(2)), 9);
  EXPECT_FALSE(rain.dry());
}

TEST(RainField, TellsTheGapOfARasterThatDoesNotCoverAnArea) {
  const auto world = testing::town(4);
  const RainField rain(*world, with(raster()));
  EXPECT_NO_THROW(rain.check_covers({0, 0, 4000, 3000}, "it"));
  EXPECT_THAT(message_of<ScenarioError>([&] {
                rain.check_covers({-500, 0, 4200, 2500}, "the flood grid 'town'");
              }),
              AllOf(HasSubstr("radar.tif do not cover the flood grid 'town'"),
                    HasSubstr("500 m in the west, 200 m in the east")));
  EXPECT_THAT(message_of<ScenarioError>([&] {
                rain.series_at({-1, 0});
              }),
              HasSubstr("do not reach x -1"));
  RainRaster holed = raster();
  holed.mmph[1][5] = std::numeric_limits<float>::quiet_NaN();
  const RainField with_hole(*world, with(std::move(holed)));
  EXPECT_NO_THROW(with_hole.check_covers({2000, 0, 4000, 3000}, "it")) << "not its place";
  EXPECT_THAT(message_of<ScenarioError>([&] {
                with_hole.check_covers({0, 0, 4000, 3000}, "it");
              }),
              HasSubstr("no value at some moment at x 1500 m, y 1500 m"));
}

TEST(RainField, RefusesRainBelow0AndTwoKindsAtOnce) {
  const auto world = testing::town(4);
  RainRaster below = raster();
  below.mmph[1][7] = -1;
  EXPECT_THAT(message_of<ScenarioError>([&] { RainField(*world, with(std::move(below))); }),
              AllOf(HasSubstr("-1"), HasSubstr("x 3500 m, y 1500 m")));
  Forcing both = with(raster());
  both.rain_mmph = {{start}, {1}};
  EXPECT_THAT(message_of<ScenarioError>([&] { RainField(*world, both); }), HasSubstr("use one"));
}

}  // namespace
}  // namespace kontwin
