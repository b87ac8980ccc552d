#include "scenarios/traffic/demand/od_trips.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "twin/error.hpp"

namespace kontwin::traffic {
namespace {

HourlyOd two_zones() {
  HourlyOd od;
  od.zone = {"A", "B"};
  od.hours = {{7, OdMatrix(2, 2)}, {8, OdMatrix(2, 2)}};
  od.hours[0].trips.values = {3, 200.5, 10.25, 0};
  od.hours[1].trips.values = {0, 50, 0.5, 0};
  return od;
}

const std::vector<ZoneLinks> links{{{0, 1}, {2, 3}}, {{4}, {5, 6}}};
const std::vector<TypeShare> shares{{0, 3}, {1, 1}};

std::vector<VehicleType> types() {
  const auto all = standard_vehicle_types();
  return {all.begin(), all.begin() + 2};
}

TEST(DrawTrips, AreAsManyAsTheDemandSaysUpToTheLastOne) {
  const TripTable table = draw_trips(two_zones(), links, types(), shares);
  std::map<std::pair<bool, bool>, int> seven;  // by zones
  for (const TripRow& trip : table.trips) {
    if (trip.depart < to_micros(8 * 3600)) ++seven[{trip.from_link >= 4, trip.to_link >= 5}];
  }
  EXPECT_EQ((seven[{false, false}]), 3);
  EXPECT_TRUE((seven[{false, true}]) == 200 || (seven[{false, true}]) == 201);
  EXPECT_TRUE((seven[{true, false}]) == 10 || (seven[{true, false}]) == 11);
}

TEST(DrawTrips, KeepTheMeanOfBrokenNumbers) {
  HourlyOd od;
  od.zone = {"A", "B"};
  od.hours = {{0, OdMatrix(2, 2)}};
  od.hours[0].trips.values = {0, 0.3, 0, 0};
  std::size_t drawn = 0;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    drawn += draw_trips(od, links, types(), shares, {.seed = seed}).trips.size();
  }
  EXPECT_NEAR(static_cast<double>(drawn), 600, 80);
}

TEST(DrawTrips, StandByMomentWithUniqueNumbersInTheirHours) {
  const TripTable table = draw_trips(two_zones(), links, types(), shares, {.first_hour = 8});
  EXPECT_TRUE(std::ranges::is_sorted(table.trips, {}, &TripRow::depart));
  std::set<std::uint64_t> numbers;
  for (const TripRow& trip : table.trips) {
    numbers.insert(trip.number);
    // 8 h is the first hour of the simulation, 7 h the last of its day.
    const bool first = trip.depart < to_micros(3600);
    const bool last = trip.depart >= to_micros(23 * 3600) && trip.depart < to_micros(24 * 3600);
    EXPECT_TRUE(first || last);
  }
  EXPECT_EQ(numbers.size(), table.trips.size());
  const auto motorbikes = std::ranges::count(table.trips, 0U, &TripRow::type);
  EXPECT_NEAR(static_cast<double>(motorbikes) / static_cast<double>(table.trips.size()), 0.75, 0.1);
}

TEST(DrawTrips, OfACellDependOnNothingElse) {
  HourlyOd more = two_zones();
  more.zone.emplace_back("C");
  for (OdHour& hour : more.hours) {
    OdMatrix wider(3, 3, 7);
    for (std::size_t from = 0; from < 2; ++from) {
      for (std::size_t to = 0; to < 2; ++to) wider.at(from, to) = hour.trips.at(from, to);
    }
    hour.trips = wider;
  }
  auto wider_links = links;
  wider_links.push_back({{9}, {9}});
  const TripTable few = draw_trips(two_zones(), links, types(), shares);
  const TripTable many = draw_trips(more, wider_links, types(), shares);
  std::map<std::uint64_t, Micros> departs;
  for (const TripRow& trip : many.trips) departs[trip.number] = trip.depart;
  for (const TripRow& trip : few.trips) {
    ASSERT_TRUE(departs.contains(trip.number));
    EXPECT_EQ(departs[trip.number], trip.depart);
  }
}

TEST(DrawTrips, WithinAZoneTakeTwoLinksWhereThereAre) {
  HourlyOd od;
  od.zone = {"A"};
  od.hours = {{0, OdMatrix(1, 1, 50)}};
  const std::vector<ZoneLinks> both{{{1, 2}, {1, 2}}};
  for (const TripRow& trip : draw_trips(od, both, types(), shares).trips) {
    EXPECT_NE(trip.from_link, trip.to_link);
  }
}

TEST(DrawTrips, RefuseWhatCannotDrive) {
  std::vector<ZoneLinks> none = links;
  none[1].end.clear();
  EXPECT_THROW(draw_trips(two_zones(), none, types(), shares), ScenarioError);
  EXPECT_THROW(draw_trips(two_zones(), std::span(links).first(1), types(), shares), ScenarioError);
  EXPECT_THROW(draw_trips(two_zones(), links, types(), std::vector<TypeShare>{}), ScenarioError);
  EXPECT_THROW(draw_trips(two_zones(), links, types(), std::vector<TypeShare>{{9, 1}}),
               ScenarioError);
  HourlyOd bad = two_zones();
  bad.hours[0].trips.at(0, 1) = -1;
  EXPECT_THROW(draw_trips(bad, links, types(), shares), ScenarioError);
  bad = two_zones();
  bad.hours[0].hour = 24;
  EXPECT_THROW(draw_trips(bad, links, types(), shares), ScenarioError);
}

}  // namespace
}  // namespace kontwin::traffic
