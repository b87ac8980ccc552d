// How a platoon from a light spreads downstream.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "tests/scenarios/traffic/trips.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::validation {
namespace {

using namespace traffic;           // NOLINT(google-build-using-namespace)
using namespace traffic::testing;  // NOLINT(google-build-using-namespace)

const char* const robertson =
    "Robertson 1969, TRANSYT: a traffic network study tool, RRL LR 253; Yu and Van Aerde 2000 for "
    "its parameters";

constexpr std::size_t cycle_s = 90;
constexpr double length_m = 600, mean_s = 40;

/// Vehicles an hour by second of the cycle, before and after the road behind a light.
struct Profiles {
  std::vector<double> before = std::vector<double>(cycle_s, 0);
  std::vector<double> after = std::vector<double>(cycle_s, 0);
};

/// A light of 30 s green before a road of three lanes, on which one can pass; 30 cars a cycle.
Profiles drive(Trips trips, std::size_t cycles) {
  ComputeArena arena(1);
  TripRunOptions options;
  options.window = options.interval = to_micros(1);
  options.end = to_micros(static_cast<double>(cycle_s * cycles));
  TripRun run(trips.network, trips.table, arena, options);
  run.run();
  Profiles profiles;
  const std::size_t settled = 4 * cycle_s;
  const std::uint32_t before = trips.link("01");
  const std::uint32_t after = trips.link("12");
  const double per_hour = 3600.0 / static_cast<double>(cycles - 4);
  for (std::size_t second = settled; second < run.measures().size(); ++second) {
    profiles.before[second % cycle_s] += per_hour * run.measures()[second][before].exits;
    profiles.after[second % cycle_s] += per_hour * run.measures()[second][after].exits;
  }
  // The three lanes of a queue leave together every other second.
  for (std::vector<double>* one : {&profiles.before, &profiles.after}) {
    const std::vector<double> raw = *one;
    for (std::size_t i = 0; i < cycle_s; ++i) {
      (*one)[i] = (raw[i] + raw[(i + cycle_s - 1) % cycle_s]) / 2;
    }
  }
  return profiles;
}

/// All come to the light at the same speed, so that the order of the queue has nothing to do with
/// how fast they drive behind it.
Trips before_a_light(double speed_mps) {
  Drawing drawing = street({120, length_m, 300}, speed_mps, 36000, 3);
  drawing.parts.links[0].lane_capacity_pcph = 1800;
  drawing.parts.links[0].free_speed_mps = 4;
  SignalPart signal;
  signal.id = "light";
  signal.turns = {drawing.turn("01", "12")};
  signal.offset_s = 0.5;  // so that queues do not leave at the very end of a second
  signal.stages = {{30, 5, 60, {Aspect::exclusive}}, {60, 5, 60, {Aspect::red}}};
  drawing.parts.signals.push_back(signal);
  drawing.turn("12", "23");
  return Trips(drawing.seal());
}

/// Cars one every 3 s, less than a cycle holds so that they come at all its phases.
void send(Trips& trips, std::size_t cycles, const std::function<std::uint32_t(std::size_t)>& type) {
  const auto count = static_cast<int>(static_cast<double>(cycles * cycle_s) / 3.017);
  trips.send({"01", "12", "23"}, count, 3.017);
  for (std::size_t i = 0; i < trips.table.trips.size(); ++i) trips.table.trips[i].type = type(i);
}

/// Robertson's recurrence over a profile that comes again each cycle; the least time need not be
/// whole.
std::vector<double> recurrence(const std::vector<double>& before, double least_s,
                               double smoothing) {
  const auto whole = static_cast<std::size_t>(least_s);
  const double part = least_s - static_cast<double>(whole);
  std::vector<double> after(cycle_s, 0);
  for (std::size_t second = 0; second < 40 * cycle_s; ++second) {
    const std::size_t now = second % cycle_s;
    const std::size_t then = now + 10 * cycle_s - whole;
    const double came = (1 - part) * before[then % cycle_s] + part * before[(then - 1) % cycle_s];
    after[now] = smoothing * came + (1 - smoothing) * after[(now + cycle_s - 1) % cycle_s];
  }
  return after;
}

double largest_difference(const std::vector<double>& a, const std::vector<double>& b) {
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
  return largest / *std::ranges::max_element(b);
}

Curve curve(const char* label, const std::vector<double>& profile) {
  Curve made{label, {}, true};
  for (std::size_t i = 0; i < profile.size(); ++i) {
    made.points.emplace_back(static_cast<double>(i), profile[i]);
  }
  return made;
}

TEST(PlatoonValidation, SpreadsAsRobertsonSaysWhereTravelTimesAreHis) {
  // Alpha 0.25 (low friction) and beta 1 / (1 + alpha): travel times of at least 0.8 of the mean,
  // and geometrically longer ones, which is what the recurrence assumes.
  constexpr double alpha = 0.25, beta = 1 / (1 + alpha);
  constexpr double least_s = beta * mean_s;
  constexpr double smoothing = 1 / (1 + alpha * least_s);
  constexpr std::size_t cycles = 6000, longest = 100;
  Trips trips = before_a_light(60);
  trips.table.types.clear();
  for (std::size_t k = 0; k < longest; ++k) {
    VehicleType type = standard_vehicle_types()[1];
    type.id = std::to_string(k);
    type.top_speed_mps = length_m / (least_s + static_cast<double>(k));
    trips.table.types.push_back(type);
  }
  send(trips, cycles, [](std::size_t i) {
    RandomStream random(1, i);
    const double share = random.uniform();
    const double k = std::floor(std::log(1 - share) / std::log(1 - smoothing));
    return static_cast<std::uint32_t>(std::min(k, static_cast<double>(longest - 1)));
  });
  const Profiles measured = drive(std::move(trips), cycles);
  const std::vector<double> expected = recurrence(measured.before, least_s, smoothing);
  expect_at_most({"traffic",
                  "Platoon 600 m behind a light, geometric travel times: largest difference of "
                  "the flow profile over its peak",
                  "", robertson},
                 largest_difference(measured.after, expected), 0.03);
  expect_within({"traffic", "Platoon 600 m behind a light, geometric travel times: peak flow",
                 "veh/h", robertson},
                *std::ranges::max_element(measured.after), *std::ranges::max_element(expected),
                0.03);
  plot("traffic", "platoon", "A platoon 600 m behind a light", "second of the cycle", "flow, veh/h",
       {curve("at the light", measured.before), curve("Robertson's recurrence", expected),
        curve("measured", measured.after)});
}

TEST(PlatoonValidation, SpreadsAlmostSoWithDriversOfNormalSpeeds) {
  // Wished speeds about 15 m/s with a deviation of a tenth; Robertson's parameters by the mean and
  // the variance of the travel times that these give.
  constexpr double deviation = 0.1;
  constexpr std::size_t cycles = 4000;
  double weight = 0, mean = 0, square = 0;
  for (double factor = 0.5; factor < 1.5; factor += 1e-4) {
    const double at = std::exp(-(factor - 1) * (factor - 1) / (2 * deviation * deviation));
    weight += at;
    mean += at * mean_s / factor;
    square += at * mean_s * mean_s / (factor * factor);
  }
  mean /= weight;
  const double variance = square / weight - mean * mean;
  const double smoothing = (std::sqrt(1 + 4 * variance) - 1) / (2 * variance);
  const double least_s = mean - (1 - smoothing) / smoothing;

  Trips trips = before_a_light(length_m / mean_s);
  trips.table.types[1].speed_deviation = deviation;
  send(trips, cycles, [](std::size_t) { return 1U; });
  const Profiles measured = drive(std::move(trips), cycles);
  const std::vector<double> expected = recurrence(measured.before, least_s, smoothing);
  expect_within(
      {"traffic", "Platoon 600 m behind a light, normal speeds: peak flow", "veh/h", robertson},
      *std::ranges::max_element(measured.after), *std::ranges::max_element(expected), 0.03);
  // A normal platoon has two tails, Robertson's one; that is what is left.
  expect_at_most({"traffic",
                  "Platoon 600 m behind a light, normal speeds: largest difference of the flow "
                  "profile over its peak",
                  "", robertson},
                 largest_difference(measured.after, expected), 0.15);
}

}  // namespace
}  // namespace kontwin::validation
