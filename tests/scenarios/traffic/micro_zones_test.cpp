#include <gtest/gtest.h>

#include <set>

#include "scenarios/traffic/micro_choice.hpp"
#include "tests/scenarios/traffic/trips.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic::testing {
namespace {

std::vector<std::uint32_t> rows_of(const Network& network, const std::vector<std::string>& ids) {
  std::vector<std::uint32_t> rows;
  for (const std::string& id : ids) rows.push_back(network.find_junction(id).value());
  return rows;
}

TripRunOptions with_zone(const Network& network, const std::vector<std::string>& junctions) {
  TripRunOptions options;
  options.simulation.micro_junctions = rows_of(network, junctions);
  options.interval = options.window;
  return options;
}

/// Runs to the end, and looks in every window whether all are there.
void run_counted(TripRun& run) {
  while (run.step()) {
    const Simulation& at = run.simulation();
    ASSERT_EQ(at.entered(), at.arrived() + at.stranded() + at.inside()) << seconds(run.now());
    std::set<std::uint32_t> seen;
    at.for_each_vehicle([&](std::uint32_t slot) { seen.insert(slot); });
    ASSERT_EQ(seen.size(), at.inside()) << seconds(run.now());
  }
}

std::vector<std::tuple<std::uint64_t, Micros, std::uint32_t>> ends_of(const TripRun& run) {
  std::vector<std::tuple<std::uint64_t, Micros, std::uint32_t>> ends;
  for (const Journey& journey : run.journeys()) {
    ends.emplace_back(journey.number, journey.ended, journey.junction);
  }
  return ends;
}

std::uint64_t overruns(const TripRun& run) {
  std::uint64_t sum = 0;
  for (const ZoneBorder& border : run.simulation().queues().zones()) sum += border.zone.overruns();
  return sum;
}

/// Vehicles an hour that arrive between two moments.
double flow_vph(const TripRun& run, double from_s, double to_s) {
  double count = 0;
  for (const Journey& journey : run.journeys()) {
    const double at = seconds(journey.ended);
    if (at >= from_s && at < to_s) ++count;
  }
  return 3600 * count / (to_s - from_s);
}

TEST(MicroZones, AStreetWithAMicroscopicStretchCarriesWhatItCarriesWithout) {
  for (const VehicleKind kind : {VehicleKind::car, VehicleKind::motorbike, VehicleKind::bus}) {
    Trips trips(street({600, 400, 400, 600}, 50 / 3.6).seal());
    const double headway = kind == VehicleKind::car ? 1.5 : kind == VehicleKind::bus ? 3.0 : 0.37;
    trips.send({"01", "12", "23", "34"}, static_cast<int>(1500 / headway), headway, 0, kind);
    ComputeArena arena(1);
    TripRun plain(trips.network, trips.table, arena);
    TripRun mixed(trips.network, trips.table, arena, with_zone(*trips.network, {"2", "3"}));
    run_counted(plain);
    run_counted(mixed);
    EXPECT_EQ(mixed.simulation().arrived(), trips.table.trips.size());
    EXPECT_EQ(overruns(mixed), 0U);
    const double expected = flow_vph(plain, 300, 1300);
    printf("%d flow %f %f last %f %f\n", (int)kind, expected, flow_vph(mixed, 300, 1300),
           seconds(plain.journeys().back().ended), seconds(mixed.journeys().back().ended));
    EXPECT_NEAR(flow_vph(mixed, 300, 1300), expected, 0.03 * expected);
  }
}

TEST(MicroZones, ALoneVehicleTakesAsLongThroughAZoneAsBesideIt) {
  Trips trips(street({600, 400, 400, 600}, 50 / 3.6).seal());
  trips.send({"01", "12", "23", "34"}, 3, 60, 0.3);
  trips.send({"01", "12", "23", "34"}, 3, 60, 30.7, VehicleKind::motorbike);
  trips.sorted();
  ComputeArena arena(1);
  TripRun plain(trips.network, trips.table, arena);
  TripRun mixed(trips.network, trips.table, arena, with_zone(*trips.network, {"2", "3"}));
  run_counted(plain);
  run_counted(mixed);
  ASSERT_EQ(mixed.journeys().size(), 6U);
  for (std::size_t i = 0; i < 6; ++i) {
    printf("%f %f\n", seconds(plain.journeys()[i].ended), seconds(mixed.journeys()[i].ended));
    EXPECT_NEAR(seconds(mixed.journeys()[i].ended - mixed.journeys()[i].departed),
                seconds(plain.journeys()[i].ended - plain.journeys()[i].departed), 0.5);
  }
}

TEST(MicroZones, GiveTheSameArrivalsOnOneAndOnTwoThreads) {
  const Trips trips = random_trips(grid(12).seal(), 4000, 900);
  std::vector<std::string> chosen;
  for (const char* id : {"1_1.", "2_1.", "1_2.", "2_2.", "8_8.", "9_8.", "8_9.", "9_9."})
    chosen.emplace_back(id);
  const auto ends = [&](std::size_t threads) {
    ComputeArena arena(threads);
    TripRun run(trips.network, trips.table, arena, with_zone(*trips.network, chosen));
    EXPECT_EQ(run.simulation().queues().zones().size(), 2U);
    EXPECT_GT(run.simulation().queues().parts(), 1U);
    run_counted(run);
    EXPECT_EQ(run.simulation().arrived(), trips.table.trips.size());
    EXPECT_EQ(overruns(run), 0U);
    return ends_of(run);
  };
  EXPECT_EQ(ends(1), ends(2));
}

}  // namespace
}  // namespace kontwin::traffic::testing
