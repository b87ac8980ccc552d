#include "twin/forcing.hpp"

#include <gtest/gtest.h>

namespace kontwin {
namespace {

using namespace std::chrono_literals;

constexpr Instant start{};

TEST(TimeSeries, RunsStraightBetweenPointsAndHoldsAtItsEnds) {
  const TimeSeries series{.at = {start, start + 1h, start + 3h}, .value = {10, 20, 0}};
  EXPECT_DOUBLE_EQ(series.value_at(start - 1h), 10);
  EXPECT_DOUBLE_EQ(series.value_at(start + 30min), 15);
  EXPECT_DOUBLE_EQ(series.value_at(start + 1h), 20);
  EXPECT_DOUBLE_EQ(series.value_at(start + 2h), 10);
  EXPECT_DOUBLE_EQ(series.value_at(start + 9h), 0);
}

TEST(TimeSeries, HoldsTheLastValueWhereItIsToldTo) {
  const TimeSeries series{
      .at = {start, start + 1h}, .value = {10, 20}, .between = TimeSeries::Between::hold};
  EXPECT_DOUBLE_EQ(series.value_at(start + 59min), 10);
  EXPECT_DOUBLE_EQ(series.value_at(start + 1h), 20);
}

TEST(TimeSeries, WithoutPointsIsNothing) {
  EXPECT_TRUE(TimeSeries{}.empty());
  EXPECT_EQ(TimeSeries{}.value_at(start), 0);
}

}  // namespace
}  // namespace kontwin
