#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/traffic/network/arms.hpp"

namespace kontwin::traffic::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using enum Aspect;

/// A signal on the crossing with two roads: green for one, all red, green for the other.
Drawing signalled() {
  Drawing drawing = crossing(JunctionControl::signal);
  SignalPart signal;
  signal.id = "K";
  signal.offset_s = 7;
  for (const char* turn : {"NXXS", "WXXE", "EXXW", "WXXN"}) {
    signal.turns.push_back(drawing.turn(std::string(turn, 2), std::string(turn + 2, 2)));
  }
  drawing.turn("SX", "XN");
  signal.stages = {{20, 5, 60, {red, exclusive, exclusive, permissive}},
                   {10, 5, 60, {red, exclusive, red, exclusive}},
                   {2.5, 5, 60, {red, red, red, red}},
                   {30, 5, 60, {exclusive, red, red, red}}};
  drawing.parts.signals.push_back(signal);
  return drawing;
}

std::vector<std::pair<double, double>> greens(const Network& network, const std::string& arms) {
  const std::uint32_t turn = over(network, arms);
  std::vector<std::pair<double, double>> greens;
  for (std::uint32_t i = network.green_begin[turn]; i < network.green_begin[turn + 1]; ++i) {
    greens.emplace_back(seconds(network.green[i].begin), seconds(network.green[i].end));
  }
  return greens;
}

TEST(SignalPlan, GreensOfStagesInARowAreJoined) {
  std::vector<Repair> repairs;
  const auto network = signalled().seal(&repairs);
  EXPECT_THAT(repairs, IsEmpty());
  const Signal& signal = network->signals.at(0);
  EXPECT_EQ(signal.cycle, to_micros(62.5));
  EXPECT_EQ(signal.offset, to_micros(7));
  EXPECT_THAT(greens(*network, "WE"), ElementsAre(Pair(0, 30)));
  EXPECT_THAT(greens(*network, "EW"), ElementsAre(Pair(0, 20)));
  EXPECT_THAT(greens(*network, "NS"), ElementsAre(Pair(32.5, 62.5)));
  EXPECT_EQ(network->find_signal("K"), 0U);
}

TEST(SignalPlan, APermissiveGreenIsKeptApartFromAnExclusiveOne) {
  const auto network = signalled().seal();
  EXPECT_THAT(greens(*network, "WN"), ElementsAre(Pair(0, 20), Pair(20, 30)));
  const std::uint32_t first = network->green_begin[over(*network, "WN")];
  EXPECT_TRUE(network->green[first].permissive);
  EXPECT_FALSE(network->green[first + 1].permissive);
}

TEST(SignalPlan, TurnsOfASignalRiseWithTheirAspects) {
  const auto network = signalled().seal();
  const Signal& signal = network->signals.at(0);
  EXPECT_TRUE(std::ranges::is_sorted(signal.turns));
  for (std::size_t i = 0; i < signal.turns.size(); ++i) {
    EXPECT_EQ(network->turn_signal[signal.turns[i]], 0U);
    EXPECT_EQ(signal.stages[3].aspects[i] == exclusive, signal.turns[i] == over(*network, "NS"));
  }
  EXPECT_EQ(network->turn_signal[over(*network, "SN")], no_row);
}

TEST(SignalPlan, ATurnThatNoStageLetsGoGivesWayToAllThatConflict) {
  Drawing drawing = signalled();
  for (StagePart& stage : drawing.parts.signals[0].stages) stage.aspects[0] = red;
  std::vector<Repair> repairs;
  const auto network = drawing.seal(&repairs);
  EXPECT_THAT(rules(repairs), ElementsAre(Pair("no green", 1)));
  EXPECT_EQ(network->turn_signal[over(*network, "NS")], no_row);
  EXPECT_EQ(network->signals.at(0).turns.size(), 3U);
  for (const char* other : {"WE", "EW", "WN"}) {
    EXPECT_TRUE(gives_way(*network, "NS", other)) << other;
  }
  EXPECT_FALSE(gives_way(*network, "WE", "NS"));
}

TEST(SignalPlan, ASignalWithoutStagesOfAnyLengthIsTakenAway) {
  Drawing drawing = signalled();
  for (StagePart& stage : drawing.parts.signals[0].stages) stage.duration_s = 0;
  std::vector<Repair> repairs;
  const auto network = drawing.seal(&repairs);
  EXPECT_THAT(rules(repairs), ElementsAre(Pair("no cycle", 1)));
  EXPECT_TRUE(network->signals.empty());
  EXPECT_EQ(network->turn_signal[over(*network, "WE")], no_row);
}

TEST(SignalPlan, OfTwoSignalsOnATurnTheFirstRulesIt) {
  Drawing drawing = signalled();
  SignalPart second = drawing.parts.signals[0];
  second.id = "L";
  second.turns.push_back(4);
  for (StagePart& stage : second.stages) stage.aspects.push_back(exclusive);
  drawing.parts.signals.push_back(second);
  std::vector<Repair> repairs;
  const auto network = drawing.seal(&repairs);
  EXPECT_THAT(rules(repairs), ElementsAre(Pair("two signals", 4)));
  EXPECT_EQ(network->turn_signal[over(*network, "WE")], 0U);
  EXPECT_THAT(network->signals.at(1).turns, ElementsAre(over(*network, "SN")));
}

TEST(SignalPlan, TurnsThatAreDroppedTakeTheirAspectsAlong) {
  Drawing drawing = signalled();
  drawing.parts.turns[drawing.parts.signals[0].turns[1]].to = drawing.link_row("NX");
  const auto network = drawing.seal();
  EXPECT_THAT(greens(*network, "EW"), ElementsAre(Pair(0, 20)));
  EXPECT_THAT(greens(*network, "NS"), ElementsAre(Pair(32.5, 62.5)));
}

TEST(SignalPlan, AnActuatedStageHasALeastAndAMost) {
  Drawing drawing = signalled();
  SignalPart& part = drawing.parts.signals[0];
  part.kind = SignalKind::actuated;
  part.stages[0].least_s = 8;
  part.stages[0].most_s = 4;
  const auto network = drawing.seal();
  EXPECT_EQ(network->signals[0].kind, SignalKind::actuated);
  EXPECT_EQ(network->signals[0].stages[0].least, to_micros(8));
  EXPECT_EQ(network->signals[0].stages[0].most, to_micros(8)) << "not below the least";
}

TEST(SignalPlan, APermissiveTurnGivesWayAsWithoutTheSignal) {
  const auto network = signalled().seal();
  EXPECT_TRUE(gives_way(*network, "WN", "EW"));
  EXPECT_FALSE(gives_way(*network, "EW", "WN"));
}

}  // namespace
}  // namespace kontwin::traffic::testing
