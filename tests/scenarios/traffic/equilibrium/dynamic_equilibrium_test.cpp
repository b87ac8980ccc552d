#include "scenarios/traffic/equilibrium/dynamic_equilibrium.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/scenarios/traffic/equilibrium/town_of_lights.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic::testing {
namespace {

constexpr double speed_mps = 10;

LinkPart& road(Drawing& drawing, const std::string& from, const std::string& to, double length_m,
               double capacity_pcph = LinkPart::unknown, int lanes = 3) {
  LinkPart& link = drawing.link(from, to, 0, lanes);
  link.length_m = length_m;
  link.free_speed_mps = speed_mps;
  link.lane_capacity_pcph = capacity_pcph;
  return link;
}

DynamicEquilibriumOptions by_minutes(double interval_min, int rounds, double gap) {
  DynamicEquilibriumOptions options;
  options.run.interval = to_micros(interval_min * 60);
  options.run.simulation.rules.give_way = false;  // the bottlenecks are to be those that are drawn
  options.most_rounds = rounds;
  options.gap = gap;
  return options;
}

/// From O to D past M, 400 s where one car in 3 s can pass, or past N, 700 s for all who come.
Trips short_or_long(int cars) {
  Drawing drawing;
  drawing.junction("I", -500, 0);
  drawing.junction("O", 0, 0);
  drawing.junction("M", 2000, 0);
  drawing.junction("P", 3000, 0);
  drawing.junction("N", 2000, 2000);
  drawing.junction("D", 4000, 0);
  drawing.junction("E", 4500, 0);
  road(drawing, "I", "O", 500);
  road(drawing, "O", "M", 3000);
  // The bottleneck is not to be held up by those who merge behind it.
  road(drawing, "M", "P", 500, 1200, 1);
  road(drawing, "P", "D", 500);
  road(drawing, "O", "N", 3500);
  road(drawing, "N", "D", 3500);
  road(drawing, "D", "E", 500);
  Trips trips(drawing.seal());
  for (int i = 0; i < cars; ++i) {
    trips.send_from_to(trips.link("IO"), trips.link("DE"), 2.0 * i, VehicleKind::car);
  }
  return trips;
}

TEST(DynamicEquilibrium, QueuesGrowUntilTheShortWayTakesAsLongAsTheLongOne) {
  // 1800 an hour for an hour. The short way's queue grows half a second a second, until after 600 s
  // it takes 300 s; from then on 600 an hour of the 1800 drive round it: Vickrey's bottleneck with
  // a way out (Vickrey 1969; Smith 1993).
  constexpr int cars = 1800;
  const Trips trips = short_or_long(cars);
  ComputeArena arena(1);
  DynamicEquilibrium equilibrium(trips.network, trips.table, arena, by_minutes(2, 60, 0.002));
  while (equilibrium.round()) {
  }
  const std::vector<EquilibriumRound>& rounds = equilibrium.rounds();
  EXPECT_GT(rounds.front().gap, 0.2);
  EXPECT_LT(rounds[equilibrium.best_round()].gap, 0.01);

  const TripTable& table = equilibrium.best();
  TripRun run(trips.network, table, arena, by_minutes(2, 1, 0).run);
  run.run();
  ASSERT_EQ(run.simulation().arrived(), static_cast<std::uint64_t>(cars));
  const double detour_s = 300;
  const double grows_s = detour_s / 0.5;
  double round_it = 0, late_s = 0, late = 0;
  for (const Journey& journey : run.journeys()) {
    const auto route = table.route_of(table.trips[journey.tag]);
    if (route[1] == trips.link("ON")) round_it += 1;
    if (seconds(journey.departed) < grows_s + 300) continue;
    late_s += seconds(journey.ended - journey.departed);
    late += 1;
  }
  EXPECT_NEAR(round_it, (3600 - grows_s) / 6, 0.06 * (3600 - grows_s) / 6);
  EXPECT_NEAR(late_s / late, 800, 0.03 * 800);
}

/// Braess's paradox with queues: a bridge from A to B draws all over both bottlenecks.
Trips braess(bool with_bridge) {
  Drawing drawing;
  for (const char* name : {"I", "O", "P", "A", "B", "R", "D", "E"}) {
    drawing.junction(name, 1000.0 * (name[0] - 'A'), 0);
  }
  road(drawing, "I", "O", 300);
  road(drawing, "O", "P", 500);
  road(drawing, "P", "A", 100, 1200, 1);
  road(drawing, "A", "D", 6000);
  road(drawing, "O", "B", 6000);
  road(drawing, "B", "R", 500);
  road(drawing, "R", "D", 100, 1200, 1);
  road(drawing, "D", "E", 300);
  if (with_bridge) road(drawing, "A", "B", 100);
  // Long enough to hold all that come.
  for (LinkPart& link : drawing.parts.links) link.length_m *= 2;
  for (LinkPart& link : drawing.parts.links) link.free_speed_mps *= 2;
  Trips trips(drawing.seal());
  for (int i = 0; i < 2400; ++i) {
    trips.send_from_to(trips.link("IO"), trips.link("DE"), 1.8 * i, VehicleKind::car);
  }
  return trips;
}

double mean_time_s(const DynamicEquilibrium& equilibrium) {
  const EquilibriumRound& best = equilibrium.rounds()[equilibrium.best_round()];
  return best.driven_s / static_cast<double>(best.arrived);
}

TEST(DynamicEquilibrium, ABridgeThatAllTakeMakesTheirWaysLonger) {
  ComputeArena arena(1);
  const Trips without = braess(false);
  const Trips with = braess(true);
  DynamicEquilibrium apart(without.network, without.table, arena, by_minutes(2, 40, 0.005));
  DynamicEquilibrium together(with.network, with.table, arena, by_minutes(2, 40, 0.005));
  while (apart.round()) {
  }
  while (together.round()) {
  }
  // Two ways of 1000 an hour each, without a queue.
  EXPECT_NEAR(mean_time_s(apart), 60 + 60 + 600, 0.05 * 720);
  EXPECT_GT(mean_time_s(together), 1.1 * mean_time_s(apart));
  for (const DynamicEquilibrium* one : {&apart, &together}) {
    EXPECT_LT(one->rounds()[one->best_round()].gap, 0.25 * one->rounds().front().gap);
    EXPECT_LT(one->rounds()[one->best_round()].gap, 0.03);
  }
}

TEST(DynamicEquilibrium, IsTheSameOnOneAndOnTwoThreads) {
  const Trips trips = random_trips(grid(9).seal(), 9000, 900);
  const auto found = [&trips](std::size_t threads) {
    ComputeArena arena(threads);
    DynamicEquilibrium equilibrium(trips.network, trips.table, arena, by_minutes(5, 4, 0));
    while (equilibrium.round()) {
    }
    std::vector<std::uint32_t> all;
    for (const TripRow& trip : equilibrium.best().trips) {
      const auto route = equilibrium.best().route_of(trip);
      all.insert(all.end(), route.begin(), route.end());
    }
    std::vector<double> gaps;
    for (const EquilibriumRound& round : equilibrium.rounds()) gaps.push_back(round.gap);
    EXPECT_EQ(gaps.size(), 4U);
    EXPECT_LT(gaps.back(), gaps.front());
    return std::pair(all, gaps);
  };
  EXPECT_EQ(found(1), found(2));
}

TEST(DynamicEquilibrium, TripsWithoutAWayAreCountedAndLeftAlone) {
  Drawing drawing = street({300, 300}, 10);
  Trips trips(drawing.seal());
  trips.send({"01", "12"}, 3, 10);
  trips.send_from_to(trips.link("12"), trips.link("01"), 5, VehicleKind::car);
  trips.sorted();
  ComputeArena arena(1);
  DynamicEquilibrium equilibrium(trips.network, trips.table, arena, by_minutes(5, 10, 0.01));
  EXPECT_TRUE(equilibrium.round());
  EXPECT_FALSE(equilibrium.round());
  EXPECT_EQ(equilibrium.rounds()[0].without_way, 1U);
  EXPECT_EQ(equilibrium.rounds()[0].arrived, 3U);
  EXPECT_EQ(equilibrium.rounds()[0].gap, 0);
}

TEST(DynamicEquilibrium, ATurnThatIsForOthersIsOnNobodysWay) {
  // Motorbikes may turn off the bridge, cars drive round.
  Drawing drawing = grid(3);
  drawing.parts.turns.clear();
  const auto& links = drawing.parts.links;
  const auto is = [&](std::uint32_t link, const char* id) { return links[link].id == id; };
  for (std::uint32_t from = 0; from < links.size(); ++from) {
    for (std::uint32_t to = 0; to < links.size(); ++to) {
      if (links[from].to != links[to].from) continue;
      TurnPart turn;
      turn.from = from;
      turn.to = to;
      if (is(from, "0_0.1_0.") && is(to, "1_0.1_1.")) {
        turn.allowed = bit_of(VehicleKind::motorbike);
      }
      drawing.parts.turns.push_back(turn);
    }
  }
  Trips trips(drawing.seal());
  for (const VehicleKind kind : {VehicleKind::car, VehicleKind::motorbike}) {
    trips.send_from_to(trips.link("0_0.1_0."), trips.link("1_0.1_1."), 0, kind);
  }
  ComputeArena arena(1);
  DynamicEquilibrium equilibrium(trips.network, trips.table, arena, by_minutes(5, 1, 0));
  equilibrium.round();
  EXPECT_EQ(equilibrium.rounds()[0].arrived, 2U);
  const TripTable& best = equilibrium.best();
  EXPECT_GT(best.route_of(best.trips[0]).size(), 2U);
  EXPECT_EQ(best.route_of(best.trips[1]).size(), 2U);
}

TEST(DynamicEquilibrium, OnQuietStreetsWithLightsHardlyAnybodyLosesTime) {
  const Trips trips = cars_all_over(town_of_lights(8), 4);
  ComputeArena arena(1);
  DynamicEquilibrium equilibrium(trips.network, trips.table, arena, by_minutes(5, 60, 0.01));
  while (equilibrium.round()) {
  }
  const std::vector<EquilibriumRound>& rounds = equilibrium.rounds();
  EXPECT_GT(rounds.front().gap, 0.03);
  EXPECT_LE(rounds[equilibrium.best_round()].gap, 0.01);
  // It is no play with means: the vehicles themselves are on their way for less long.
  EXPECT_LT(rounds[equilibrium.best_round()].driven_s, rounds.front().driven_s);
}

TEST(DynamicEquilibrium, WhatMeasuresShutIsOnNobodysWayWhileItIsShut) {
  // The short way is shut for nine minutes.
  const Trips trips = short_or_long(300);
  ComputeArena arena(1);
  DynamicEquilibriumOptions options = by_minutes(2, 60, 1e-4);
  options.together = to_micros(2);  // each looks for a way of their own
  const std::uint32_t shut = trips.link("OM");
  options.run.edits = {{to_micros(150), SetRoadOpen{shut, false}},
                       {to_micros(700), SetRoadOpen{shut, true}}};
  DynamicEquilibrium equilibrium(trips.network, trips.table, arena, options);
  while (equilibrium.round()) {
  }
  const TripTable& best = equilibrium.best();
  std::size_t short_way = 0;
  for (const TripRow& trip : best.trips) {
    const auto route = best.route_of(trip);
    const double there_s = seconds(trip.depart) + 50;
    if (route[1] != shut) continue;
    ++short_way;
    // Who comes later waits for less than the detour takes.
    EXPECT_FALSE(there_s > 160 && there_s < 700 - 300 - 60) << there_s;
  }
  EXPECT_GT(short_way, 0U);
  EXPECT_LT(short_way, best.trips.size());
  EXPECT_EQ(equilibrium.rounds().back().arrived, best.trips.size());
}

TEST(DynamicEquilibrium, RefusesOptionsOutOfTheirRange) {
  const Trips trips(street({300, 300}, 10).seal());
  ComputeArena arena(1);
  DynamicEquilibriumOptions options;
  options.most_rounds = 0;
  EXPECT_THROW(DynamicEquilibrium(trips.network, trips.table, arena, options), ScenarioError);
  options = {};
  options.step = 0;
  EXPECT_THROW(DynamicEquilibrium(trips.network, trips.table, arena, options), ScenarioError);
  options = {};
  options.memory = 1;
  EXPECT_THROW(DynamicEquilibrium(trips.network, trips.table, arena, options), ScenarioError);
}

}  // namespace
}  // namespace kontwin::traffic::testing
