#include "scenarios/traffic/outputs/link_figures.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/scenarios/traffic/trips.hpp"

namespace kontwin::traffic::testing {
namespace {

TripRunOptions with_details() {
  TripRunOptions options;
  options.details = true;
  options.window = to_micros(10);
  options.interval = to_micros(600);
  return options;
}

TEST(LinkFigures, AreThoseOfASteadyFlow) {
  Trips trips(street({1000, 1000}, 10, 1800).seal());
  trips.send({"01", "12"}, 400, 6);
  ComputeArena arena(1);
  TripRun run(trips.network, trips.table, arena, with_details());
  run.run();
  const LinkFigures is = link_figures(run, 0, 1, 3);
  EXPECT_NEAR(is.flow_vph, 600, 6);
  EXPECT_NEAR(is.speed_mps, 10, 0.1);
  EXPECT_NEAR(is.density_vpkm, 600 / 36.0, 0.5);
  EXPECT_EQ(is.level, 'A');
  EXPECT_LT(is.queue, 0.5);
  const Emissions each = emissions_per_km(VehicleKind::car, is.speed_mps * 3.6);
  EXPECT_NEAR(is.emissions.co2_g, is.exits * each.co2_g, 1e-6);
}

TEST(LinkFigures, AJamHasAQueueAndNoSpeedAndTheWorstLevel) {
  Drawing drawing = street({1000, 1000}, 10, 1800);
  SignalPart signal;
  signal.id = "light";
  signal.turns = {drawing.turn("01", "12")};
  signal.stages = {{7200, 5, 9000, {Aspect::red}}, {60, 5, 60, {Aspect::exclusive}}};
  drawing.parts.signals.push_back(signal);
  Trips trips(drawing.seal());
  trips.send({"01", "12"}, 60, 5);
  ComputeArena arena(1);
  TripRunOptions options = with_details();
  options.end = to_micros(3600);
  TripRun run(trips.network, trips.table, arena, options);
  run.run();
  const LinkFigures is = link_figures(run, 0, 2, 3);
  EXPECT_EQ(is.exits, 0U);
  EXPECT_EQ(is.speed_mps, 0);
  EXPECT_EQ(is.level, 'F');
  EXPECT_EQ(is.longest_queue, 60U);
  EXPECT_NEAR(is.queue, 60, 1e-9);
  EXPECT_EQ(is.emissions.fuel_g, 0);
  // Nobody was ever on the other link.
  const LinkFigures empty = link_figures(run, 1, 2, 3);
  EXPECT_TRUE(std::isnan(empty.speed_mps));
  EXPECT_EQ(empty.level, 'A');
}

TEST(Emissions, OfFuelFallWithSpeedInTownsForAllWhoBurnAny) {
  using enum VehicleKind;
  for (const VehicleKind kind : {motorbike, car, bus, lorry, ambulance}) {
    const Emissions slow = emissions_per_km(kind, 12);
    const Emissions fast = emissions_per_km(kind, 45);
    EXPECT_GT(slow.fuel_g, fast.fuel_g) << name_of(kind);
    EXPECT_GT(fast.co_g, 0) << name_of(kind);
    EXPECT_GT(fast.nox_g, 0) << name_of(kind);
    EXPECT_GT(fast.pm_g, 0) << name_of(kind);
    // Slower than what was measured counts as that.
    EXPECT_EQ(emissions_per_km(kind, 0).fuel_g, emissions_per_km(kind, 5).fuel_g);
  }
  EXPECT_EQ(emissions_per_km(bicycle, 12).co2_g, 0);
}

}  // namespace
}  // namespace kontwin::traffic::testing
