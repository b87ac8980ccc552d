// What vehicles do when roads close, flood or are blocked, and that none of them is lost count of.
#include <gtest/gtest.h>

#include <map>

#include "scenarios/traffic/traffic_engine.hpp"
#include "scenarios/traffic/water_rules.hpp"
#include "tests/scenarios/traffic/traffic_run.hpp"
#include "twin/random.hpp"

namespace kontwin::testing {
namespace {

TEST(TrafficClosures, VehiclesUnderWayGoRoundARoadThatCloses) {
  // A short way 0-1-3 and a long one 0-2-3.
  WorldParts parts = empty_parts();
  for (const LocalPoint place : {LocalPoint{0, 0}, {1000, 0}, {500, 900}, {2000, 0}}) {
    junction(parts, place);
  }
  link(parts, 0, 1, 10, 1800);
  const auto closing = link(parts, 1, 3, 10, 1800);
  link(parts, 0, 2, 10, 1800);
  link(parts, 2, 3, 10, 1800);
  link(parts, 1, 0, 10, 1800);
  TrafficRun run(branch_of(World::seal(std::move(parts))));
  run.send(0, 3, 60, 5);
  run.run(2);
  run.set_road(closing, road_column::open, 0);
  run.run(30);
  const Balance balance = run.engine.balances()[0];
  EXPECT_EQ(balance.left, 60);
  EXPECT_EQ(balance.lost, 0);
}

TEST(TrafficClosures, DebrisTurnsBackWhoIsBeforeItAndLetsTheOthersGo) {
  TrafficRun run(branch_of(World::seal(corridor({1200}, 10, 1800))));
  run.send(0, 1, 1, 0, 0);   // at 900 m after 90 s
  run.send(0, 1, 1, 0, 60);  // at 600 m after 120 s
  run.send(0, 1, 1, 0, 80);  // at 400 m after 120 s
  run.run(2);
  run.set_road(0, road_column::debris, 1);
  run.run(100);
  const auto outcomes = run.engine.take_outcomes();
  ASSERT_EQ(outcomes.size(), 3U);
  EXPECT_EQ(outcomes[0].result, TripOutcome::Result::arrived);
  EXPECT_EQ(outcomes[1].result, TripOutcome::Result::arrived);
  EXPECT_EQ(outcomes[2].result, TripOutcome::Result::stranded);
  EXPECT_EQ(outcomes[2].junction, 0U);
  // It waited at the start for its patience of an hour.
  EXPECT_GE(to_seconds(outcomes[2].at - run.branch.start), 120 + 40 + 3600);
  ASSERT_EQ(run.engine.stranded().size(), 1U);
  EXPECT_EQ(run.engine.stranded()[0].number, 2U);
  EXPECT_EQ(run.engine.balances()[0].lost, 1);
}

TEST(TrafficClosures, WhomTheWaterCarriesOffIsLostAtOnceAndCounted) {
  TrafficRun run(branch_of(World::seal(corridor({1200}, 10, 1800))));
  run.send(0, 1, 1, 0, 80);   // at 400 m after 120 s
  run.send(0, 1, 1, 0, 100);  // at 200 m after 120 s
  run.run(2);
  run.set_road(0, road_column::swept_vehicles, 1);
  run.set_road(0, road_column::debris, 1);
  run.run(2);
  ASSERT_EQ(run.engine.stranded().size(), 1U);
  EXPECT_EQ(run.engine.stranded()[0].reason, "swept off by the water");
  const Balance balance = run.engine.balances()[0];
  EXPECT_EQ(balance.lost, 1);
  EXPECT_EQ(balance.inside, 1) << "the other one turned back";
  const auto outcomes = run.engine.take_outcomes();
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_EQ(outcomes[0].result, TripOutcome::Result::stranded);
}

TEST(TrafficClosures, WhoWaitsForAClearedRoadDrivesOn) {
  TrafficRun run(branch_of(World::seal(corridor({500, 500}, 10, 1800))));
  run.send(0, 2, 30, 4);
  run.run(1);
  run.set_road(1, road_column::debris, 1);
  run.run(30);
  EXPECT_EQ(run.engine.balances()[0].left, 0);
  run.set_road(1, road_column::debris, 0);
  run.run(15);
  EXPECT_EQ(run.engine.balances()[0].left, 30);
}

TEST(TrafficClosures, EveryVehicleIsAccountedForUnderRandomClosuresAndFloods) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    TrafficOptions options = busy_town();
    options.patience_min = 10;
    TrafficRun run(branch_of(town(6), seed), options);
    RandomStream random(seed, 99);
    const auto roads = run.state.rows(Kind::road);
    const auto upset = [&](int) {
      for (int i = 0; i < 6; ++i) {
        const auto row = static_cast<std::uint32_t>(random.below(roads));
        switch (random.below(5)) {
          case 0:
            run.set_road(row, road_column::open, static_cast<double>(random.below(2)));
            break;
          case 1:
            run.set_road(row, road_column::debris, static_cast<double>(random.below(2)));
            break;
          case 2:
            run.set_road(row, road_column::capacity_factor, random.uniform() * 1.2 - 0.1);
            break;
          case 3:
            run.set_road(row, common_column::water_depth_m, random.uniform() * 0.7);
            break;
          default:
            run.set_road(row, road_column::speed_limit_mps, random.uniform(1, 20));
            break;
        }
      }
    };
    run.run(120, upset, [&](int minute) {
      for (const Balance& balance : run.engine.balances()) {
        ASSERT_EQ(balance.error(), 0) << "seed " << seed << ", minute " << minute;
      }
      ASSERT_EQ(run.engine.balances()[0].lost, run.engine.stranded().size());
    });
    EXPECT_GT(run.engine.balances()[0].entered, 300);
    // With everything open again nobody is left behind.
    for (std::uint32_t row = 0; row < roads; ++row) {
      run.set_road(row, road_column::open, 1);
      run.set_road(row, road_column::debris, 0);
      run.set_road(row, road_column::capacity_factor, 1);
      run.set_road(row, common_column::water_depth_m, 0);
      run.set_road(row, road_column::speed_limit_mps, 10);
    }
    run.engine.apply(SetDemand{0}, run.state, run.now);
    run.run(90);
    EXPECT_EQ(run.engine.balances()[0].inside, 0) << "seed " << seed;
  }
}

TEST(WaterRules, FastWaterStopsWhomItWouldSweepOffHoweverShallow) {
  using traffic::contains, traffic::VehicleKind;
  const auto stopped = [](double depth_m, double speed_mps) {
    return traffic::swept_off(flood::impassable_for(depth_m, speed_mps));
  };
  EXPECT_EQ(stopped(0.15, 0.5), 0);
  const traffic::VehicleKinds fast = stopped(0.15, 2.5);
  EXPECT_TRUE(contains(fast, VehicleKind::motorbike));
  EXPECT_TRUE(contains(fast, VehicleKind::car));
  EXPECT_FALSE(contains(fast, VehicleKind::lorry));
  EXPECT_FALSE(contains(fast, VehicleKind::bus));
  EXPECT_EQ(stopped(2, 3), traffic::all_vehicles);
}

TEST(WaterRules, WhoWasKeptOutComesInAgainOnceTheWaterIsWellBelowTheLimit) {
  using traffic::contains, traffic::VehicleKind;
  traffic::VehicleKinds out = traffic::too_deep_for(0.29);
  EXPECT_FALSE(contains(out, VehicleKind::car));  // up to 0.3 m
  for (const auto& [depth_m, stopped] :
       {std::pair{0.31, true}, {0.29, true}, {0.25, true}, {0.23, false}, {0.29, false}}) {
    out = traffic::too_deep_for(depth_m, out);
    EXPECT_EQ(contains(out, VehicleKind::car), stopped) << depth_m;
  }
}

TEST(TrafficClosures, AClosureFarAwayLeavesOtherTripsAsTheyWere) {
  const auto trips = [](bool close) {
    TrafficOptions options = busy_town();
    options.background_trips_per_person_day = 5;
    TrafficRun run(branch_of(town(10)), options);
    run.engine.record_trips(true);
    // Both links between the two junctions of one corner.
    if (close) {
      run.set_road(0, road_column::open, 0);
      run.set_road(1, road_column::open, 0);
    }
    run.run(90);
    std::map<std::uint64_t, TrafficEngine::Trip> by_number;
    for (const auto& trip : run.engine.trips()) by_number[trip.number] = trip;
    return by_number;
  };
  const auto before = trips(false);
  const auto after = trips(true);
  std::size_t same = 0;
  std::size_t close = 0;
  for (const auto& [number, trip] : before) {
    const auto other = after.find(number);
    if (other == after.end()) continue;
    EXPECT_EQ(other->second.departed_s, trip.departed_s);
    EXPECT_EQ(other->second.destination, trip.destination);
    if (other->second.arrived_s == trip.arrived_s) ++same;
    if (std::abs(other->second.arrived_s - trip.arrived_s) <= 60) ++close;
  }
  ASSERT_GT(before.size(), 500U);
  // The rest went near that corner, or met one at a junction that did.
  EXPECT_GT(static_cast<double>(same), 0.6 * static_cast<double>(before.size()));
  EXPECT_GT(static_cast<double>(close), 0.97 * static_cast<double>(before.size()));
}

}  // namespace
}  // namespace kontwin::testing
