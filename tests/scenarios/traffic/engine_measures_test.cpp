// Measures, rain and parking on the roads of a world.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/traffic/traffic_run.hpp"
#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin::testing {
namespace {

StartMeasure begins(TrafficMeasure measure, Duration lasts = Duration{0}) {
  return {"it", std::move(measure), lasts};
}

TEST(EngineMeasures, AnIncidentHoldsBackAndClears) {
  const auto left = [](bool incident) {
    TrafficRun run(branch_of(World::seal(corridor({500, 500}, 10, 1800, 2))));
    run.send(0, 2, 200, 2);
    if (incident) {
      run.engine.apply(begins(Incident{.roads = {1}}, std::chrono::minutes(10)), run.state,
                       run.now);
    }
    run.run(8);
    const double early = run.engine.balances()[0].left;
    run.run(60);
    EXPECT_EQ(run.engine.balances()[0].left, 200);
    return early;
  };
  EXPECT_GT(left(false), left(true) + 80);
}

TEST(EngineMeasures, ColumnsOfTheWorldAndMeasuresHoldSideBySide) {
  TrafficRun run(branch_of(World::seal(corridor({1000}, 20, 1800))));
  run.send(0, 1, 1, 1, 0);
  run.send(0, 1, 1, 1, 600);
  run.send(0, 1, 1, 1, 1200);
  run.engine.record_trips(true);
  run.engine.apply(
      begins(NarrowRoad{.roads = {0}, .lanes = 0, .speed_mps = 10}, std::chrono::minutes(15)),
      run.state, run.now);
  run.run(8);
  run.set_road(0, road_column::speed_limit_mps, 5);
  run.run(8);
  run.set_road(0, road_column::speed_limit_mps, 20);
  run.run(14);
  std::vector<double> taken;
  for (const auto& trip : run.engine.trips()) taken.push_back(trip.arrived_s - trip.departed_s);
  EXPECT_THAT(taken, ::testing::ElementsAre(::testing::DoubleNear(100, 0.1),
                                            ::testing::DoubleNear(200, 0.1),
                                            ::testing::DoubleNear(50, 0.1)));
}

TEST(EngineMeasures, RainOfTheBranchSlowsItsRoadsUnlessToldNotTo) {
  const auto taken = [](bool slows, double mmph) {
    Branch branch = branch_of(World::seal(corridor({1000}, 20, 1800)));
    branch.forcing.rain_mmph.at = {branch.start, branch.start + std::chrono::hours(1)};
    branch.forcing.rain_mmph.value = {mmph, mmph};
    TrafficOptions options = no_background();
    options.rain_slows = slows;
    TrafficRun run(std::move(branch), options);
    run.engine.record_trips(true);
    run.send(0, 1, 1, 1, 120);
    run.run(6);
    const auto& trip = run.engine.trips().at(0);
    return trip.arrived_s - trip.departed_s;
  };
  EXPECT_NEAR(taken(true, 16), 50 / (1 - 0.075), 0.1);
  EXPECT_NEAR(taken(false, 16), 50, 0.1);
  EXPECT_NEAR(taken(true, 0), 50, 0.1);
}

TEST(EngineMeasures, ParkingFillsItsEntitiesAndSaysHowLongTheSearchTook) {
  WorldParts parts = corridor({500, 500, 500}, 10, 1800);
  for (const std::uint32_t at : {2U, 3U}) {
    EntityRecord site;
    site.urn = make_urn(Kind::parking, "p" + std::to_string(at));
    site.place = parts.entities[index_of(Kind::junction)].place[at];
    site.attributes = {3, static_cast<double>(at)};
    parts.add(Kind::parking, std::move(site));
  }
  TrafficRun run(branch_of(World::seal(std::move(parts))));
  ParkingSearch search{.sites = {{2, 3, 0, 0}, {3, 3, 0, 1}}};
  run.state.at({Kind::parking, 0}, parking_column::occupied) = 1;
  run.engine.apply(begins(search), run.state, run.now);
  run.send(0, 2, 5, 30);
  run.run(15);
  EXPECT_EQ(run.engine.balances()[0].left, 5);
  EXPECT_EQ(run.state.at({Kind::parking, 0}, parking_column::occupied), 3);
  EXPECT_EQ(run.state.at({Kind::parking, 1}, parking_column::occupied), 3);
  KpiList kpis;
  run.engine.add_kpis(kpis);
  const auto kpi = [&kpis](std::string_view id) {
    return std::ranges::find(kpis, id, &Kpi::id)->value;
  };
  EXPECT_EQ(kpi("parked"), 5);
  EXPECT_EQ(kpi("parking_turned_away"), 3);
  EXPECT_GT(kpi("parking_search_h"), 3 * 50.0 / 3600);
}

TEST(EngineMeasures, ASignalThatRulesNoRoadIsRefused) {
  TrafficRun run(branch_of(town(4)));
  const std::size_t signals = run.state.rows(Kind::signal);
  AmbulancePriority priority;
  for (std::uint32_t row = 0; row < signals; ++row) priority.signals.push_back(row);
  EXPECT_NO_THROW(run.engine.apply(begins(priority), run.state, run.now));
  EXPECT_THROW(run.engine.apply(EndMeasure{"other"}, run.state, run.now), ScenarioError);
  EXPECT_NO_THROW(run.engine.apply(EndMeasure{"it"}, run.state, run.now));
}

}  // namespace
}  // namespace kontwin::testing
