// Measures of traffic control against what was published.
#include <gtest/gtest.h>

#include "scenarios/traffic/control/webster.hpp"
#include "tests/scenarios/traffic/trips.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::validation {
namespace {

using namespace traffic;           // NOLINT(google-build-using-namespace)
using namespace traffic::testing;  // NOLINT(google-build-using-namespace)

TEST(TrafficMeasuresValidation, WebstersCycleIsThatOfWorkedExamples) {
  const char* const exam =
      "Engineering Services Examination (India), worked at "
      "byjus.com: flows 500 and 300 of 1600 pcu/h, 16 s lost";
  const std::vector<double> first{500.0 / 1600, 300.0 / 1600};
  expect_within({"traffic", "Webster's cycle, two roads of 1600 pcu/h", "s", exam},
                webster(first, 16, 10, 300).cycle_s, 58, 1e-9);
  const char* const second_exam =
      "Worked at interviewmania.com (traffic engineering): flows 1000 of 2500 and 900 of 3000 "
      "pcu/h, 12 s lost; rounded up to a second";
  const std::vector<double> second{1000.0 / 2500, 900.0 / 3000};
  expect_within({"traffic", "Webster's cycle, roads of 2500 and 3000 pcu/h", "s", second_exam},
                webster(second, 12, 10, 300).cycle_s, 77, 0.005);
}

/// Cars an hour that leave the middle one of three links of two lanes, from the tenth to the
/// fortieth minute, when more come than can pass.
double flow_under(TrafficMeasure measure) {
  ComputeArena arena(1);
  Trips trips(street({1000, 1000, 1000}, 20, 1800, 2).seal());
  trips.send({"01", "12", "23"}, 2700, 0.9);
  std::visit(
      [&trips](auto& it) {
        if constexpr (requires { it.roads; }) it.roads = {trips.link("12")};
      },
      measure);
  TripRunOptions options;
  options.window = options.interval = to_micros(60);
  options.end = to_micros(2400);
  options.edits = {{0, StartMeasure{"it", std::move(measure), Duration{0}}}};
  TripRun run(trips.network, trips.table, arena, options);
  run.run();
  double passed = 0;
  for (std::size_t minute = 10; minute < 40; ++minute) {
    passed += run.measures()[minute][trips.link("12")].exits;
  }
  return passed * 2;
}

TEST(TrafficMeasuresValidation, AnIncidentAndRainLeaveTheCapacityOfTheManual) {
  expect_within({"traffic", "Capacity beside an incident on one of two lanes", "veh/h",
                 "Highway Capacity Manual 2010, exhibit 10-17 (FHWA-HOP-13-042, table 40): 35 %"},
                flow_under(Incident{}), 0.35 * 3600, 0.02);
  Weather heavy;
  heavy.rain_mmph = 20;
  expect_within(
      {"traffic", "Capacity in heavy rain", "veh/h",
       "Highway Capacity Manual 2010, exhibit 10-15 (FHWA-HOP-13-042, table 33): -14.13 %"},
      flow_under(heavy), (1 - 0.1413) * 3600, 0.02);
}

}  // namespace
}  // namespace kontwin::validation
