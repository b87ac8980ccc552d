#include "scenarios/traffic/equilibrium/link_times.hpp"

#include <gtest/gtest.h>

#include "tests/scenarios/traffic/trips.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic::testing {
namespace {

Drawing street_with_a_light(double red_s, double green_s) {
  Drawing drawing = street({1500, 300}, 15, 1800);
  SignalPart signal;
  signal.id = "light";
  signal.turns = {drawing.turn("01", "12")};
  signal.stages = {{green_s, 5, 900, {Aspect::exclusive}}, {red_s, 5, 900, {Aspect::red}}};
  drawing.parts.signals.push_back(signal);
  return drawing;
}

TEST(LinkTimes, OnEmptyRoadsOneWaitsForLightsOnly) {
  const auto network = street_with_a_light(60, 30).seal();
  const LinkTimes times(*network);
  EXPECT_NEAR(times.exit_s(0, 100) - 100, 60.0 * 60 / (2 * 90), 1e-4);
  EXPECT_EQ(times.exit_s(1, 100), 100);
}

TEST(LinkTimes, NobodyWhoComesLaterLeavesEarlier) {
  // The light is red for ten minutes: the wait falls from ten minutes to none while it is green.
  Trips trips(street_with_a_light(600, 600).seal());
  trips.send({"01", "12"}, 900, 4);
  ComputeArena arena(1);
  TripRunOptions options;
  options.interval = to_micros(120);
  options.by_turn = true;
  TripRun run(trips.network, trips.table, arena, options);
  run.run();
  WaitRecord record;
  record.add(run, 0);
  const LinkTimes times(*trips.network, record, record);
  double before_s = 0;
  double longest_s = 0;
  for (double ready_s = 0; ready_s < 5000; ready_s += 7) {
    const double exit_s = times.exit_s(0, ready_s);
    EXPECT_GE(exit_s, ready_s);
    EXPECT_GE(exit_s, before_s - 1e-3) << ready_s;
    longest_s = std::max(longest_s, exit_s - ready_s);
    before_s = exit_s;
  }
  EXPECT_GT(longest_s, 300);
}

/// A street 01 whose end 1 leads on to 12 over a light that is mostly red, and aside to 13 over
/// none.
Trips street_with_a_slow_turn() {
  Drawing drawing = street({1500, 300}, 15, 1800, 2);
  drawing.junction("3", 1500, 300);
  drawing.link("1", "3", 0, 2);
  SignalPart signal;
  signal.id = "light";
  signal.turns = {drawing.turn("01", "12", 0b01)};
  drawing.turn("01", "13", 0b10);
  signal.stages = {{20, 5, 900, {Aspect::exclusive}}, {70, 5, 900, {Aspect::red}}};
  drawing.parts.signals.push_back(signal);
  Trips trips(drawing.seal());
  trips.send({"01", "12"}, 60, 20, 1);
  trips.send({"01", "13"}, 60, 20, 11);
  trips.sorted();
  return trips;
}

/// What is noted every five minutes, of each turn or of whole links.
TripRunOptions in_five_minutes(bool by_turn) {
  TripRunOptions options;
  options.interval = to_micros(300);
  options.by_turn = by_turn;
  return options;
}

TEST(LinkTimes, WhoTurnsWaitsAsTheOthersWhoTurnSo) {
  const Trips trips = street_with_a_slow_turn();
  ComputeArena arena(1);
  TripRun run(trips.network, trips.table, arena, in_five_minutes(true));
  run.run();
  WaitRecord record;
  record.add(run, 0);
  const LinkTimes times(*trips.network, record, record);
  const std::uint32_t link = trips.link("01");
  const double slow_s =
      times.exit_s(link, trips.network->find_turn(link, trips.link("12")), 700) - 700;
  const double free_s =
      times.exit_s(link, trips.network->find_turn(link, trips.link("13")), 700) - 700;
  // Webster: a red of 70 s in 90 s costs 27 s on average.
  EXPECT_NEAR(slow_s - free_s, 70.0 * 70 / (2 * 90), 8);
  EXPECT_LT(free_s, 8);
}

TEST(WaitRecord, OlderRunsCountLess) {
  const Trips trips = street_with_a_slow_turn();
  ComputeArena arena(1);
  TripRun run(trips.network, trips.table, arena, in_five_minutes(true));
  run.run();
  WaitRecord record;
  record.add(run, 0.5);
  const double once = record.links(1)[0].exits;
  ASSERT_GT(once, 0);
  record.add(run, 0.5);
  EXPECT_DOUBLE_EQ(record.links(1)[0].exits, 1.5 * once);
  EXPECT_DOUBLE_EQ(record.weight(), 1.5);
  TripRun without(trips.network, trips.table, arena, in_five_minutes(false));
  without.run();
  EXPECT_THROW(record.add(without, 0.5), ScenarioError);
}

}  // namespace
}  // namespace kontwin::traffic::testing
