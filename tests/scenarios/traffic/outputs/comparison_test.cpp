#include "scenarios/traffic/outputs/comparison.hpp"

#include <gtest/gtest.h>

#include "tests/scenarios/traffic/trips.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic::testing {
namespace {

/// Trips of a few streets each, all over a town, drivers of different speeds.
Trips short_trips(int size, int count) {
  Trips trips(grid(size).seal());
  for (VehicleType& type : trips.table.types) type.speed_deviation = 0.1;
  RandomStream random(9, 1);
  const Network& network = *trips.network;
  while (trips.table.trips.size() < static_cast<std::size_t>(count)) {
    const auto from = static_cast<std::uint32_t>(random.below(network.links()));
    const auto to = static_cast<std::uint32_t>(random.below(network.links()));
    const LocalPoint start = network.junction_place[network.from[from]];
    const LocalPoint end = network.junction_place[network.to[to]];
    if (std::abs(start.x_m - end.x_m) + std::abs(start.y_m - end.y_m) > 1000) continue;
    trips.send_from_to(from, to, random.uniform(0, 1800),
                       random.uniform() < 0.6 ? VehicleKind::motorbike : VehicleKind::car);
  }
  trips.sorted();
  return trips;
}

RunSummary driven(const Trips& trips, std::uint64_t seed, std::uint32_t shut = no_row) {
  ComputeArena arena(1);
  TripRunOptions options;
  options.simulation.seed = seed;
  const TripTable table = with_moved_departures(trips.table, 30, seed);
  TripRun run(trips.network, table, arena, options);
  if (shut != no_row) {
    run.links().may_enter[shut] = 0;
    run.simulation().take_over({&shut, 1}, {&shut, 1}, {}, all_vehicles);
  }
  run.run();
  return summary_of(run, table);
}

TEST(CommonRandomNumbers, WhatIsFarFromAnEditDoesNotChangeAtAll) {
  const Trips trips = short_trips(20, 6000);
  const std::uint32_t shut = trips.link("1_1.2_1.");
  const RunSummary before = driven(trips, 3);
  const RunSummary after = driven(trips, 3, shut);
  const RunSummary other_seed = driven(trips, 4);
  std::size_t near_by = 0, far = 0, other = 0;
  for (const TripRow& trip : trips.table.trips) {
    const std::string name = std::to_string(trip.number);
    const TripSummary& one = before.trips.at(name);
    const LocalPoint start = trips.network->junction_place[trips.network->from[trip.from_link]];
    const bool is_far = start.x_m > 2400 && start.y_m > 2400;
    if (one.seconds != after.trips.at(name).seconds) {
      ++near_by;
      EXPECT_FALSE(is_far) << name;
    }
    if (is_far) {
      ++far;
      EXPECT_EQ(one.distance_m, after.trips.at(name).distance_m);
      other += one.seconds != other_seed.trips.at(name).seconds ? 1 : 0;
    }
  }
  EXPECT_GT(near_by, 20U);
  EXPECT_GT(far, 500U);
  EXPECT_GT(other, far / 2);
}

TEST(Comparisons, FindWhoLosesByAClosureAndLeaveTheRestAlone) {
  const Trips trips = short_trips(12, 3000);
  const std::uint32_t shut = trips.link("5_5.6_5.");
  std::vector<RunSummary> a, b;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    a.push_back(driven(trips, seed));
    b.push_back(driven(trips, seed, shut));
  }
  const Comparison found = compare(a, b);
  const auto figure = [&found](const std::string& id) {
    return std::ranges::find(found.figures, id, &ComparedFigure::id)->of;
  };
  // Those who start or end on the closed link have no way.
  EXPECT_GT(figure("left_over").difference, 5);
  EXPECT_TRUE(figure("left_over").significant);
  EXPECT_EQ(figure("left_over").pairs, 5U);
  std::size_t significant = 0;
  for (const ComparedLink& link : found.links) {
    if (link.id == "5_5.6_5.") {
      EXPECT_EQ(link.vehicles.mean_b, 0);
      EXPECT_TRUE(link.vehicles.significant);
    }
    significant += link.vehicles.significant ? 1 : 0;
  }
  EXPECT_GT(significant, 2U);
  EXPECT_LT(significant, found.links.size() / 4);
  ASSERT_EQ(found.groups.size(), 2U);
  for (const ComparedGroup& group : found.groups) {
    EXPECT_EQ(group.by, "type");
    EXPECT_GT(group.mean_s.difference, 0) << group.name;
  }

  const Comparison same = compare(a, a);
  for (const ComparedLink& link : same.links) EXPECT_FALSE(link.vehicles.significant);
  for (const ComparedFigure& one : same.figures) EXPECT_EQ(one.of.difference, 0);
  EXPECT_EQ(same.groups[0].gain + same.groups[0].lose, 0);
}

TEST(Comparisons, NeedAsManyRunsOfBoth) {
  const std::vector<RunSummary> one(1), two(2);
  EXPECT_THROW(compare(one, two), Error);
  EXPECT_THROW(compare({}, {}), Error);
}

TEST(MovedDepartures, KeepTheVehicleAndItsRouteWithItsName) {
  Trips trips(street({300, 300, 300}, 10).seal());
  trips.send({"01", "12"}, 5, 10, 100);
  trips.send({"12", "23"}, 5, 10, 105);
  trips.sorted();
  for (const TripRow& trip : trips.table.trips) {
    trips.table.names.push_back("v" + std::to_string(trip.number));
  }
  const TripTable moved = with_moved_departures(trips.table, 50, 2);
  ASSERT_EQ(moved.trips.size(), 10U);
  bool any_moved = false;
  for (std::size_t i = 0; i < moved.trips.size(); ++i) {
    EXPECT_EQ(moved.names[i], "v" + std::to_string(moved.trips[i].number));
    if (i > 0) {
      EXPECT_LE(moved.trips[i - 1].depart, moved.trips[i].depart);
    }
    const auto was = std::ranges::find(trips.table.trips, moved.trips[i].number, &TripRow::number);
    EXPECT_EQ(moved.route_of(moved.trips[i])[0], trips.table.route_of(*was)[0]);
    EXPECT_LE(std::abs(moved.trips[i].depart - was->depart), to_micros(50));
    any_moved = any_moved || moved.trips[i].depart != was->depart;
  }
  EXPECT_TRUE(any_moved);
}

}  // namespace
}  // namespace kontwin::traffic::testing
