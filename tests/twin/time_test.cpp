#include "twin/time.hpp"

#include <gtest/gtest.h>

namespace kontwin {
namespace {

using namespace std::chrono_literals;

Instant at(std::chrono::year_month_day day, Duration clock) {
  return std::chrono::sys_days{day} + clock;
}

constexpr auto flood_day = std::chrono::year_month_day{
    std::chrono::year{2025}, std::chrono::month{11}, std::chrono::day{18}};

TEST(Time, AMomentIsReadWithItsOffset) {
  const Instant three_in_vietnam = at(flood_day, 0h) - 4h;
  EXPECT_EQ(parse_instant("2025-11-18T03:00:00+07:00"), three_in_vietnam);
  EXPECT_EQ(parse_instant("2025-11-17T20:00Z"), three_in_vietnam);
  EXPECT_EQ(parse_instant("2025-11-17 13:30:00.250-0630"), three_in_vietnam + 250ms);
}

TEST(Time, AMomentWithoutAnOffsetIsRefused) { EXPECT_FALSE(parse_instant("2025-11-18T03:00:00")); }

TEST(Time, WhatIsNoMomentIsRefused) {
  for (const char* text : {"", "2025-02-29T00:00Z", "2025-13-01T00:00Z", "2025-11-18T24:00Z",
                           "2025-11-18T03:60Z", "2025-11-18", "2025-11-18T03:00Zx", "now"}) {
    EXPECT_FALSE(parse_instant(text)) << text;
  }
}

TEST(Time, AMomentIsWrittenInVietnamsTimeAndReadBack) {
  const Instant moment = at(flood_day, 20h) - 24h;
  EXPECT_EQ(format_instant(moment), "2025-11-18T03:00:00+07:00");
  EXPECT_EQ(format_instant(moment + 7ms), "2025-11-18T03:00:00.007+07:00");
  EXPECT_EQ(parse_instant(format_instant(moment + 7ms)), moment + 7ms);
  EXPECT_EQ(format_local(moment), "03:00 18/11/2025");
}

TEST(Time, DurationsAreReadWithTheirUnit) {
  EXPECT_EQ(parse_duration("90s"), 90s);
  EXPECT_EQ(parse_duration("1.5h"), 90min);
  EXPECT_EQ(parse_duration("-20min"), -20min);
  EXPECT_EQ(parse_duration("2d"), 48h);
  EXPECT_EQ(parse_duration("250ms"), 250ms);
  for (const char* text : {"", "90", "s", "1.5 h", "1h30"}) {
    EXPECT_FALSE(parse_duration(text)) << text;
  }
}

TEST(Time, ADurationThatNoCalendarHoldsIsRefused) {
  EXPECT_EQ(parse_duration("36500d"), std::chrono::days{36500});
  for (const char* text : {"nans", "infs", "-infd", "1e300h", "36601d", "-1e19ms"}) {
    EXPECT_FALSE(parse_duration(text)) << text;
  }
}

TEST(Time, SecondsAreRoundedToTheNearestMillisecond) {
  EXPECT_EQ(from_seconds(0.0126), 13ms);
  EXPECT_EQ(from_seconds(-0.0126), -13ms);
  EXPECT_DOUBLE_EQ(to_seconds(1500ms), 1.5);
}

}  // namespace
}  // namespace kontwin
