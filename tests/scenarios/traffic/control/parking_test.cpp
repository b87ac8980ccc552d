// Who finds a place to park, who drives on, and how long that takes.
#include <gtest/gtest.h>

#include "tests/scenarios/traffic/control/control_run.hpp"

namespace kontwin::traffic::testing {
namespace {

/// A street of 500 m links both ways; sites lie at its junctions.
Trips street_trips(int cars, double headway_s, VehicleKind kind = VehicleKind::car) {
  Drawing drawing;
  for (int i = 0; i < 5; ++i) drawing.junction(std::to_string(i), 500.0 * i, 0);
  for (int i = 0; i < 4; ++i) drawing.both(std::to_string(i), std::to_string(i + 1));
  for (LinkPart& link : drawing.parts.links) link.free_speed_mps = 10;
  Trips trips(drawing.seal());
  trips.send({"01", "12"}, cars, headway_s, 0, kind);
  return trips;
}

std::uint32_t at(const Trips& trips, const char* junction) {
  return *trips.network->find_junction(junction);
}

TEST(Parking, WhoFindsTheSiteFullDrivesOnToTheNextAndTheTimeIsCounted) {
  Trips trips = street_trips(5, 120);
  const ParkingSearch parking{
      .sites = {{at(trips, "2"), 2}, {at(trips, "3"), 2}, {at(trips, "4"), 9}}, .stay_min = 600};
  Driven driven(trips, {begins(parking)});
  driven.to_the_end();
  ASSERT_EQ(driven.arrived(), 5U);
  const ParkingBook& book = *driven.run->simulation().parking();
  EXPECT_EQ(book.parked(), 5U);
  EXPECT_EQ(book.turned_away(), 3U);
  const auto& journeys = driven.run->journeys();
  EXPECT_EQ(journeys[1].search, 0);
  EXPECT_EQ(journeys[1].junction, at(trips, "2"));
  EXPECT_EQ(journeys[2].junction, at(trips, "3"));
  EXPECT_EQ(journeys[4].junction, at(trips, "4"));
  // 50 s a link, and at most 15 s to turn to the next site.
  EXPECT_NEAR(seconds(journeys[2].search), 50 + 7.5, 8);
  EXPECT_NEAR(seconds(journeys[4].search), 100 + 15, 16);
  EXPECT_EQ(seconds(journeys[4].ended - journeys[4].departed), 100 + seconds(journeys[4].search));
}

TEST(Parking, PlacesComeBackAfterTheStay) {
  Trips trips = street_trips(6, 600);
  Driven driven(trips, {begins(ParkingSearch{.sites = {{at(trips, "2"), 1}}, .stay_min = 9})});
  driven.to_the_end();
  EXPECT_EQ(driven.run->simulation().parking()->parked(), 6U);
  EXPECT_EQ(driven.run->simulation().parking()->turned_away(), 0U);
}

TEST(Parking, WhoFindsNoPlaceAnywhereStaysAtTheRoadside) {
  Trips trips = street_trips(4, 120);
  Driven driven(trips, {begins(ParkingSearch{.sites = {{at(trips, "2"), 1}, {at(trips, "1"), 0}},
                                             .stay_min = 600})});
  driven.to_the_end();
  EXPECT_EQ(driven.arrived(), 4U);
  EXPECT_EQ(driven.run->simulation().parking()->at_roadside(), 3U);
  EXPECT_EQ(driven.run->simulation().parking()->searching(), 0U);
  EXPECT_TRUE(driven.accounted());
}

TEST(Parking, FourMotorbikesStandWhereACarDoesAndBusesDoNotPark) {
  Trips trips = street_trips(8, 30, VehicleKind::motorbike);
  trips.send({"01", "12"}, 3, 30, 5, VehicleKind::bus);
  Driven driven(trips, {begins(ParkingSearch{.sites = {{at(trips, "2"), 2}}, .stay_min = 600})});
  driven.to_the_end();
  const ParkingBook& book = *driven.run->simulation().parking();
  EXPECT_EQ(book.parked(), 8U);
  EXPECT_EQ(book.turned_away(), 0U);
  EXPECT_DOUBLE_EQ(book.occupied(0, driven.run->now()), 2);
}

TEST(Parking, WhoEndsFarFromEverySiteWantsNoPlace) {
  Trips trips = street_trips(3, 30);
  Driven driven(trips, {begins(ParkingSearch{.sites = {{at(trips, "4"), 0}}})});
  driven.to_the_end();
  EXPECT_EQ(driven.run->simulation().parking()->at_roadside(), 0U);
  EXPECT_EQ(driven.arrived(), 3U);
}

TEST(Parking, WhoStandsThereAtTheStartLeavesBitByBit) {
  Trips trips = street_trips(1, 1);
  const ParkingSearch parking{.sites = {{at(trips, "2"), 10, 10}}, .stay_min = 100};
  const ParkingBook book(*trips.network, parking, 0);
  EXPECT_DOUBLE_EQ(book.occupied(0, 0), 10);
  EXPECT_DOUBLE_EQ(book.occupied(0, to_micros(3001)), 5);
  EXPECT_DOUBLE_EQ(book.occupied(0, to_micros(6001)), 0);
}

TEST(Parking, EndsWithNobodyLost) {
  Trips trips = street_trips(40, 10);
  Driven driven(
      trips, {begins(ParkingSearch{.sites = {{at(trips, "2"), 3}, {at(trips, "4"), 2}}}, 0, 180)});
  driven.to_the_end();
  EXPECT_EQ(driven.arrived(), 40U);
  EXPECT_TRUE(driven.accounted());
}

}  // namespace
}  // namespace kontwin::traffic::testing
