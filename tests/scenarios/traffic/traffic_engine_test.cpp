#include "scenarios/traffic/traffic_engine.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <numeric>

#include "tests/scenarios/traffic/traffic_run.hpp"
#include "twin/error.hpp"

namespace kontwin::testing {
namespace {

double kpi(const TrafficEngine& engine, const std::string& id) {
  KpiList kpis;
  engine.add_kpis(kpis);
  const auto found = std::ranges::find(kpis, id, &Kpi::id);
  return found == kpis.end() ? -1 : found->value;
}

TEST(TrafficEngine, ALeadInFillsTheRoadsAndNothingOfItCounts) {
  Branch branch = branch_of(town());
  branch.lead_in = std::chrono::minutes(20);
  TrafficRun run(std::move(branch), busy_town());
  run.engine.record_trips(true);
  run.lead_in();
  const auto vehicles = run.state.column(Kind::road, road_column::vehicles);
  EXPECT_GT(std::accumulate(vehicles.begin(), vehicles.end(), 0.0), 10);
  EXPECT_TRUE(run.engine.trips().empty());

  run.run(10);
  ASSERT_FALSE(run.engine.trips().empty());
  EXPECT_LT(std::ranges::min(run.engine.trips(), {}, &TrafficEngine::Trip::departed_s).departed_s,
            0)
      << "who left in the lead-in arrives after it";
  EXPECT_GE(std::ranges::min(run.engine.trips(), {}, &TrafficEngine::Trip::arrived_s).arrived_s, 0);
  const Balance balance = run.engine.balances().at(0);
  EXPECT_EQ(balance.error(), 0);
}

TEST(TrafficEngine, AVehicleOnAnEmptyRoadTakesLengthOverSpeed) {
  TrafficRun run(branch_of(World::seal(corridor({900, 1234, 15}, 12, 1800))));
  run.send(0, 3, 1, 0, 7.25);
  run.run(5);
  const auto outcomes = run.engine.take_outcomes();
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_EQ(outcomes[0].result, TripOutcome::Result::arrived);
  EXPECT_EQ(outcomes[0].junction, 3U);
  EXPECT_NEAR(to_seconds(outcomes[0].at - run.branch.start), 7.25 + (900 + 1234 + 15) / 12.0,
              0.002);
  EXPECT_TRUE(run.engine.take_outcomes().empty());
}

TEST(TrafficEngine, WaterUpToTheLimitSlowsAndMoreTurnsAway) {
  TrafficRun run(branch_of(World::seal(corridor({1000}, 15, 1800))));
  run.set_road(0, common_column::water_depth_m, 0.15);
  run.send(0, 1, 1, 0, 0, Mover::Kind::car);
  run.run(10);
  auto outcomes = run.engine.take_outcomes();
  ASSERT_EQ(outcomes.size(), 1U);
  // Pregnolato et al. 2017 at 150 mm.
  const double speed_mps = (0.0009 * 150 * 150 - 0.5529 * 150 + 86.9448) / 3.6;
  EXPECT_NEAR(to_seconds(outcomes[0].at - run.branch.start), 1000 / speed_mps, 0.01);

  run.set_road(0, common_column::water_depth_m, 0.25);
  run.send(0, 1, 1, 0, 600, Mover::Kind::motorbike);
  run.send(0, 1, 1, 0, 600, Mover::Kind::lorry);
  run.run(15);
  outcomes = run.engine.take_outcomes();
  ASSERT_EQ(outcomes.size(), 2U);
  EXPECT_EQ(outcomes[0].result, TripOutcome::Result::no_route);
  EXPECT_EQ(outcomes[0].traveller, 1U);
  EXPECT_EQ(outcomes[1].result, TripOutcome::Result::arrived);
}

TEST(TrafficEngine, AFullLinkHoldsBackTheOneBeforeIt) {
  // 300 m at 7.5 m a car hold 40; the end lets nobody through but one car in ten minutes.
  TrafficRun run(branch_of(World::seal(corridor({600, 300, 100}, 10, 1800))));
  run.set_road(2, road_column::capacity_factor, 6.0 / 1800);
  run.send(0, 3, 70, 4);
  run.run(15);
  EXPECT_EQ(run.road(1, road_column::vehicles), 40);
  EXPECT_EQ(run.road(1, road_column::queue), 40);
  EXPECT_GE(run.road(0, road_column::queue), 20);
  EXPECT_EQ(run.road(0, road_column::flow_vph), 0);
  EXPECT_GT(kpi(run.engine, "vehicles_delayed"), 50);
  // Opened again, all come through.
  run.set_road(2, road_column::capacity_factor, 1);
  run.run(15);
  EXPECT_EQ(run.engine.balances()[0].left, 70);
}

TEST(TrafficEngine, TwoArmsOfAMergeShareTheRoadFairly) {
  WorldParts parts = empty_parts();
  for (const LocalPoint place : {LocalPoint{0, 0}, {0, 500}, {500, 250}, {1500, 250}}) {
    junction(parts, place);
  }
  link(parts, 0, 2, 10, 1800);
  link(parts, 1, 2, 10, 1800);
  link(parts, 2, 3, 10, 1800);
  TrafficRun run(branch_of(World::seal(std::move(parts))));
  run.send(0, 3, 600, 2);
  run.send(1, 3, 600, 2);
  run.run(18);
  EXPECT_NEAR(run.road(0, road_column::flow_vph), 900, 60);
  EXPECT_NEAR(run.road(1, road_column::flow_vph), 900, 60);
}

/// A road that fills, as its end takes three minutes a car, and a way round it.
TrafficRun jam_beside_a_way_round() {
  WorldParts parts = empty_parts();
  for (const LocalPoint place :
       {LocalPoint{0, 500}, {1000, 500}, {1200, 500}, {1300, 500}, {1200, 1500}}) {
    junction(parts, place);
  }
  link(parts, 0, 1, 10, 1800);
  link(parts, 1, 2, 10, 1800);
  link(parts, 2, 3, 10, 20);
  link(parts, 1, 4, 10, 1800);
  link(parts, 4, 3, 10, 1800);
  return TrafficRun(branch_of(World::seal(std::move(parts))));
}

TEST(TrafficEngine, WhoStandsBeforeAFullRoadTakesAnotherWhenTheyHearOfIt) {
  TrafficRun run = jam_beside_a_way_round();
  run.send(0, 3, 100, 2);
  run.run(30);
  EXPECT_LT(run.engine.balances()[0].left, 15);
  // Those on the full road itself stay there.
  run.run(20);
  EXPECT_GT(run.engine.balances()[0].left, 70);
  EXPECT_EQ(run.engine.balances()[0].error(), 0);
}

TEST(TrafficEngine, WhoWasToldAWayLeavesItWhereItTakesMuchLonger) {
  TrafficRun run = jam_beside_a_way_round();
  for (std::uint64_t i = 0; i < 100; ++i) {
    TripRequest trip{i, 0, 3, run.now + from_seconds(2.0 * double(i)), Mover::Kind::car};
    trip.route = {0, 1, 2};
    run.engine.request(trip);
  }
  run.run(30);
  EXPECT_LT(run.engine.balances()[0].left, 15);
  run.run(20);
  EXPECT_GT(run.engine.balances()[0].left, 70);
}

TEST(TrafficEngine, GivesTheSameBitsOnOneAndOnTwoThreads) {
  const auto final_state = [](std::size_t threads) {
    TrafficRun run(branch_of(town(8)), busy_town(), threads);
    run.run(90, [&run](int minute) {
      if (minute == 20) run.set_road(17, road_column::open, 0);
      if (minute == 45) run.set_road(30, common_column::water_depth_m, 0.4);
    });
    EXPECT_GT(run.engine.balances()[0].left, 500);
    return run.state;
  };
  const StateTable one = final_state(1);
  const StateTable two = final_state(2);
  EXPECT_EQ(std::memcmp(one.all().data(), two.all().data(), one.cells() * sizeof(double)), 0);
}

TEST(TrafficEngine, DemandScalesWithItsFactors) {
  const auto entered = [](double edit, double forcing) {
    Branch branch = branch_of(town(6));
    if (forcing != 1) {
      branch.forcing.traffic_demand = {{branch.start}, {forcing}, TimeSeries::Between::hold};
    }
    TrafficRun run(std::move(branch), busy_town());
    run.engine.apply(SetDemand{edit}, run.state, run.now);
    run.run(60);
    return run.engine.balances()[0].entered;
  };
  const double normal = entered(1, 1);
  EXPECT_GT(normal, 300);
  EXPECT_NEAR(entered(0.5, 1), normal / 2, 0.1 * normal);
  EXPECT_NEAR(entered(1, 2), normal * 2, 0.2 * normal);
  EXPECT_EQ(entered(0, 1), 0);
}

TEST(TrafficEngine, CountersReadTheirRoadAndMoversLieOnTheirs) {
  TrafficRun run(branch_of(town(5)), busy_town());
  run.run(30);
  EXPECT_EQ(run.state.at({Kind::traffic_counter, 0}, traffic_counter_column::flow_vph),
            run.road(0, road_column::flow_vph));
  EXPECT_EQ(run.state.at({Kind::traffic_counter, 0}, traffic_counter_column::speed_mps),
            run.road(0, road_column::speed_mps));
  Frame frame;
  run.engine.show(frame);
  double on_roads = 0;
  for (const double count : run.state.column(Kind::road, road_column::vehicles)) on_roads += count;
  EXPECT_EQ(static_cast<double>(frame.movers.size()), on_roads);
  for (const Mover& mover : frame.movers) {
    // Streets lie on lines 200 m apart, from 200 m.
    const double off_x = std::abs(std::remainder(double(mover.x_m), 200.0));
    const double off_y = std::abs(std::remainder(double(mover.y_m), 200.0));
    EXPECT_LT(std::min(off_x, off_y), 0.01);
  }
}

TEST(TrafficEngine, ASignalPlanMovesCapacityBetweenApproaches) {
  WorldParts parts = corridor({500, 500}, 10, 1800);
  EntityRecord signal;
  signal.urn = make_urn(Kind::signal, "test-0");
  signal.attributes = {1};
  parts.add(Kind::signal, std::move(signal));
  const auto flow = [world = World::seal(std::move(parts))](double green, double working) {
    TrafficRun run(branch_of(world));
    run.state.at({Kind::signal, 0}, signal_column::cycle_s) = 90;
    run.state.at({Kind::signal, 0}, signal_column::green_share) = green;
    run.state.at({Kind::signal, 0}, signal_column::working) = working;
    run.send(0, 2, 1200, 2);
    // 18 minutes are twelve whole cycles.
    double sum = 0;
    run.run(27, {}, [&](int minute) {
      if (minute >= 9) sum += run.road(0, road_column::flow_vph) / 18;
    });
    return sum;
  };
  // Four seconds of each stage are lost.
  EXPECT_NEAR(flow(0.5, 1), 1800 * (0.5 - 4 / 90.0), 40);
  EXPECT_NEAR(flow(0.25, 1), 1800 * (0.25 - 4 / 90.0), 40);
  EXPECT_NEAR(flow(0.5, 0), 1800, 40) << "out of order, it stops nobody";
}

TEST(TrafficEngine, RefusesWhatCannotBe) {
  TrafficOptions options;
  options.motorbike_share = 1.5;
  EXPECT_THROW(TrafficRun(branch_of(town(3)), options), ScenarioError);
  TrafficRun run(branch_of(town(3)));
  EXPECT_THROW(run.engine.request({0, 0, 99, run.now, Mover::Kind::car, 1}), ScenarioError);
  EXPECT_THROW(run.engine.request({0, 0, 1, run.now, Mover::Kind::boat, 1}), ScenarioError);
  EXPECT_THROW(run.engine.apply(SetDemand{-1}, run.state, run.now), ScenarioError);
}

TEST(TrafficEngine, VehiclesOfAMicroscopicZoneAreCountedShownAndMeasured) {
  TrafficOptions options = no_background();
  options.micro_junctions = {2};
  TrafficRun run(branch_of(World::seal(corridor({600, 400, 600}, 10, 1800))), options);
  run.send(0, 3, 60, 4);
  for (int minute = 0; minute < 8; ++minute) {
    run.run(1);
    const Balance balance = run.engine.balances()[0];
    EXPECT_EQ(balance.entered, balance.left + balance.inside + balance.lost);
    Frame frame;
    run.engine.show(frame);
    EXPECT_EQ(static_cast<double>(frame.movers.size()), balance.inside);
  }
  EXPECT_EQ(run.engine.take_outcomes().size(), 60U);

  run.send(0, 3, 60, 4, 480);
  run.run(3);
  // Between the seconds 120 and 180 after they start, 15 pass every point, 10 are on 400 m.
  EXPECT_NEAR(run.road(1, road_column::flow_vph), 900, 61);
  EXPECT_NEAR(run.road(1, road_column::vehicles), 10, 1);
  EXPECT_NEAR(run.road(1, road_column::speed_mps), 10, 0.1);
}

}  // namespace
}  // namespace kontwin::testing
