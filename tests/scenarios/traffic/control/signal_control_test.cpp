// Plans as measures: Webster's cycle, plans that are said, and that they are given back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/traffic/control/webster.hpp"
#include "tests/scenarios/traffic/control/control_run.hpp"
#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic::testing {
namespace {

using kontwin::testing::message_of;
using ::testing::HasSubstr;

/// A crossing with a signal of two stages, equally long.
Drawing signalled(double green_s = 30) {
  Drawing drawing = crossing(JunctionControl::signal);
  SignalPart signal;
  signal.id = "K";
  for (const char* road : {"WX>XE", "EX>XW", "NX>XS", "SX>XN"}) {
    const std::string text(road);
    signal.turns.push_back(drawing.turn(text.substr(0, 2), text.substr(3)));
  }
  const Aspect go = Aspect::exclusive;
  const Aspect stop = Aspect::red;
  signal.stages = {{green_s, 7, 60, {go, go, stop, stop}},
                   {4, 4, 4, {stop, stop, stop, stop}},
                   {green_s, 7, 60, {stop, stop, go, go}},
                   {4, 4, 4, {stop, stop, stop, stop}}};
  drawing.parts.signals.push_back(signal);
  for (LinkPart& link : drawing.parts.links) link.lane_capacity_pcph = 1800;
  return drawing;
}

SignalControl plan(SignalMode mode, double count_min = 15) {
  SignalControl control;
  control.signals = {0};
  control.mode = mode;
  control.count_min = count_min;
  return control;
}

SignalStage stage(std::vector<std::uint32_t> roads, double green_s = 30) {
  SignalStage made;
  made.roads = std::move(roads);
  made.green_s = green_s;
  return made;
}

/// Heavy traffic on the road, little across it.
Trips uneven(double seconds_long = 3600) {
  Trips trips(signalled().seal());
  trips.send({"WX", "XE"}, static_cast<int>(seconds_long / 4), 4);    // 900 an hour
  trips.send({"NX", "XS"}, static_cast<int>(seconds_long / 18), 18);  // 200 an hour
  return trips;
}

TEST(Webster, GivesTheCycleAndGreensOfItsFormula) {
  // y 0.3 and 0.2, L 8: (12 + 5) / 0.5 = 34; greens 26 by 3 : 2.
  const std::vector<double> ratios{0.3, 0.2};
  const WebsterPlan plan = webster(ratios, 8, 20, 120);
  EXPECT_DOUBLE_EQ(plan.cycle_s, 34);
  EXPECT_DOUBLE_EQ(plan.green_s[0], 15.6);
  EXPECT_DOUBLE_EQ(plan.green_s[1], 10.4);
}

TEST(Webster, HoldsToItsBounds) {
  const std::vector<double> much{0.6, 0.5};
  EXPECT_DOUBLE_EQ(webster(much, 8, 40, 120).cycle_s, 120);
  const std::vector<double> little{0.01, 0};
  const WebsterPlan plan = webster(little, 8, 40, 120, 7);
  EXPECT_DOUBLE_EQ(plan.cycle_s, 40);
  EXPECT_DOUBLE_EQ(plan.green_s[1], 7);
  EXPECT_DOUBLE_EQ(plan.green_s[0], 25);
  const std::vector<double> none{0, 0};
  EXPECT_DOUBLE_EQ(webster(none, 8, 40, 120, 7).green_s[0], 16);
}

TEST(SignalControl, WebsterCountsThenGivesTheHeavyRoadMoreGreen) {
  const auto mean = [](std::vector<MomentEdit> edits) {
    Trips trips = uneven();
    Driven driven(trips, std::move(edits));
    driven.to_the_end();
    EXPECT_EQ(driven.arrived(), trips.table.trips.size());
    return driven.mean_s();
  };
  const double fixed = mean({});
  const double optimised = mean({begins(plan(SignalMode::webster, 10))});
  EXPECT_LT(optimised, 0.8 * fixed);
}

TEST(SignalControl, ThePlanOfWebsterIsThatOfTheFlows) {
  Trips trips = uneven();
  Driven driven(trips, {begins(plan(SignalMode::webster, 10))});
  driven.to(3000);
  const Signal& signal = driven.run->simulation().queues().signals().signal(0);
  // y = 900 / 1800 and 200 / 1800, L 8: a cycle of 17 / 0.389 = 43.7 s, and 29.2 of 35.7 s.
  EXPECT_NEAR(seconds(signal.cycle), 17 / (1 - 1100.0 / 1800), 2);
  EXPECT_NEAR(seconds(signal.stages[0].duration), (43.7 - 8) * 9 / 11, 1.5);
}

TEST(SignalControl, StagesThatAreSaidHoldUntilThePlanBeforeComesBack) {
  Trips trips = uneven(600);
  SignalControl control = plan(SignalMode::fixed);
  control.between_s = 5;
  control.offset_s = 3;
  control.stages = {stage({trips.link("WX"), trips.link("EX")}, 40), stage({}, 10)};
  control.stages[1].turns = {{trips.link("NX"), trips.link("XS")},
                             {trips.link("SX"), trips.link("XN")}};
  const Signal before = trips.network->signals[0];
  Driven driven(trips, {begins(control, 0, 300)});
  driven.to(120);
  const SignalPlans& plans = driven.run->simulation().queues().signals();
  EXPECT_EQ(plans.signal(0).cycle, to_micros(60));
  EXPECT_EQ(plans.signal(0).offset, to_micros(3));
  EXPECT_EQ(plans.signal(0).stages.size(), 4U);
  driven.to(360);
  EXPECT_TRUE(plans.signal(0) == before);
  driven.to_the_end();
  EXPECT_EQ(driven.arrived(), trips.table.trips.size());
}

TEST(SignalControl, ACycleStretchesTheStagesThatStand) {
  Trips trips = uneven(100);
  SignalControl control = plan(SignalMode::fixed);
  control.cycle_s = 100;
  Driven driven(trips, {begins(control)});
  driven.to(60);
  const Signal& signal = driven.run->simulation().queues().signals().signal(0);
  EXPECT_EQ(signal.cycle, to_micros(100));
  EXPECT_EQ(signal.stages[0].duration, to_micros(46));
  EXPECT_EQ(signal.stages[1].duration, to_micros(4));
}

TEST(SignalControl, EveryModeServesAllWhoCome) {
  for (const SignalMode mode : {SignalMode::actuated, SignalMode::max_pressure,
                                SignalMode::flashing, SignalMode::webster}) {
    Trips trips = uneven(1200);
    trips.send({"EX", "XW"}, 60, 20);
    trips.send({"SX", "XN"}, 60, 20);
    Driven driven(trips, {begins(plan(mode, 2), 60)});
    driven.to_the_end();
    EXPECT_EQ(driven.arrived(), trips.table.trips.size())
        << signal_mode_names[static_cast<std::size_t>(mode)];
  }
}

TEST(SignalControl, APlanWithoutGreenForATurnIsRefusedAndChangesNothing) {
  Trips trips = uneven(60);
  SignalControl control = plan(SignalMode::fixed);
  control.stages = {stage({trips.link("WX")})};
  Driven driven(trips, {begins(control, 0, 0, "P")});
  EXPECT_THAT(message_of<ScenarioError>([&] { driven.to_the_end(); }),
              AllOf(HasSubstr("measure P"), HasSubstr("signal K"), HasSubstr("no green")));
  EXPECT_TRUE(driven.run->simulation().queues().signals().signal(0) == trips.network->signals[0]);
  control.stages = {stage({trips.link("XE")})};
  Driven wrong(trips, {begins(control)});
  EXPECT_THAT(message_of<ScenarioError>([&] { wrong.to_the_end(); }),
              HasSubstr("rules no turn out of link XE"));
}

TEST(AmbulancePriority, SignalsTurnGreenForItAndItPassesTheQueue) {
  const auto ambulance_s = [](std::vector<MomentEdit> edits) {
    Trips trips = uneven(1200);
    // Across the heavy road, in a queue, again and again.
    trips.send({"SX", "XN"}, 100, 12);
    trips.send({"SX", "XN"}, 6, 170, 100, VehicleKind::ambulance);
    Driven driven(trips, std::move(edits));
    driven.to_the_end();
    EXPECT_EQ(driven.arrived(), trips.table.trips.size());
    EXPECT_TRUE(driven.run->simulation().ambulances().empty());
    double sum_s = 0;
    for (const Journey& journey : driven.run->journeys()) {
      if (journey.type != static_cast<std::uint32_t>(VehicleKind::ambulance)) continue;
      sum_s += seconds(journey.ended - journey.departed);
    }
    return sum_s / 6;
  };
  const double without = ambulance_s({});
  const double with = ambulance_s({begins(AmbulancePriority{})});
  EXPECT_LT(with, without);
  // 200 m at 50 km/h, and hardly any wait.
  EXPECT_LT(with, 200 / (50 / 3.6) + 6);
}

TEST(AmbulancePriority, EndsWithTheSignalsBackInTheirPlans) {
  Trips trips = uneven(600);
  trips.send({"SX", "XN"}, 1, 1, 95, VehicleKind::ambulance);
  Driven driven(trips, {begins(AmbulancePriority{}, 0, 100)});
  driven.to_the_end();
  EXPECT_EQ(driven.arrived(), trips.table.trips.size());
  const SignalPlans& plans = driven.run->simulation().queues().signals();
  EXPECT_TRUE(plans.signal(0) == trips.network->signals[0]);
  bool permissive = false;
  EXPECT_NE(plans.green_at(over(*trips.network, "WE"), driven.run->now(), permissive), never);
}

}  // namespace
}  // namespace kontwin::traffic::testing
