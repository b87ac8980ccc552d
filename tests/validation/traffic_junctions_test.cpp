// What junctions carry, as queues and as individuals.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "tests/scenarios/traffic/zone_run.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::validation {
namespace {

using namespace traffic;           // NOLINT(google-build-using-namespace)
using namespace traffic::testing;  // NOLINT(google-build-using-namespace)

const char* const manual =
    "Transportation Research Board 2016, Highway Capacity Manual, sixth edition, chapter 21, "
    "approaches of one lane";

/// Seconds between two departures from the west where these arms are always full, straight on.
double headway_s(JunctionControl control, const std::string& full_arms, bool individuals) {
  Drawing drawing = crossing(control);
  for (JunctionPart& junction : drawing.parts.junctions) {
    junction.place.x_m *= 3;
    junction.place.y_m *= 3;
  }
  Trips trips(drawing.seal());
  constexpr int cars = 1500;
  for (const char arm : full_arms) {
    const std::string arms = "NESW";
    const char beyond = arms[(arms.find(arm) + 2) % 4];
    trips.send({std::string{arm, 'X'}, std::string{'X', beyond}}, cars, 1.6, 0.1);
  }
  trips.sorted();
  ComputeArena arena(1);
  TripRunOptions options;
  if (individuals) options = with_zone(*trips.network, {"X"});
  options.window = options.interval = to_micros(60);
  options.end = to_micros(2400);
  TripRun run(trips.network, trips.table, arena, options);
  run.run();
  double passed = 0;
  for (std::size_t minute = 10; minute < 40; ++minute) {
    passed += run.measures()[minute][trips.link("WX")].exits;
  }
  return 1800 / passed;
}

TEST(TrafficJunctionsValidation, AnAllWayStopCarriesWhatTheManualCounted) {
  const struct {
    const char *arms, *who;
    double headway_s;
  } cases[] = {{"W", "nobody else waits", 3.9},
               {"WE", "the opposing approach is full", 4.7},
               {"WN", "one that crosses is full", 5.8},
               {"WNS", "both that cross are full", 7.0},
               {"WNES", "all are full", 9.6}};
  for (const auto& [arms, who, expected_s] : cases) {
    expect_within({"traffic", "Headway at an all-way stop where " + std::string(who), "s", manual},
                  headway_s(JunctionControl::all_stop, arms, false), expected_s, 0.02);
  }
}

/// Cars an hour that turn off at a signal which is always green for the one road that arrives.
double turning_vph(char beyond) {
  Drawing drawing = crossing(JunctionControl::signal);
  SignalPart signal;
  signal.id = "X";
  for (const char* arm : {"E", "N", "S"}) {
    signal.turns.push_back(drawing.turn("WX", std::string{'X'} + arm));
  }
  signal.stages.push_back({.duration_s = 60, .aspects = std::vector<Aspect>(3, Aspect::exclusive)});
  drawing.parts.signals.push_back(signal);
  Trips trips(drawing.seal());
  trips.send({"WX", std::string{'X', beyond}}, 4000, 0.9);
  ComputeArena arena(1);
  TripRunOptions options;
  options.window = options.interval = to_micros(3600);
  options.end = to_micros(3600);
  TripRun run(trips.network, trips.table, arena, options);
  run.run();
  return run.measures()[0][trips.link("WX")].exits;
}

TEST(TrafficJunctionsValidation, TurnsAtASignalTakeAsMuchGreenAsTheManualSays) {
  const char* const source =
      "Transportation Research Board 2016, Highway Capacity Manual, sixth edition, chapter 19, "
      "saturation flow adjustment for turns";
  const double straight_on = turning_vph('E');
  expect_within(
      {"traffic", "Saturation flow of protected right turns, over straight on", "", source},
      turning_vph('S') / straight_on, 1 / 1.18, 0.005);
  expect_within(
      {"traffic", "Saturation flow of protected left turns, over straight on", "", source},
      turning_vph('N') / straight_on, 1 / 1.05, 0.005);
}

TEST(TrafficJunctionsValidation, ACrossingWhereTheRightGoesFirstCarriesNoMoreThanAnAllWayStop) {
  expect_within(
      {"traffic", "Headway where the right goes first and all approaches are full", "s", manual},
      headway_s(JunctionControl::right_first, "WNES", false), 9.6, 0.02);
}

}  // namespace
}  // namespace kontwin::validation
