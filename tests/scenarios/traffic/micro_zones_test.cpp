#include "tests/scenarios/traffic/zone_run.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic::testing {
namespace {

TEST(MicroZones, AStreetWithAMicroscopicStretchCarriesWhatItCarriesWithout) {
  struct Case {
    VehicleKind kind;
    double headway_s, tolerance;
  };
  // Three bikes abreast fill a lane of 3.5 m: 9,153 an hour; a quarter of a car each makes 9,352,
  // and that is 2.1 % more.
  for (const auto& [kind, headway_s, tolerance] :
       {Case{VehicleKind::car, 1.5, 0.01}, Case{VehicleKind::bus, 3.0, 0.03},
        Case{VehicleKind::motorbike, 0.37, 0.03}}) {
    Trips trips(street({600, 400, 400, 600}, 50 / 3.6).seal());
    trips.send({"01", "12", "23", "34"}, static_cast<int>(1200 / headway_s), headway_s, 0, kind);
    ComputeArena arena(1);
    TripRun plain(trips.network, trips.table, arena);
    plain.run();
    const double expected = flow_vph(plain, 300, 1100);
    for (const std::vector<std::string>& zone :
         {std::vector<std::string>{"1"}, {"2", "3"}, {"4"}}) {
      TripRun mixed(trips.network, trips.table, arena, with_zone(*trips.network, zone));
      run_counted(mixed);
      EXPECT_EQ(mixed.simulation().arrived(), trips.table.trips.size());
      EXPECT_EQ(overruns(mixed), 0U);
      EXPECT_NEAR(flow_vph(mixed, 300, 1100), expected, tolerance * expected)
          << name_of(kind) << " through the zone at " << zone.front();
    }
  }
}

TEST(MicroZones, ALoneVehicleTakesAsLongThroughAZoneAsBesideIt) {
  Trips trips(street({600, 400, 400, 600}, 50 / 3.6).seal());
  trips.table.types[0].speed_deviation = trips.table.types[1].speed_deviation = 0.1;
  trips.send({"01", "12", "23", "34"}, 3, 200, 0.3);
  trips.send({"01", "12", "23", "34"}, 3, 200, 100.7, VehicleKind::motorbike);
  trips.sorted();
  ComputeArena arena(1);
  TripRun plain(trips.network, trips.table, arena);
  TripRun mixed(trips.network, trips.table, arena, with_zone(*trips.network, {"2", "3"}));
  plain.run();
  mixed.run();
  ASSERT_EQ(mixed.journeys().size(), 6U);
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_NEAR(seconds(mixed.journeys()[i].ended), seconds(plain.journeys()[i].ended), 0.1);
  }
}

TEST(MicroZones, AQueueSpillsBackThroughAZoneFromTheRestIntoTheRest) {
  Drawing drawing = street({600, 300, 300, 300}, 50 / 3.6);
  drawing.parts.links.back().lane_capacity_pcph = 900;
  Trips trips(drawing.seal());
  trips.send({"01", "12", "23", "34"}, 400, 2);
  ComputeArena arena(1);
  TripRun plain(trips.network, trips.table, arena);
  TripRun mixed(trips.network, trips.table, arena, with_zone(*trips.network, {"2"}));
  std::uint32_t most_before = 0;
  while (mixed.step()) {
    expect_all_there(mixed);
    most_before = std::max(most_before, mixed.simulation().queues().count(trips.link("01")));
  }
  plain.run();
  // It is full: 80 places less the holes that run back through them, 900 an hour at 7.5 m/s.
  EXPECT_NEAR(most_before, 80 - 0.25 * 80, 2);
  EXPECT_NEAR(flow_vph(mixed, 300, 1200), 900, 0.03 * 900);
  EXPECT_NEAR(mixed.vehicle_seconds(), plain.vehicle_seconds(), 0.03 * plain.vehicle_seconds());
}

TEST(MicroZones, AJamInAZoneHoldsUpTheRest) {
  Trips trips(street({600, 300, 300}, 50 / 3.6).seal());
  trips.send({"01", "12", "23"}, 200, 2);
  ComputeArena arena(1);
  TripRun run(trips.network, trips.table, arena, with_zone(*trips.network, {"2"}));
  const std::uint32_t slow = trips.link("12");
  run.links().speed_mps[slow] = 2;
  run.simulation().take_over({&slow, 1}, {}, {}, 0);
  std::uint32_t most_before = 0;
  run_counted(run);
  for (const auto& interval : run.measures()) {
    most_before = std::max(most_before, interval[trips.link("01")].most_vehicles);
  }
  EXPECT_GT(most_before, 40U);
  // At 2 m/s, 9.5 m apart.
  EXPECT_NEAR(flow_vph(run, 400, 900), 3600 * 2 / 9.5, 0.03 * 3600 * 2 / 9.5);
}

TEST(MicroZones, MeasuresOfALinkHoldForItsIndividuals) {
  Trips trips(street({600, 400, 600}, 50 / 3.6).seal());
  trips.send({"01", "12", "23"}, 50, 4);
  ComputeArena arena(1);
  TripRun run(trips.network, trips.table, arena, with_zone(*trips.network, {"2"}));
  run_counted(run);
  double exits = 0, time_s = 0, vehicle_s = 0;
  for (const auto& interval : run.measures()) {
    const LinkMeasure& of = interval[trips.link("12")];
    exits += of.exits;
    time_s += of.time_s;
    vehicle_s += of.vehicle_s;
  }
  EXPECT_EQ(exits, 50);
  EXPECT_NEAR(time_s / exits, 400 * 3.6 / 50, 0.3);
  EXPECT_GT(vehicle_s, 0);
}

std::vector<std::string> two_squares() {
  return {"1_1.", "2_1.", "1_2.", "2_2.", "8_8.", "9_8.", "8_9.", "9_9."};
}

TEST(MicroZones, GiveTheSameArrivalsOnOneAndOnTwoThreads) {
  const Trips trips = random_trips(grid(12).seal(), 4000, 900);
  const auto ends = [&](std::size_t threads) {
    ComputeArena arena(threads);
    TripRun run(trips.network, trips.table, arena, with_zone(*trips.network, two_squares()));
    EXPECT_EQ(run.simulation().queues().zones().size(), 2U);
    EXPECT_GT(run.simulation().queues().parts(), 1U);
    run_counted(run);
    EXPECT_EQ(run.simulation().arrived(), trips.table.trips.size());
    EXPECT_EQ(overruns(run), 0U);
    return ends_of(run);
  };
  EXPECT_EQ(ends(1), ends(2));
}

TEST(MicroZones, ABranchWithoutAnEditEqualsItsParentBitForBit) {
  const Trips trips = random_trips(grid(8).seal(), 3000, 900);
  ComputeArena arena(1);
  TripRun parent(trips.network, trips.table, arena,
                 with_zone(*trips.network, {"2_2.", "3_2.", "3_3.", "6_6."}));
  for (int window = 0; window < 8; ++window) parent.step();
  ASSERT_GT(parent.simulation().queues().zones()[0].zone.inside(), 20U);
  TripRun branch(parent);
  parent.run();
  branch.run();
  EXPECT_EQ(ends_of(branch), ends_of(parent));
  EXPECT_EQ(branch.vehicle_seconds(), parent.vehicle_seconds());
}

TEST(MicroZones, ATownTakesAboutAsLongWithAZoneAsWithout) {
  const Trips trips = random_trips(grid(8, JunctionControl::priority).seal(), 2000, 1200);
  ComputeArena arena(1);
  TripRun plain(trips.network, trips.table, arena);
  TripRunOptions options;
  options.simulation.micro_junctions = junctions_within(*trips.network, 3 * 8 + 3, 450);
  TripRun mixed(trips.network, trips.table, arena, options);
  plain.run();
  run_counted(mixed);
  EXPECT_EQ(mixed.simulation().arrived(), trips.table.trips.size());
  EXPECT_NEAR(mixed.vehicle_seconds(), plain.vehicle_seconds(), 0.06 * plain.vehicle_seconds());
}

TEST(MicroZones, ADenseTownWhereTheRightGoesFirstEmptiesThoughAllAreIndividuals) {
  // Each crossing is full for half an hour; as queues this town locks.
  const Trips trips = random_trips(grid(6).seal(), 6000, 900);
  ComputeArena arena(1);
  TripRunOptions options;
  for (std::uint32_t junction = 0; junction < trips.network->junctions(); ++junction) {
    options.simulation.micro_junctions.push_back(junction);
  }
  options.end = to_micros(2340);
  TripRun run(trips.network, trips.table, arena, options);
  run_counted(run);
  EXPECT_EQ(run.simulation().arrived(), trips.table.trips.size());
  EXPECT_EQ(overruns(run), 0U);
}

TEST(MicroZones, FullTownsLoseNobodyAndStandWhereTheyStand) {
  const Trips trips = random_trips(grid(5).seal(), 5000, 300);
  ComputeArena arena(1);
  TripRunOptions options = with_zone(*trips.network, {"2_2.", "2_1."});
  options.end = to_micros(1800);
  TripRun run(trips.network, trips.table, arena, options);
  run_counted(run);
  EXPECT_GT(run.simulation().inside(), 1000U);
  EXPECT_EQ(overruns(run), 0U);
}

TEST(MicroChoice, AZoneIsAllLinksIntoItsJunctionsAndThoseThatHangTogether) {
  const auto network = grid(6).seal();
  const auto row = [&](const char* id) { return network->find_junction(id).value(); };
  const std::vector<std::uint32_t> chosen{row("1_1."), row("2_1."), row("4_4.")};
  const auto zones = connected(*network, chosen);
  ASSERT_EQ(zones.size(), 2U);
  EXPECT_EQ(zones[0].junctions.size(), 2U);
  EXPECT_EQ(zones[0].links.size(), 8U);
  EXPECT_EQ(zones[1].links.size(), 4U);
  for (const auto& zone : zones) {
    for (const std::uint32_t link : zone.links) {
      EXPECT_TRUE(std::ranges::count(zone.junctions, network->to[link]) == 1);
    }
  }
  const std::vector<std::uint32_t> named{network->find_link("0_1.1_1.").value()};
  EXPECT_EQ(links_into(*network, junctions_at_ends(*network, named)).size(), 4U);
  EXPECT_EQ(junctions_within(*network, row("2_2."), 201).size(), 5U);
  const std::vector<LocalPoint> area{{-10, -10}, {210, -10}, {210, 210}, {-10, 210}};
  EXPECT_EQ(junctions_inside(*network, area).size(), 4U);
}

TEST(MicroChoice, WhatCannotBeAZoneIsRefused) {
  const auto network = street({100, 100}, 10).seal();
  const std::uint32_t start = network->find_junction("0").value();
  const std::uint32_t unknown = 99;
  EXPECT_THROW(connected(*network, {&start, 1}), ScenarioError);  // no link leads there
  EXPECT_THROW(connected(*network, {&unknown, 1}), ScenarioError);
  EXPECT_THROW(junctions_within(*network, start, -1), ScenarioError);
  EXPECT_THROW(junctions_inside(*network, {}), ScenarioError);
}

}  // namespace
}  // namespace kontwin::traffic::testing
