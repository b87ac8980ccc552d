#include <gtest/gtest.h>

#include "scenarios/traffic/demand/merge_trips.hpp"
#include "tests/scenarios/traffic/zone_run.hpp"

namespace kontwin::traffic::testing {
namespace {

/// A street of three links of 500 m at 10 m/s, with a bus that halts in the middle of the second.
Trips bus_street(int lanes, bool in_bay, Micros dwell, Micros not_before = 0) {
  Trips trips(street({500, 500, 500}, 10, LinkPart::unknown, lanes).seal());
  trips.send({"01", "12", "23"}, 1, 0, 0, VehicleKind::bus);
  Halt halt;
  halt.link = trips.link("12");
  halt.leg = 1;
  halt.along = 0.5;
  halt.in_bay = in_bay;
  halt.dwell = dwell;
  halt.not_before = not_before;
  trips.table.halts.push_back(halt);
  trips.table.trips[0].halt_count = 1;
  return trips;
}

double ended_s(const TripRun& run, std::uint64_t number) {
  for (const Journey& journey : run.journeys()) {
    if (journey.number == number) return seconds(journey.ended);
  }
  ADD_FAILURE() << "vehicle " << number << " has not ended";
  return 0;
}

TEST(Halts, AddTheirTimeToTheJourneyAndAreRecorded) {
  const Trips trips = bus_street(1, false, to_micros(40));
  ComputeArena arena(1);
  TripRun run(trips.network, trips.table, arena);
  run.run();
  EXPECT_NEAR(ended_s(run, 1), 190, 0.1);
  ASSERT_EQ(run.halts().size(), 1U);
  EXPECT_NEAR(seconds(run.halts()[0].arrived), 75, 0.1);
  EXPECT_NEAR(seconds(run.halts()[0].left), 115, 0.1);
}

TEST(Halts, NobodyLeavesBeforeTheTimetableSays) {
  const Trips trips = bus_street(1, false, to_micros(10), to_micros(300));
  ComputeArena arena(1);
  TripRun run(trips.network, trips.table, arena);
  run.run();
  EXPECT_NEAR(seconds(run.halts().at(0).left), 300, 1e-6);
  EXPECT_NEAR(ended_s(run, 1), 375, 0.1);
}

TEST(Halts, HoldUpThoseBehindOnOneLaneButNotFromABay) {
  const auto follower_s = [](int lanes, bool in_bay) {
    Trips trips = bus_street(lanes, in_bay, to_micros(120));
    trips.send({"01", "12", "23"}, 1, 0, 10);
    ComputeArena arena(1);
    TripRun run(trips.network, trips.sorted(), arena);
    run.run();
    return ended_s(run, 2);
  };
  EXPECT_NEAR(follower_s(1, true), 160, 0.5);
  EXPECT_NEAR(follower_s(2, false), 160, 0.5);
  EXPECT_GT(follower_s(1, false), 270);
}

/// The same street with its second link in a microscopic zone.
TripRunOptions second_link_in_zone(const Trips& trips) { return with_zone(*trips.network, {"2"}); }

TEST(Halts, InAMicroscopicZoneAreMadeForTheirTime) {
  const Trips trips = bus_street(1, false, to_micros(40));
  ComputeArena arena(1);
  TripRun run(trips.network, trips.table, arena, second_link_in_zone(trips));
  run_counted(run);
  // Braking from 10 m/s and setting off again take it some seconds more than the time it stands.
  EXPECT_GT(ended_s(run, 1), 190);
  EXPECT_LT(ended_s(run, 1), 190 + 15);
  ASSERT_EQ(run.halts().size(), 1U);
  EXPECT_NEAR(seconds(run.halts()[0].arrived), 75, 6);
  EXPECT_NEAR(seconds(run.halts()[0].left - run.halts()[0].arrived), 40, 1e-6);
}

TEST(Halts, InAMicroscopicZoneKeepToTheTimetable) {
  const Trips trips = bus_street(2, true, to_micros(10), to_micros(300));
  ComputeArena arena(1);
  TripRun run(trips.network, trips.table, arena, second_link_in_zone(trips));
  run_counted(run);
  ASSERT_EQ(run.halts().size(), 1U);
  EXPECT_NEAR(seconds(run.halts()[0].left), 300, 1e-6);
  EXPECT_NEAR(ended_s(run, 1), 375, 10);
}

TEST(Halts, InAMicroscopicZoneHoldUpThoseBehindOnOneLaneButNotFromABay) {
  const auto follower_s = [](int lanes, bool in_bay) {
    Trips trips = bus_street(lanes, in_bay, to_micros(120));
    trips.send({"01", "12", "23"}, 1, 0, 20);
    ComputeArena arena(1);
    TripRun run(trips.network, trips.sorted(), arena, second_link_in_zone(trips));
    run_counted(run);
    EXPECT_EQ(run.halts().size(), 1U);
    EXPECT_EQ(overruns(run), 0U);
    return ended_s(run, 2);
  };
  EXPECT_NEAR(follower_s(1, true), 170, 5);
  EXPECT_NEAR(follower_s(2, false), 170, 10);
  EXPECT_GT(follower_s(1, false), 260);
}

TEST(Halts, ABusInABayOfAZoneWaitsForAGapInADenseStream) {
  Trips trips = bus_street(1, true, to_micros(20));
  trips.send({"01", "12", "23"}, 60, 2.5, 5);
  ComputeArena arena(1);
  TripRun run(trips.network, trips.sorted(), arena, second_link_in_zone(trips));
  run_counted(run);
  EXPECT_EQ(run.simulation().arrived(), 61U);
  EXPECT_EQ(overruns(run), 0U);
  EXPECT_GT(ended_s(run, 1), 175);
}

TEST(Halts, AreTheSameInABranch) {
  const Trips trips = bus_street(1, false, to_micros(40));
  ComputeArena arena(1);
  TripRun parent(trips.network, trips.table, arena);
  parent.step();
  TripRun branch(parent);
  parent.run();
  branch.run();
  ASSERT_EQ(branch.halts().size(), 1U);
  EXPECT_EQ(branch.halts()[0].left, parent.halts()[0].left);
  EXPECT_EQ(ended_s(branch, 1), ended_s(parent, 1));
}

TEST(Halts, OfAVehicleThatGoesAnotherWayAreMetWhereTheyLieOnIt) {
  // A square: the way over 2 is closed before the bus gets there; the stop on the last link stays.
  Drawing drawing;
  drawing.junction("0", 0, 0);
  drawing.junction("1", 300, 0);
  drawing.junction("2", 600, 0);
  drawing.junction("3", 300, 300);
  drawing.junction("4", 900, 0);
  drawing.junction("5", 1200, 0);
  drawing.link("0", "1");
  drawing.link("1", "2");
  drawing.link("2", "4");
  drawing.link("1", "3");
  drawing.link("3", "4");
  drawing.link("4", "5");
  Trips trips(drawing.seal());
  trips.send({"01", "12", "24", "45"}, 1, 0, 0, VehicleKind::bus);
  for (const auto& [id, leg] : {std::pair("24", 2U), std::pair("45", 3U)}) {
    Halt halt;
    halt.link = trips.link(id);
    halt.leg = leg;
    halt.dwell = to_micros(30);
    trips.table.halts.push_back(halt);
  }
  trips.table.trips[0].halt_count = 2;
  ComputeArena arena(1);
  TripRun run(trips.network, trips.table, arena);
  const std::uint32_t closed = trips.link("12");
  run.links().may_enter[closed] = 0;
  run.simulation().take_over({&closed, 1}, {&closed, 1}, {}, all_vehicles);
  run.run();
  EXPECT_EQ(run.simulation().arrived(), 1U);
  ASSERT_EQ(run.halts().size(), 1U);
  EXPECT_EQ(run.halts()[0].halt, 1U);
}

TEST(MergeTrips, KeepsRoutesHaltsTypesAndNames) {
  Trips cars(street({500, 500}, 10).seal());
  cars.send({"01", "12"}, 2, 100);
  Trips bus = bus_street(1, false, to_micros(5));
  bus.table.trips[0].number = 77;
  bus.table.trips[0].depart = to_micros(50);
  bus.table.names = {"line 1"};
  bus.table.stops = {"market"};
  bus.table.halts[0].stop = 0;
  merge_trips(cars.table, bus.table);
  ASSERT_EQ(cars.table.trips.size(), 3U);
  EXPECT_EQ(cars.table.names, (std::vector<std::string>{"1", "line 1", "2"}));
  const TripRow& merged = cars.table.trips[1];
  EXPECT_EQ(cars.table.types[merged.type].kind, VehicleKind::bus);
  EXPECT_EQ(cars.table.route_of(merged).size(), 3U);
  EXPECT_EQ(cars.table.stops[cars.table.halts[merged.halt_begin].stop], "market");
}

}  // namespace
}  // namespace kontwin::traffic::testing
