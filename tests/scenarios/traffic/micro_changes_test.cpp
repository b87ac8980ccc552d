// Signals, closures, and ways that start and end inside microscopic zones.
#include "tests/scenarios/traffic/zone_run.hpp"

namespace kontwin::traffic::testing {
namespace {

/// A street whose second junction has a light: `green_s` for it in a cycle of 60 s.
Drawing street_with_light(double green_s, SignalKind kind = SignalKind::fixed) {
  Drawing drawing = street({600, 400, 600}, 50 / 3.6);
  const std::uint32_t turn = drawing.turn("12", "23");
  SignalPart signal;
  signal.id = "light";
  signal.kind = kind;
  signal.turns = {turn};
  signal.stages = {{green_s, green_s, green_s, {Aspect::exclusive}},
                   {60 - green_s, 60 - green_s, 60 - green_s, {Aspect::red}}};
  drawing.parts.signals.push_back(signal);
  return drawing;
}

TEST(MicroZoneSignals, AQueueAtALightGetsItsShareOfTheLane) {
  Trips trips(street_with_light(30).seal());
  trips.send({"01", "12", "23"}, 600, 2);
  ComputeArena arena(1);
  TripRun plain(trips.network, trips.table, arena);
  TripRun mixed(trips.network, trips.table, arena, with_zone(*trips.network, {"2"}));
  plain.run();
  run_counted(mixed);
  // Individuals have to speed up: about 1,900 an hour of green, and 2 s lost at its start.
  EXPECT_GT(flow_vph(mixed, 600, 1200), 750);
  EXPECT_LT(flow_vph(mixed, 600, 1200), flow_vph(plain, 600, 1200));
}

TEST(MicroZoneSignals, NobodyPassesALightThatIsNeverGreenAndAllADarkOne) {
  Trips trips(street_with_light(30).seal());
  trips.send({"01", "12", "23"}, 20, 3);
  ComputeArena arena(1);
  TripRunOptions options = with_zone(*trips.network, {"2"});
  options.end = to_micros(1200);
  TripRun run(trips.network, trips.table, arena, options);
  SignalPlans& plans = run.simulation().queues().signals();
  plans.set_plan(0, SignalKind::actuated, 0,
                 {{to_micros(1), to_micros(1), to_micros(1), {Aspect::red}},
                  {to_micros(9999), to_micros(9999), to_micros(9999), {Aspect::red}},
                  {to_micros(1), to_micros(1), to_micros(1), {Aspect::exclusive}}});
  run.simulation().queues().look_again(0, 0);
  for (int window = 0; window < 10; ++window) run.step();
  EXPECT_EQ(run.simulation().arrived(), 0U);
  plans.set_working(0, false);
  run.simulation().queues().look_again(0, run.now());
  run_counted(run);
  EXPECT_EQ(run.simulation().arrived(), 20U);
}

/// A crossing with a light that chooses its stages; see crossing().
std::shared_ptr<const Network> chosen_stages(SignalKind kind) {
  Drawing drawing = crossing(JunctionControl::signal);
  SignalPart signal;
  signal.id = "light";
  signal.kind = kind;
  for (const char* arms : {"WE", "EW", "NS", "SN"}) {
    signal.turns.push_back(drawing.turn(std::string(1, arms[0]) + "X", std::string("X") + arms[1]));
  }
  using enum Aspect;
  signal.stages = {{30, 5, 60, {exclusive, exclusive, red, red}},
                   {3, 3, 3, {red, red, red, red}},
                   {30, 5, 60, {red, red, exclusive, exclusive}},
                   {3, 3, 3, {red, red, red, red}}};
  drawing.parts.signals.push_back(signal);
  return drawing.seal();
}

TEST(MicroZoneSignals, SignalsThatChooseSeeWhoComesInAZone) {
  for (const SignalKind kind : {SignalKind::actuated, SignalKind::max_pressure}) {
    Trips trips(chosen_stages(kind));
    trips.send({"NX", "XS"}, 3, 40, 10);
    ComputeArena arena(1);
    TripRun run(trips.network, trips.table, arena, with_zone(*trips.network, {"X"}));
    run_counted(run);
    ASSERT_EQ(run.simulation().arrived(), 3U);
    for (const Journey& journey : run.journeys()) {
      // A light that did not see them would keep the first stage: they would wait for ever.
      EXPECT_LT(seconds(journey.ended - journey.departed), 35);
    }
  }
}

TEST(MicroZoneChanges, AClosureInsideSendsThoseWhoComeRound) {
  const Trips trips = random_trips(grid(7).seal(), 2000, 900);
  ComputeArena arena(1);
  TripRun run(trips.network, trips.table, arena,
              with_zone(*trips.network, {"2_2.", "3_2.", "4_2.", "2_3.", "3_3.", "4_3."}));
  for (int window = 0; window < 6; ++window) run.step();
  const std::uint32_t closed = trips.link("2_2.3_2.");
  run.links().may_enter[closed] = 0;
  run.simulation().take_over({&closed, 1}, {&closed, 1}, {}, all_vehicles);
  const auto now = static_cast<std::size_t>(run.now() / run.options().interval);
  run_counted(run);
  const auto to_it = std::ranges::count(trips.table.trips, closed, &TripRow::to_link);
  EXPECT_GE(run.simulation().arrived() + run.simulation().not_made() + to_it,
            trips.table.trips.size());
  EXPECT_EQ(run.simulation().inside(), 0U);
  for (std::size_t i = now + 3; i < run.measures().size(); ++i) {
    EXPECT_EQ(run.measures()[i][closed].exits, 0U);
  }
}

TEST(MicroZoneChanges, WhoHasNoWayLeftInAZoneIsListedAsStrandedAtItsPlace) {
  Trips trips(street({300, 400, 300}, 10).seal());
  trips.send({"01", "12", "23"}, 8, 5);
  ComputeArena arena(1);
  TripRunOptions options = with_zone(*trips.network, {"2"});
  options.simulation.patience_s = 600;
  TripRun run(trips.network, trips.table, arena, options);
  const std::uint32_t closed = trips.link("23");
  run.step();
  run.links().may_enter[closed] = 0;
  run.simulation().take_over({&closed, 1}, {&closed, 1}, {}, all_vehicles);
  run_counted(run);
  EXPECT_EQ(run.simulation().stranded(), 8U);
  for (const Journey& journey : run.journeys()) {
    EXPECT_EQ(journey.junction, trips.network->find_junction("2").value());
  }
}

TEST(MicroZoneChanges, ThoseBeforeTheMiddleOfABlockedLinkTurnBackAndOthersGoOn) {
  Trips trips(street({300, 400, 300}, 10).seal());
  trips.send({"01", "12", "23"}, 12, 4);
  ComputeArena arena(1);
  TripRunOptions options = with_zone(*trips.network, {"2"});
  options.simulation.patience_s = 600;
  TripRun run(trips.network, trips.table, arena, options);
  run.step();
  const std::uint32_t blocked = trips.link("12");
  const std::uint32_t on_it = run.simulation().queues().count(blocked);
  ASSERT_GT(on_it, 4U);
  run.links().blocked[blocked] = all_vehicles;
  run.links().may_enter[blocked] = 0;
  run.simulation().take_over({&blocked, 1}, {&blocked, 1}, {&blocked, 1}, all_vehicles);
  expect_all_there(run);
  const std::uint32_t past = run.simulation().queues().count(blocked);
  EXPECT_LT(past, on_it);
  run_counted(run);
  EXPECT_EQ(run.simulation().arrived(), past);
  EXPECT_EQ(run.simulation().stranded(), 12U - past);
}

TEST(MicroZoneChanges, LessCapacityInAZoneIsHeldAtTheEndOfTheLink) {
  Trips trips(street({600, 400, 600}, 50 / 3.6).seal());
  trips.send({"01", "12", "23"}, 400, 2);
  ComputeArena arena(1);
  TripRun run(trips.network, trips.table, arena, with_zone(*trips.network, {"2", "3"}));
  const std::uint32_t narrow = trips.link("12");
  run.links().entry_headway[narrow] = run.links().exit_headway[narrow] = headway(800);
  run.simulation().take_over({&narrow, 1}, {}, {}, 0);
  run_counted(run);
  EXPECT_NEAR(flow_vph(run, 300, 1200), 800, 0.03 * 800);
}

TEST(MicroZoneChanges, TripsStartAndEndInsideAndAllThatWaitAtTheRoadsideGetIn) {
  Trips trips(street({400, 400, 400, 400}, 50 / 3.6).seal());
  trips.send({"01", "12", "23", "34"}, 300, 2);
  trips.send({"12", "23"}, 60, 10, 5);
  trips.send({"23"}, 60, 10, 7, VehicleKind::motorbike);
  trips.sorted();
  ComputeArena arena(1);
  TripRun run(trips.network, trips.table, arena, with_zone(*trips.network, {"2", "3"}));
  run_counted(run);
  EXPECT_EQ(run.simulation().arrived(), 420U);
  EXPECT_LT(seconds(run.now()), 1200);
  EXPECT_EQ(overruns(run), 0U);
}

TEST(MicroZoneChanges, StepsThatDoNotFitIntoWindowsLoseNobody) {
  const Trips trips = random_trips(grid(6).seal(), 1000, 600);
  ComputeArena arena(1);
  TripRunOptions options = with_zone(*trips.network, {"2_2.", "3_2.", "2_3."});
  options.simulation.micro.step_s = 0.7;
  TripRun run(trips.network, trips.table, arena, options);
  for (int window = 0; window < 5; ++window) run.step();
  const std::uint32_t blocked = trips.link("2_2.3_2.");
  run.links().blocked[blocked] = all_vehicles;
  run.links().may_enter[blocked] = 0;
  run.simulation().take_over({&blocked, 1}, {&blocked, 1}, {&blocked, 1}, all_vehicles);
  expect_all_there(run);
  run_counted(run);
  EXPECT_EQ(run.simulation().inside(), 0U);
  EXPECT_EQ(overruns(run), 0U);
}

}  // namespace
}  // namespace kontwin::traffic::testing
