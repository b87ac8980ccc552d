#include "scenarios/traffic/equilibrium/link_times.hpp"

#include <gtest/gtest.h>

#include "tests/scenarios/traffic/trips.hpp"

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
  TripRun run(trips.network, trips.table, arena, options);
  run.run();
  const LinkTimes times(run);
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

}  // namespace
}  // namespace kontwin::traffic::testing
