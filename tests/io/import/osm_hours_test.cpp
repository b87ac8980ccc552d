#include "io/import/osm_hours.hpp"

#include <gtest/gtest.h>

namespace kontwin {
namespace {

constexpr LocalMoment at(int weekday, int hour, int minute = 0) {
  return {weekday, hour * 60 + minute};
}

TEST(OsmHours, AreThoseOfTheirDays) {
  constexpr const char* hours = "Mo-Fr 07:00-09:00,16:00-18:00; Sa 08:00-12:00";
  EXPECT_EQ(hours_hold(hours, at(0, 7)), true);
  EXPECT_EQ(hours_hold(hours, at(0, 9)), false);
  EXPECT_EQ(hours_hold(hours, at(4, 17, 59)), true);
  EXPECT_EQ(hours_hold(hours, at(5, 8)), true);
  EXPECT_EQ(hours_hold(hours, at(5, 7, 30)), false);
  EXPECT_EQ(hours_hold(hours, at(6, 8)), false);
}

TEST(OsmHours, DaysMayBeListedAndGoOnAfterACommaOrStandAlone) {
  EXPECT_EQ(hours_hold("Mo,We-Th 07:00-09:00", at(2, 8)), true);
  EXPECT_EQ(hours_hold("Mo,We-Th 07:00-09:00", at(1, 8)), false);
  EXPECT_EQ(hours_hold("Mo-Fr 07:00-09:00, Sa 10:00-12:00", at(5, 11)), true);
  EXPECT_EQ(hours_hold("Mo-Fr 07:00-09:00, Sa 10:00-12:00", at(5, 8)), false);
  EXPECT_EQ(hours_hold("Sa-Mo", at(6, 3)), true);
  EXPECT_EQ(hours_hold("Sa-Mo", at(1, 3)), false);
  EXPECT_EQ(hours_hold("24/7", at(1, 3)), true);
}

TEST(OsmHours, OverMidnightTheyBelongToTheDayTheyBeganOn) {
  EXPECT_EQ(hours_hold("Fr 22:00-05:00", at(4, 23)), true);
  EXPECT_EQ(hours_hold("Fr 22:00-05:00", at(5, 4)), true);
  EXPECT_EQ(hours_hold("Fr 22:00-05:00", at(4, 4)), false);
  EXPECT_EQ(hours_hold("22:00-05:00", at(3, 5)), false);
}

TEST(OsmHours, HolidaysAreNotKnownAndSoNone) {
  EXPECT_EQ(hours_hold("PH 07:00-09:00", at(0, 8)), false);
  EXPECT_EQ(hours_hold("Mo-Fr,PH 07:00-09:00", at(0, 8)), true);
}

TEST(OsmHours, WhatElseMayStandThereIsNotGuessedAt) {
  for (const char* words :
       {"", "sunrise-sunset", "Jan-Mar 07:00-09:00", "weight>3.5", "07:00-09:00 AND weight>3.5",
        "07:00", "7-9", "25:00-26:00", "07:60-08:00", "Mo-", "-", "07:00-09:00+", "wet"}) {
    EXPECT_EQ(hours_hold(words, at(0, 8)), std::nullopt) << words;
  }
}

TEST(OsmHours, OfTheOlderTagsAreReadAsWell) {
  EXPECT_EQ(hours_hold("Monday", "Friday", "07:30", "09:00", at(0, 8)), true);
  EXPECT_EQ(hours_hold("Monday", "Friday", "07:30", "09:00", at(5, 8)), false);
  EXPECT_EQ(hours_hold("", "", "7:00;16:00", "9:00;18:00", at(6, 17)), true);
  EXPECT_EQ(hours_hold("Saturday", "Sunday", "", "", at(6, 17)), true);
  EXPECT_EQ(hours_hold("Monday", "", "07:30", "09:00", at(0, 8)), std::nullopt);
  EXPECT_EQ(hours_hold("", "", "07:30", "", at(0, 8)), std::nullopt);
  EXPECT_EQ(hours_hold("", "", "early", "late", at(0, 8)), std::nullopt);
}

TEST(OsmHours, AMomentIsThatOfClocksInVietnam) {
  // A Thursday, half past six in the evening in Greenwich.
  const LocalMoment moment = local_moment(*parse_instant("2026-11-26T18:30:00Z"));
  EXPECT_EQ(moment.weekday, 4);
  EXPECT_EQ(moment.minute, 90);
}

}  // namespace
}  // namespace kontwin
