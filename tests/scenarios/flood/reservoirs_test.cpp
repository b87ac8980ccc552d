#include "scenarios/flood/reservoirs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/scenarios/flood/flood_world.hpp"
#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {
namespace {

using kontwin::testing::message_of;
using kontwin::testing::noon;
using kontwin::testing::steady;
using ::testing::AllOf;
using ::testing::HasSubstr;

const EntityRef dam{Kind::reservoir, 0};

/// The valley's dam: dead level 120 m with 5 hm³, full at 150 m with 30 hm³, known at `level_m`
/// with 100 m³/s coming in and going out.
Branch at_level(double level_m) {
  Branch branch = kontwin::testing::branch_of(kontwin::testing::valley());
  branch.state.at(dam, reservoir_column::level_m) = level_m;
  branch.state.at(dam, reservoir_column::inflow_m3ps) = 100;
  branch.state.at(dam, reservoir_column::outflow_m3ps) = 100;
  return branch;
}

void run(Reservoirs& reservoirs, Branch& branch, int minutes, int from_minute = 0) {
  for (int minute = from_minute; minute < from_minute + minutes; ++minute) {
    const Instant begin = noon + std::chrono::minutes(minute);
    reservoirs.advance(branch.state, begin, begin + std::chrono::minutes(1));
  }
  const Balance balance = reservoirs.balance();
  EXPECT_LE(std::abs(balance.error()), balance.tolerance);
}

double outflow(const Branch& branch) {
  return branch.state.at(dam, reservoir_column::outflow_m3ps);
}

TEST(Reservoirs, AStorageTableSaysWhatALevelHolds) {
  Branch branch = at_level(140);
  const ReservoirWorks works{.storage_m_m3 = {{120, 5e6}, {140, 10e6}, {150, 30e6}}};
  Reservoirs reservoirs(branch, {works});
  reservoirs.set_release(0, 0);
  run(reservoirs, branch, 600);
  EXPECT_NEAR(branch.state.at(dam, reservoir_column::volume_m3), 10e6 + 100 * 36000, 1);
  EXPECT_NEAR(branch.state.at(dam, reservoir_column::level_m), 140 + 3.6 / 2, 1e-6);
}

TEST(Reservoirs, GatesPassWhatTheirOpeningAndHeadSayAndAnOrderGoesFirst) {
  Branch branch = at_level(140);
  ReservoirWorks works{.gates = {{.count = 2, .sill_m = 130, .width_m = 5, .height_m = 4}}};
  works.gate_opening = {{noon, noon + std::chrono::hours(1)}, {0, 0.5}, TimeSeries::Between::hold};
  Reservoirs reservoirs(branch, {works});
  run(reservoirs, branch, 60);
  EXPECT_EQ(outflow(branch), 0);
  run(reservoirs, branch, 1, 60);
  const double head_m = branch.state.at(dam, reservoir_column::level_m) - 130;
  EXPECT_NEAR(outflow(branch), 0.6 * 10 * 2 * std::sqrt(2 * 9.80665 * (head_m - 0.6 * 2)), 0.1);
  EXPECT_EQ(reservoirs.outflow_m3ps(0), reservoirs.planned_m3ps(0)) << "as planned";
  reservoirs.set_gate(0, 1);
  run(reservoirs, branch, 1, 61);
  EXPECT_NEAR(outflow(branch), 0.6 * 10 * 4 * std::sqrt(2 * 9.80665 * (head_m - 0.6 * 4)), 0.1);
  EXPECT_GT(reservoirs.outflow_m3ps(0), reservoirs.planned_m3ps(0) + 50);
  reservoirs.set_release(0, 7);
  run(reservoirs, branch, 1, 62);
  EXPECT_EQ(outflow(branch), 7);
  reservoirs.set_release(0, std::nan(""));
  reservoirs.set_gate(0, std::nan(""));
  run(reservoirs, branch, 1, 63);
  EXPECT_NEAR(outflow(branch), reservoirs.planned_m3ps(0), 0.1);
}

TEST(Reservoirs, ASpillwayRunsByItselfUntilItPassesWhatComesIn) {
  Branch branch = at_level(150);
  branch.state.at(dam, reservoir_column::inflow_m3ps) = 1500;
  branch.forcing.reservoir_outflow_m3ps.emplace_back(0, steady(100));
  const ReservoirWorks works{.spill_crest_m = 149, .spill_width_m = 100, .spill_coefficient = 1.28};
  Reservoirs reservoirs(branch, {works});
  run(reservoirs, branch, 1);
  EXPECT_NEAR(outflow(branch), 100 + 1.28 * 170.5, 3);
  run(reservoirs, branch, 24 * 60, 1);
  EXPECT_NEAR(outflow(branch), 1500, 1);
  EXPECT_NEAR(branch.state.at(dam, reservoir_column::level_m),
              149 + std::pow(1400 / (1.28 * 170.5), 2.0 / 3), 0.01);
}

TEST(Reservoirs, ARuleSaysWhatGoesOutAtEachLevelAndInflowMayChange) {
  Branch branch = at_level(140);
  ReservoirWorks works{.rule_m_m3ps = {{120, 0}, {140, 200}, {150, 1000}}};
  works.inflow_m3ps = {{noon, noon + std::chrono::hours(2)}, {0, 720}};
  Reservoirs reservoirs(branch, {works});
  run(reservoirs, branch, 1);
  EXPECT_NEAR(outflow(branch), 200, 0.1);
  run(reservoirs, branch, 119, 1);
  EXPECT_NEAR(branch.state.at(dam, reservoir_column::inflow_m3ps), 720, 4);
  EXPECT_NEAR(reservoirs.balance().entered, 360 * 7200, 1);
}

TEST(Reservoirs, ADamThatBreaksEmptiesThroughItsBreachToItsBottom) {
  Branch branch = at_level(140);
  Reservoirs reservoirs(branch, {});
  StartBreach breach;
  breach.reservoir = 0;
  breach.bottom_m = 130;
  reservoirs.start_breach(breach, noon);
  double highest = 0;
  int when = 0;
  for (int minute = 0; minute < 12 * 60; ++minute) {
    run(reservoirs, branch, 1, minute);
    if (outflow(branch) > highest) when = minute;
    highest = std::max(highest, outflow(branch));
  }
  // 8.33 hm³ over the bottom, 20 m from the crest: 61 m wide in the end, by Froehlich in 49 min.
  EXPECT_GT(highest, 1500);
  EXPECT_LT(highest, 1.71 * 61 * std::pow(10, 1.5) + 1.35 * std::pow(10, 2.5));
  EXPECT_GT(when, 15);
  EXPECT_LT(when, 60);
  EXPECT_NEAR(branch.state.at(dam, reservoir_column::level_m), 131, 0.7) << "its inflow runs out";
  EXPECT_GT(reservoirs.outflow_m3ps(0), 90);
}

TEST(Reservoirs, ADamBreaksWhenItsWaterReachesTheLevelThatIsGiven) {
  Branch branch = at_level(140);
  Reservoirs reservoirs(branch, {});
  reservoirs.set_release(0, 0);
  StartBreach breach;
  breach.reservoir = 0;
  breach.bottom_m = 130;
  breach.at_level_m = 141;
  reservoirs.start_breach(breach, noon);
  int minute = 0;
  do {
    run(reservoirs, branch, 1, minute++);
  } while (outflow(branch) < 1 && minute < 48 * 60);
  ASSERT_LT(minute, 48 * 60);
  EXPECT_GE(branch.state.at(dam, reservoir_column::level_m), 140.9);
  EXPECT_LE(branch.state.at(dam, reservoir_column::level_m), 141.3)
      << "the breach comes down to the water in some twenty minutes";
  run(reservoirs, branch, 12 * 60, minute);
  EXPECT_LT(branch.state.at(dam, reservoir_column::level_m), 135);
  breach.bottom_m = 160;
  EXPECT_THAT(message_of<ScenarioError>([&] { reservoirs.start_breach(breach, noon); }),
              HasSubstr("does not lie below the crest"));
}

TEST(Reservoirs, RefusesWorksAndEditsThatMakeNoSense) {
  const Branch branch = at_level(140);
  const auto refusal = [&](const ReservoirWorks& works) {
    return message_of<ScenarioError>([&] { Reservoirs reservoirs(branch, {works}); });
  };
  EXPECT_THAT(refusal({.storage_m_m3 = {{120, 5e6}, {110, 6e6}}}),
              AllOf(HasSubstr("Reservoir:dam"), HasSubstr("storage: point 2"), HasSubstr("level")));
  EXPECT_THAT(refusal({.storage_m_m3 = {{120, 5e6}, {130, 4e6}}}), HasSubstr("volume"));
  EXPECT_THAT(refusal({.gate_opening = steady(0.5)}), HasSubstr("no gates are given"));
  EXPECT_THAT(refusal({.gates = {{.width_m = 1, .height_m = 1}}, .gate_opening = steady(2)}),
              HasSubstr("a share from 0 to 1"));
  EXPECT_THAT(refusal({.reservoir = 9}), HasSubstr("no reservoir in row 9"));
  Reservoirs reservoirs(branch, {});
  EXPECT_THAT(message_of<ScenarioError>([&] { reservoirs.set_gate(0, 0.5); }),
              HasSubstr("no gates of urn:ngsi-ld:Reservoir:dam are known"));
  EXPECT_THAT(message_of<ScenarioError>([&] { reservoirs.set_gate(3, 0.5); }),
              HasSubstr("no reservoir in row 3"));
  StartBreach breach;
  breach.reservoir = 0;
  breach.bottom_m = 160;
  EXPECT_THAT(message_of<ScenarioError>([&] { reservoirs.start_breach(breach, noon); }),
              HasSubstr("does not lie below the crest"));
}

}  // namespace
}  // namespace kontwin::flood
