#include "scenarios/traffic/en_route.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/scenarios/traffic/trips.hpp"

namespace kontwin::traffic::testing {
namespace {

/// Cars with a route over the short way, whose end lets one in a minute pass, beside a detour that
/// leaves it half-way.
Trips jam_with_a_way_round() {
  Drawing drawing;
  drawing.junction("A", 0, 0);
  drawing.junction("B", 1000, 0);
  drawing.junction("C", 2000, 0);
  drawing.junction("D", 3000, 0);
  drawing.junction("E", 3500, 0);
  drawing.junction("N", 2000, 1500);
  for (const auto& [from, to] :
       {std::pair{"A", "B"}, {"B", "C"}, {"C", "D"}, {"D", "E"}, {"B", "N"}, {"N", "D"}}) {
    drawing.link(from, to);
  }
  drawing.parts.links[2].lane_capacity_pcph = 60;
  Trips trips(drawing.seal());
  trips.send({"AB", "BC", "CD", "DE"}, 300, 12);
  return trips;
}

TripRunOptions with_share(double share) {
  TripRunOptions options;
  options.route_refresh = to_micros(300);
  options.en_route.share = share;
  return options;
}

/// Numbers of vehicles that drove round the jam: they drove farther.
std::set<std::uint64_t> round_the_jam(const TripRun& run) {
  std::set<std::uint64_t> numbers;
  for (const Journey& journey : run.journeys()) {
    if (journey.driven_m > 3600) numbers.insert(journey.number);
  }
  return numbers;
}

TEST(EnRoute, NobodyLeavesARouteUnlessTheyLook) {
  const Trips trips = jam_with_a_way_round();
  ComputeArena arena(1);
  TripRun run(trips.network, trips.table, arena, with_share(0));
  run.run();
  EXPECT_EQ(run.changes_en_route(), 0U);
  EXPECT_TRUE(round_the_jam(run).empty());
}

TEST(EnRoute, ThoseWhoLookGoRoundAJamAndAllArriveEarlierForIt) {
  const Trips trips = jam_with_a_way_round();
  ComputeArena arena(1);
  TripRun blind(trips.network, trips.table, arena, with_share(0));
  TripRun half(trips.network, trips.table, arena, with_share(0.5));
  blind.run();
  half.run();
  EXPECT_EQ(half.simulation().arrived(), 300U);
  EXPECT_GT(half.changes_en_route(), 15U);
  EXPECT_EQ(half.changes_en_route(), round_the_jam(half).size());
  EXPECT_LT(half.vehicle_seconds(), 0.95 * blind.vehicle_seconds());
}

TEST(EnRoute, WhoLooksIsADriversOwnAndALargerShareHoldsTheSmallerOne) {
  const Trips trips = jam_with_a_way_round();
  ComputeArena one(1);
  ComputeArena two(2);
  const auto changed = [&](double share, ComputeArena& arena) {
    TripRun run(trips.network, trips.table, arena, with_share(share));
    run.run();
    return round_the_jam(run);
  };
  const auto some = changed(0.3, one);
  const auto all = changed(1, one);
  EXPECT_EQ(changed(0.3, two), some);
  EXPECT_GT(some.size(), 5U);
  EXPECT_GT(all.size(), 2 * some.size());
  // Of all who could change, those in the share are not drawn anew.
  RandomStream random(1, *some.begin(), 112);
  EXPECT_LT(random.uniform(), 0.3);
}

TEST(EnRoute, AGainThatIsTooSmallIsNotWorthAnotherWay) {
  const Trips trips = jam_with_a_way_round();
  ComputeArena arena(1);
  TripRunOptions options = with_share(1);
  options.en_route.least_gain_s = 1e5;
  TripRun run(trips.network, trips.table, arena, options);
  run.run();
  EXPECT_EQ(run.changes_en_route(), 0U);
}

TEST(EnRoute, JourneysTellWhatWasDrivenAndWhatItTakesAlone) {
  Trips trips(street({300, 500, 200}, 10).seal());
  trips.send({"01", "12", "23"}, 1, 1);
  ComputeArena arena(1);
  TripRun run(trips.network, trips.table, arena);
  run.run();
  ASSERT_EQ(run.journeys().size(), 1U);
  EXPECT_NEAR(run.journeys()[0].driven_m, 1000, 1e-3);
  EXPECT_NEAR(run.journeys()[0].free_s, 100, 1e-3);
  EXPECT_NEAR(seconds(run.journeys()[0].ended - run.journeys()[0].departed), 100, 1e-3);
}

TEST(EnRoute, DetailsCountKindsAndQueues) {
  Trips trips(street({300, 300}, 10, 600).seal());
  trips.send({"01", "12"}, 40, 3, 0, VehicleKind::car);
  trips.send({"01", "12"}, 20, 5, 0, VehicleKind::motorbike);
  trips.sorted();
  ComputeArena arena(1);
  TripRunOptions options;
  options.details = true;
  TripRun run(trips.network, trips.table, arena, options);
  run.run();
  std::uint32_t cars = 0, bikes = 0, longest = 0;
  for (const auto& interval : run.details()) {
    cars += interval[0].exits[static_cast<std::size_t>(VehicleKind::car)];
    bikes += interval[0].exits[static_cast<std::size_t>(VehicleKind::motorbike)];
    longest = std::max(longest, interval[1].longest_queue);
  }
  EXPECT_EQ(cars, 40U);
  EXPECT_EQ(bikes, 20U);
  // Whoever was let in at the headway is let out at it.
  EXPECT_LE(longest, 3U);
  TripRun plain(trips.network, trips.table, arena);
  plain.run();
  EXPECT_TRUE(plain.details().empty());
}

}  // namespace
}  // namespace kontwin::traffic::testing
