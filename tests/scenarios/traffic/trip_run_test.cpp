#include "scenarios/traffic/trip_run.hpp"

#include <gtest/gtest.h>

#include "tests/scenarios/traffic/trips.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic::testing {
namespace {

std::vector<std::tuple<std::uint64_t, Micros, std::uint32_t>> ends_of(const TripRun& run) {
  std::vector<std::tuple<std::uint64_t, Micros, std::uint32_t>> ends;
  for (const Journey& journey : run.journeys()) {
    ends.emplace_back(journey.number, journey.ended, journey.junction);
  }
  return ends;
}

TEST(TripRun, GivesTheSameArrivalsOnOneAndOnTwoThreadsOfANetworkInParts) {
  const Trips trips = random_trips(grid(26).seal(), 8000, 900);
  const auto ends = [&trips](std::size_t threads) {
    ComputeArena arena(threads);
    TripRun run(trips.network, trips.table, arena);
    EXPECT_GT(run.simulation().queues().parts(), 1U);
    run.run();
    EXPECT_EQ(run.simulation().arrived(), trips.table.trips.size());
    return ends_of(run);
  };
  EXPECT_EQ(ends(1), ends(2));
}

TEST(TripRun, ABranchWithoutAnEditEqualsItsParentBitForBit) {
  const Trips trips = random_trips(grid(12).seal(), 5000, 900);
  ComputeArena arena(1);
  TripRun parent(trips.network, trips.table, arena);
  for (int window = 0; window < 10; ++window) parent.step();
  ASSERT_GT(parent.simulation().inside(), 500U);
  TripRun branch(parent);
  parent.run();
  branch.run();
  EXPECT_EQ(ends_of(branch), ends_of(parent));
  EXPECT_EQ(branch.vehicle_seconds(), parent.vehicle_seconds());
}

TEST(TripRun, AClosureInABranchLeavesItsParentAlone) {
  const Trips trips = random_trips(grid(10).seal(), 3000, 900);
  ComputeArena arena(1);
  TripRun undisturbed(trips.network, trips.table, arena);
  TripRun parent(trips.network, trips.table, arena);
  for (int window = 0; window < 5; ++window) {
    undisturbed.step();
    parent.step();
  }
  TripRun branch(parent);
  const std::uint32_t closed = 40;
  branch.links().may_enter[closed] = 0;
  branch.simulation().take_over({&closed, 1}, {&closed, 1}, {}, all_vehicles);
  branch.run();
  parent.run();
  undisturbed.run();
  EXPECT_EQ(ends_of(parent), ends_of(undisturbed));
  EXPECT_NE(ends_of(branch), ends_of(parent));
  for (std::size_t i = 6; i < branch.measures().size(); ++i) {
    EXPECT_EQ(branch.measures()[i][closed].exits, 0U);
  }
}

TEST(TripRun, EveryVehicleOfAFullTownIsAccountedForInEveryWindow) {
  const Trips trips = random_trips(grid(6).seal(), 12000, 600);
  ComputeArena arena(1);
  TripRunOptions options;
  options.end = to_micros(7200);
  TripRun run(trips.network, trips.table, arena, options);
  while (run.step()) {
    const Simulation& at = run.simulation();
    ASSERT_EQ(at.entered(), at.arrived() + at.stranded() + at.inside());
  }
  // Twelve times what its streets hold locks within minutes: few get through, and they are counted.
  EXPECT_GT(run.simulation().arrived(), 300U);
  EXPECT_GT(run.simulation().inside(), 1000U);
}

TEST(TripRun, ARouteWithAGapIsRefusedByName) {
  Trips trips(street({100, 100, 100}, 10).seal());
  trips.send({"01", "23"}, 1, 1);
  ComputeArena arena(1);
  try {
    TripRun run(trips.network, trips.table, arena);
    FAIL() << "it was taken";
  } catch (const ScenarioError& error) {
    EXPECT_NE(std::string(error.what()).find("from link 01 to link 23"), std::string::npos);
  }
}

TEST(TripRun, AVehicleWhoseRouteIsClosedFindsAnotherWay) {
  Drawing drawing = grid(3);
  Trips trips(drawing.seal());
  trips.send({"0_0.1_0.", "1_0.1_1.", "1_1.1_2."}, 5, 10);
  ComputeArena arena(1);
  TripRun run(trips.network, trips.table, arena);
  const std::uint32_t closed = trips.link("1_0.1_1.");
  run.links().may_enter[closed] = 0;
  run.simulation().take_over({&closed, 1}, {&closed, 1}, {}, all_vehicles);
  run.run();
  EXPECT_EQ(run.simulation().arrived(), 5U);
  EXPECT_EQ(run.measures()[0][closed].exits, 0U);
}

TEST(TripRun, MotorbikesFilterToTheFrontOfARedQueue) {
  Drawing drawing = street({300, 300}, 10, 1800);
  const std::uint32_t turn = drawing.turn("01", "12");
  SignalPart signal;
  signal.id = "light";
  signal.turns = {turn};
  signal.stages = {{90, 5, 90, {Aspect::red}}, {90, 5, 90, {Aspect::exclusive}}};
  drawing.parts.signals.push_back(signal);
  Trips trips(drawing.seal());
  trips.send({"01", "12"}, 5, 2, 0, VehicleKind::car);
  trips.send({"01", "12"}, 5, 2, 20, VehicleKind::motorbike);
  trips.sorted();
  ComputeArena arena(1);
  TripRun run(trips.network, trips.table, arena);
  run.run();
  ASSERT_EQ(run.journeys().size(), 10U);
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(run.journeys()[i].type, static_cast<std::uint32_t>(VehicleKind::motorbike)) << i;
  }
}

}  // namespace
}  // namespace kontwin::traffic::testing
