// What entities decide in a branch, when the water of an engine or an order reaches them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/actors/branch_run.hpp"

namespace kontwin::testing {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

TEST(BranchRunner, RoadsCloseUnderWaterAndOpenAgainAndTheEnginesHearOfIt) {
  const Outcome outcome = run(branch_of(town(3)), flood(0.8));
  const std::size_t roads = town(3)->roads().links();
  const auto opened = outcome.kept.of(EventType::open_changed);
  std::size_t road_events = 0;
  for (const Event& event : opened) {
    if (event.entity.kind != Kind::road) continue;
    ++road_events;
    // 0.3 m is reached after 6 minutes; 0.1 m is left after 28.
    EXPECT_EQ(event.at, event.value == 0 ? start + 6min : start + 29min);
  }
  EXPECT_EQ(road_events, 2 * roads);
  EXPECT_EQ(outcome.kept.kpi("roads_closed"), double(roads));
  std::vector<std::uint32_t> closed;
  for (const TimedEdit& it : outcome.applied) {
    const auto* set = std::get_if<SetRoadOpen>(&it.edit);
    if (set != nullptr && !set->open) closed.push_back(set->road);
  }
  EXPECT_EQ(closed.size(), roads);
  EXPECT_TRUE(std::ranges::is_sorted(closed)) << "commands come in entity order";
}

TEST(BranchRunner, ARoadClosedByOrderStaysClosedWhenTheWaterHasGone) {
  Branch branch = branch_of(town(3));
  branch.edits = {{start + 1min, SetRoadOpen{0, false}}, {start + 10min, SetRoadOpen{1, false}}};
  const Outcome outcome = run(std::move(branch), flood(0.75));
  const StateTable& state = outcome.result.final_state;
  EXPECT_EQ(state.at({Kind::road, 0}, road_column::open), 0) << "ordered while it was dry";
  EXPECT_EQ(state.at({Kind::road, 1}, road_column::open), 0) << "ordered while it was under water";
  EXPECT_EQ(state.at({Kind::road, 2}, road_column::open), 1);
}

TEST(BranchRunner, ARoadThatWasUnderWaterAtTheForkOpensWhenItIsDry) {
  Branch branch = branch_of(town(3));
  branch.state.at({Kind::road, 0}, common_column::water_depth_m) = 0.4;
  branch.state.at({Kind::road, 0}, road_column::open) = 0;
  branch.state.at({Kind::road, 1}, road_column::open) = 0;  // dry: somebody's order
  const Outcome outcome = run(std::move(branch), {});
  EXPECT_EQ(outcome.result.final_state.at({Kind::road, 0}, road_column::open), 1);
  EXPECT_EQ(outcome.result.final_state.at({Kind::road, 1}, road_column::open), 0);
}

TEST(BranchRunner, AHospitalThatIsCutOffDivertsUntilItCanBeReached) {
  Branch branch = branch_of(town(3));
  const auto world = branch.world;
  const std::uint32_t junction = world->junction_of({Kind::hospital, 0});
  for (std::uint32_t road = 0; road < world->roads().links(); ++road) {
    if (world->roads().to[road] != junction) continue;
    branch.edits.push_back({start + 5min, SetRoadOpen{road, false}});
    branch.edits.push_back({start + 20min, SetRoadOpen{road, true}});
  }
  const Outcome outcome = run(std::move(branch), {});
  const auto events = outcome.kept.of(EventType::cut_off_changed);
  ASSERT_THAT(values(events), ElementsAre(1, 0));
  EXPECT_EQ(events[0].at, start + 5min);
  EXPECT_EQ(events[0].severity, Severity::alarm);
  EXPECT_EQ(events[1].at, start + 20min);
  EXPECT_EQ(outcome.kept.kpi("hospitals_cut_off"), 1);
  EXPECT_THAT(outcome.result.hospitals_cut_off, ElementsAre(0));
  EXPECT_EQ(outcome.result.commands, 2U);
  const Edit& first = outcome.applied[outcome.applied.size() / 2 - 1].edit;
  ASSERT_TRUE(std::holds_alternative<SetDiverting>(first));
  EXPECT_TRUE(std::get<SetDiverting>(first).diverting);
}

TEST(BranchRunner, AGaugeRaisesItsAlarmsAndWorksOutTheRise) {
  Branch branch = branch_of(town(3));
  branch.length = 3h;
  // 100 m to 103.6 m over three hours: 1.2 m/h.
  const Outcome outcome = run(std::move(branch), {.at = {start, start + 3h}, .value = {0, 3.6}});
  EXPECT_THAT(values(outcome.kept.of(EventType::alarm_level_changed)), ElementsAre(1, 2, 3));
  const StateTable& state = outcome.result.final_state;
  EXPECT_EQ(state.at({Kind::river_gauge, 0}, river_gauge_column::alarm_level), 3);
  EXPECT_NEAR(state.at({Kind::river_gauge, 0}, river_gauge_column::rise_mph), 1.2, 0.02);
}

TEST(BranchRunner, AGaugeThatStoodAboveALevelAtTheForkDoesNotRaiseItAgain) {
  Branch branch = branch_of(town(3));
  const EntityRef gauge{Kind::river_gauge, 0};
  branch.state.at(gauge, river_gauge_column::stage_m) = 101.2;
  branch.state.at(gauge, river_gauge_column::alarm_level) = 1;
  const Outcome outcome =
      run(std::move(branch), {.at = {start, start + 30min}, .value = {1.2, 2.1}});
  EXPECT_THAT(values(outcome.kept.of(EventType::alarm_level_changed)), ElementsAre(2));
}

TEST(BranchRunner, AFloodedSubstationPutsWhatItFeedsOnItsOwnInTheSameWindow) {
  WorldParts parts = town_parts(3);
  // Feeds the hospital; stands alone in the water, at the foot of the slope.
  parts.add(Kind::power_facility, {.urn = "urn:ngsi-ld:PowerFacility:test-0",
                                   .name = "Substation",
                                   .place = {0, 0},
                                   .commune_code = "T1",
                                   .attributes = {1000}});
  const Outcome outcome = run(branch_of(World::seal(std::move(parts))), flood(0.75), 0.01);
  const auto events = outcome.kept.of(EventType::working_changed);
  ASSERT_THAT(values(events), ElementsAre(0, 1));
  EXPECT_EQ(events[0].at, start + 10min);
  // Ten minutes in, the frame shows the hospital on its generator; at the end, on the mains.
  const StateTable resting(*town(3));
  const EntityRef hospital{Kind::hospital, 0};
  EXPECT_EQ(outcome.result.final_state.at(hospital, hospital_column::on_backup), 0);
  const std::size_t frame = outcome.kept.cells.size() / outcome.kept.frames_at.size();
  const std::size_t cell = outcome.result.final_state.cell(hospital, hospital_column::on_backup);
  EXPECT_EQ(outcome.kept.cells[1 * frame + cell], 1);
}

}  // namespace kontwin::testing
