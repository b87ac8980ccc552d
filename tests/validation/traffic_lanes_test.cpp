// The lanes engine on networks of its own: default diagram, signals, and exact kinematic waves.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/scenarios/traffic/trips.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::validation {
namespace {

using namespace traffic;           // NOLINT(google-build-using-namespace)
using namespace traffic::testing;  // NOLINT(google-build-using-namespace)

const char* const krauss =
    "Krauss 1998, Microscopic modeling of traffic flow; reaction time 1 s, 7.5 m a waiting car";
const char* const kinematic =
    "Lighthill and Whitham 1955, On kinematic waves II; Newell 1993, A simplified theory of "
    "kinematic waves";

TripRun driven(const Trips& trips, ComputeArena& arena, TripRunOptions options = {}) {
  TripRun run(trips.network, trips.table, arena, options);
  run.run();
  return run;
}

TripRunOptions by_seconds(double window_s, double end_s) {
  TripRunOptions options;
  options.window = options.interval = to_micros(window_s);
  options.end = to_micros(end_s);
  return options;
}

/// Vehicles that left a link from the start until each interval's end.
std::vector<double> cumulative_exits(const TripRun& run, std::uint32_t link) {
  std::vector<double> sums;
  double sum = 0;
  for (const auto& measures : run.measures()) sums.push_back(sum += measures[link].exits);
  return sums;
}

TEST(TrafficLanesValidation, ALinkWithoutACapacityHasThatOfItsDrivers) {
  ComputeArena arena(1);
  Trips trips(street({2000, 2000, 2000}, 13.89).seal());
  trips.send({"01", "12", "23"}, 2400, 1.2);
  const TripRun run = driven(trips, arena, by_seconds(60, 2400));
  double passed = 0;
  for (std::size_t minute = 10; minute < 40; ++minute) {
    passed += run.measures()[minute][trips.link("12")].exits;
  }
  expect_within({"traffic", "Capacity of a lane at 13.89 m/s", "veh/h", krauss}, passed * 2, 2338,
                0.01);
}

TEST(TrafficLanesValidation, AJamDissolvesAtTheSpacingOverTheReactionTime) {
  // Ten full links of 300 m behind a light that turns green after 20 minutes.
  ComputeArena arena(1);
  Drawing drawing = street(std::vector<double>(11, 300), 13.89);
  const std::uint32_t turn = drawing.turn("910", "1011");
  SignalPart signal;
  signal.id = "light";
  signal.turns = {turn};
  signal.stages = {{1200, 5, 60, {Aspect::red}}, {3600, 5, 60, {Aspect::exclusive}}};
  drawing.parts.signals.push_back(signal);
  Trips trips(drawing.seal());
  std::vector<std::string> route;
  for (int i = 0; i < 11; ++i) route.push_back(std::to_string(i) + std::to_string(i + 1));
  trips.send(route, 500, 2);
  const TripRun run = driven(trips, arena, by_seconds(1, 2400));
  std::vector<double> moved_s;
  for (int link = 0; link < 10; ++link) {
    const auto exits = cumulative_exits(run, trips.link(route[static_cast<std::size_t>(link)]));
    const double before = exits[1199];
    std::size_t second = 1200;
    while (exits[second] <= before) ++second;
    moved_s.push_back(static_cast<double>(second) + 0.5);
  }
  expect_within({"traffic", "Jam wave of a starting queue over 2.7 km", "m/s", krauss},
                2700 / (moved_s.front() - moved_s.back()), 7.5, 0.01);
}

double signal_delay_s(double arrivals_vph, double span_s, ComputeArena& arena) {
  Drawing drawing = street({3000, 500}, 15, 1800);
  const std::uint32_t turn = drawing.turn("01", "12");
  SignalPart signal;
  signal.id = "light";
  signal.turns = {turn};
  signal.stages = {{45, 5, 60, {Aspect::exclusive}}, {45, 5, 60, {Aspect::red}}};
  drawing.parts.signals.push_back(signal);
  Trips trips(drawing.seal());
  trips.send({"01", "12"}, static_cast<int>(span_s * arrivals_vph / 3600), 3600 / arrivals_vph);
  const TripRun run = driven(trips, arena);
  double sum_s = 0;
  for (const Journey& journey : run.journeys()) {
    sum_s += seconds(journey.ended - journey.departed) - 3500 / 15.0;
  }
  return sum_s / static_cast<double>(run.journeys().size());
}

TEST(TrafficLanesValidation, VehiclesWaitAtALightAsLongAsWebsterSays) {
  ComputeArena arena(1);
  // No whole number of arrivals a cycle, so that they come at all its phases.
  expect_within({"traffic", "Uniform delay at a light: cycle 90 s, half green, 80 % full", "s",
                 "Webster 1958, Traffic signal settings, Road Research Technical Paper 39"},
                signal_delay_s(719.3, 14400, arena), 18.75, 0.03);
  // Deterministic queue: half the red at capacity, and half of what comes too much.
  constexpr double span_s = 1800, degree = 1.25;
  expect_within(
      {"traffic", "Delay at a light with 25 % more than it can serve for half an hour", "s",
       "Kimber and Hollis 1979, Traffic queues and delays at road junctions, TRRL "
       "LR909 (deterministic queue)"},
      signal_delay_s(900 * degree, span_s, arena), 90 * 0.5 / 2 + span_s / 2 * (degree - 1), 0.03);
}

TEST(TrafficLanesValidation, AQueueSpillsBackAtTheSpeedOfItsShock) {
  // 1500 an hour at 15 m/s meet an outlet of 900: the shock runs back at (q - s) / (k_q - k_s).
  constexpr double demand = 1500, outlet = 900, length_m = 1500, speed_mps = 15, wave_mps = 5;
  ComputeArena arena(1);
  Drawing drawing = street({3000, length_m, 500}, speed_mps, 1800);
  drawing.parts.links[2].lane_capacity_pcph = outlet;
  Trips trips(drawing.seal());
  trips.send({"01", "12", "23"}, 900, 3600 / demand);
  const TripRun run = driven(trips, arena, by_seconds(1, 1700));
  const double jam_pm = 1 / 7.5;
  const double free_pm = demand / 3600 / speed_mps;
  const double queued_pm = jam_pm - outlet / 3600 / wave_mps;
  const double shock_mps = (outlet - demand) / 3600 / (queued_pm - free_pm);
  const double reaches_s = (3000 + length_m) / speed_mps - length_m / shock_mps;
  // The kink of the curve of those who drove in: where its two straight parts meet.
  const auto in = cumulative_exits(run, trips.link("01"));
  const auto slope = [&in](std::size_t from, std::size_t to) {
    return (in[to] - in[from]) / static_cast<double>(to - from);
  };
  const double before = slope(300, 600);
  const double after = slope(1100, 1600);
  const double kink_s = (in[1100] - in[300] - after * 1100 + before * 300) / (before - after);
  expect_within(
      {"traffic", "Spill-back over 1.5 km: when the queue reaches the link before", "s", kinematic},
      kink_s, reaches_s, 0.02);
  expect_within({"traffic", "Spill-back: what still drives in afterwards", "veh/h", kinematic},
                after * 3600, outlet, 0.02);
}

TEST(TrafficLanesValidation, ADivergeInOneLaneHoldsBackThoseWhoAreNotHeadedForTheQueue) {
  ComputeArena arena(1);
  Drawing drawing;
  drawing.junction("a", 0, 0);
  drawing.junction("b", 1500, 0);
  drawing.junction("c", 2000, 0);
  drawing.junction("d", 2000, 900);
  for (const auto& [from, to] : {std::pair{"a", "b"}, {"b", "c"}, {"b", "d"}}) {
    LinkPart& link = drawing.link(from, to);
    link.free_speed_mps = 15;
    link.lane_capacity_pcph = 1800;
  }
  drawing.parts.links[2].lane_capacity_pcph = 300;
  Trips trips(drawing.seal());
  trips.send({"ab", "bc"}, 600, 6);
  trips.send({"ab", "bd"}, 600, 6, 3);
  trips.sorted();
  const TripRun run = driven(trips, arena, by_seconds(60, 3600));
  const auto on = cumulative_exits(run, trips.link("bc"));
  expect_within(
      {"traffic", "Diverge: flow past a turn of 300 veh/h that half of them take", "veh/h",
       "Daganzo 1995, The cell transmission model, part II: network traffic (first in, "
       "first out)"},
      on[59] - on[29], 150, 0.02);
}

TEST(TrafficLanesValidation, TwoLikeStreamsMergeInEqualShares) {
  ComputeArena arena(1);
  Drawing drawing;
  drawing.junction("a", 0, 0);
  drawing.junction("b", 0, 600);
  drawing.junction("c", 1500, 300);
  drawing.junction("d", 3000, 300);
  for (const auto& [from, to] : {std::pair{"a", "c"}, {"b", "c"}, {"c", "d"}}) {
    LinkPart& link = drawing.link(from, to);
    link.free_speed_mps = 15;
    link.lane_capacity_pcph = 1800;
  }
  Trips trips(drawing.seal());
  trips.send({"ac", "cd"}, 1200, 3);
  trips.send({"bc", "cd"}, 1200, 3);
  trips.sorted();
  const TripRun run = driven(trips, arena, by_seconds(60, 3600));
  const auto first = cumulative_exits(run, trips.link("ac"));
  const auto both = cumulative_exits(run, trips.link("cd"));
  const char* const source =
      "Daganzo 1995, The cell transmission model, part II: network traffic (merge)";
  expect_within({"traffic", "Merge of two full streams: flow of the one", "veh/h", source},
                (first[59] - first[29]) * 2, 900, 0.02);
  expect_within({"traffic", "Merge of two full streams: flow beyond", "veh/h", source},
                (both[59] - both[29]) * 2, 1800, 0.02);
}

}  // namespace
}  // namespace kontwin::validation
