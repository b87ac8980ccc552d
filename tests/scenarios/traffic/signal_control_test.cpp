// Signals that follow the traffic, and what it does at them.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/scenarios/traffic/trips.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic::testing {
namespace {

/// A crossing whose signal has a stage for each road, with 4 s between.
Drawing crossing_with(SignalKind kind, double first_s = 40, double second_s = 40) {
  Drawing drawing = crossing(JunctionControl::signal);
  SignalPart signal;
  signal.id = "light";
  signal.kind = kind;
  std::vector<std::uint8_t> on_road;
  for (const auto& [from, to] : {std::pair{"WX", "XE"}, {"EX", "XW"}, {"NX", "XS"}, {"SX", "XN"}}) {
    signal.turns.push_back(drawing.turn(from, to));
    on_road.push_back(from[0] == 'W' || from[0] == 'E' ? 1 : 0);
  }
  const auto stage = [&](double duration_s, double least_s, double most_s, int road) {
    StagePart part{duration_s, least_s, most_s, {}};
    for (const std::uint8_t on : on_road) {
      part.aspects.push_back(on == road ? Aspect::exclusive : Aspect::red);
    }
    signal.stages.push_back(part);
  };
  stage(first_s, 5, 60, 1);
  stage(4, 4, 4, 2);
  stage(second_s, 5, 60, 0);
  stage(4, 4, 4, 2);
  drawing.parts.signals.push_back(signal);
  return drawing;
}

double mean_delay_s(SignalKind kind, double main_headway_s, double side_headway_s) {
  Trips trips(crossing_with(kind).seal());
  trips.send({"WX", "XE"}, static_cast<int>(3600 / main_headway_s), main_headway_s);
  trips.send({"NX", "XS"}, static_cast<int>(3600 / side_headway_s), side_headway_s, 0.7);
  trips.sorted();
  ComputeArena arena(1);
  TripRun run(trips.network, trips.table, arena);
  run.run();
  EXPECT_EQ(run.simulation().arrived(), trips.table.trips.size());
  double sum_s = 0;
  for (const Journey& journey : run.journeys()) {
    sum_s += seconds(journey.ended - journey.departed) - 200 / (50 / 3.6);
  }
  return sum_s / static_cast<double>(run.journeys().size());
}

TEST(SignalControl, AnActuatedSignalServesAnUnevenCrossingWithLessDelayThanAFixedOne) {
  const double fixed_s = mean_delay_s(SignalKind::fixed, 4, 60);
  EXPECT_LT(mean_delay_s(SignalKind::actuated, 4, 60), 0.5 * fixed_s);
}

TEST(SignalControl, MaxPressureServesAnUnevenCrossingWithLessDelayThanAFixedOne) {
  const double fixed_s = mean_delay_s(SignalKind::fixed, 2.4, 20);
  EXPECT_LT(mean_delay_s(SignalKind::max_pressure, 2.4, 20), 0.8 * fixed_s);
}

TEST(SignalControl, NobodyDrivesOnRed) {
  Trips trips(crossing_with(SignalKind::fixed, 30, 20).seal());
  trips.send({"WX", "XE"}, 200, 3);
  ComputeArena arena(1);
  TripRunOptions options;
  options.window = to_micros(1);
  options.interval = to_micros(1);
  TripRun run(trips.network, trips.table, arena, options);
  run.run();
  const std::uint32_t link = trips.link("WX");
  std::size_t passed = 0;
  for (std::size_t second = 0; second < run.measures().size(); ++second) {
    const std::uint32_t exits = run.measures()[second][link].exits;
    passed += exits;
    if (second % 58 >= 30) {
      EXPECT_EQ(exits, 0U) << "second " << second;
    }
  }
  EXPECT_EQ(passed, 200U);
}

TEST(SignalControl, AGreenCarriesWhatItsLengthHoldsAndOneMoreWhereTheFirstPassesAtOnce) {
  double held = 0;
  const auto passed_a_cycle = [&held](const JunctionRules& rules) {
    Trips trips(crossing_with(SignalKind::fixed, 10, 20).seal());
    trips.send({"WX", "XE"}, 600, 1);
    ComputeArena arena(1);
    TripRunOptions options;
    options.simulation.rules = rules;
    constexpr double cycle_s = 38;
    options.end = to_micros(21 * cycle_s);
    options.window = options.interval = to_micros(cycle_s);
    TripRun run(trips.network, trips.table, arena, options);
    run.run();
    const std::uint32_t link = trips.link("WX");
    std::uint32_t passed = 0;
    for (std::size_t cycle = 1; cycle < 21; ++cycle) passed += run.measures()[cycle][link].exits;
    held = 10.0 / 3600 * trips.network->lane_capacity_pcph[link];
    return passed / 20.0;
  };
  const double on_average = passed_a_cycle({});
  EXPECT_NEAR(on_average, held, 0.1);
  EXPECT_NEAR(passed_a_cycle(with_signals_as_sumo({})), std::floor(held) + 1, 0.1);
  JunctionRules of_the_manual;
  of_the_manual.saturation_flow_pcph = 1900;
  EXPECT_NEAR(passed_a_cycle(of_the_manual), 10.0 / 3600 * 1900, 0.1);
}

TEST(SignalControl, APlanThatLetsATurnNeverGoIsRefused) {
  const auto network = crossing_with(SignalKind::fixed).seal();
  SignalPlans plans(*network);
  std::vector<Signal::Stage> stages = network->signals[0].stages;
  stages.resize(2);
  EXPECT_THROW(plans.set_plan(0, SignalKind::fixed, 0, stages), ScenarioError);
  stages = network->signals[0].stages;
  stages[0].duration = 0;
  EXPECT_THROW(plans.set_plan(0, SignalKind::fixed, 0, stages), ScenarioError);
  stages = network->signals[0].stages;
  stages[0].aspects.pop_back();
  EXPECT_THROW(plans.set_plan(0, SignalKind::fixed, 0, stages), ScenarioError);
}

TEST(SignalControl, AMinorStreamUsesTheGapsOfTheMajorOneAndDoesNotStarve) {
  const auto minor_passes = [](double major_headway_s) {
    Trips trips(crossing(JunctionControl::priority).seal());
    trips.send({"WX", "XE"}, static_cast<int>(3600 / major_headway_s), major_headway_s);
    trips.send({"SX", "XN"}, 600, 2);
    trips.sorted();
    ComputeArena arena(1);
    TripRunOptions options;
    options.end = to_micros(3600);
    TripRun run(trips.network, trips.table, arena, options);
    run.run();
    return run.measures()[1][trips.link("SX")].exits + run.measures()[2][trips.link("SX")].exits;
  };
  const std::uint32_t wide_gaps = minor_passes(12);
  const std::uint32_t narrow_gaps = minor_passes(4);
  EXPECT_GT(wide_gaps, 3 * narrow_gaps);
  EXPECT_GT(narrow_gaps, 10U);
}

}  // namespace
}  // namespace kontwin::traffic::testing
