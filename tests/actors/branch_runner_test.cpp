#include "actors/branch_runner.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cstring>
#include <thread>

#include "tests/actors/bathtub.hpp"
#include "tests/support/small_world.hpp"
#include "twin/error.hpp"

namespace kontwin::testing {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

namespace {

constexpr Instant start{std::chrono::sys_days{std::chrono::year{2025} / 11 / 18}};

Branch branch_of(std::shared_ptr<const World> world) {
  Branch branch;
  branch.name = "test";
  branch.state = StateTable(*world);
  // As the mirror knew it: the gauges' zero is at 100 m.
  std::ranges::fill(branch.state.column(Kind::river_gauge, river_gauge_column::stage_m), 100);
  branch.world = std::move(world);
  branch.start = start;
  branch.length = 30min;
  branch.window = 1min;
  branch.frame_every = 10min;
  return branch;
}

/// Rises from 0 to `top_m` in the first half of half an hour and falls back in the second.
TimeSeries flood(double top_m) {
  return {.at = {start, start + 15min, start + 30min}, .value = {0, top_m, 0}};
}

struct Outcome {
  RunResult result;
  Keeper kept;
  std::vector<TimedEdit> applied;
};

Outcome run(Branch branch, TimeSeries level_m, double slope = 0, unsigned threads = 2) {
  BranchRunner runner(threads);
  std::vector<std::unique_ptr<Engine>> engines;
  engines.push_back(std::make_unique<Bathtub>(branch.world, std::move(level_m), slope));
  Outcome outcome;
  RunSink* sinks[] = {&outcome.kept};
  outcome.result = runner.run(std::move(branch), engines, sinks);
  outcome.applied = dynamic_cast<Bathtub&>(*engines.front()).applied;
  return outcome;
}

std::vector<double> values(const std::vector<Event>& events) {
  std::vector<double> all;
  for (const Event& event : events) all.push_back(event.value);
  return all;
}

}  // namespace

TEST(BranchRunner, ShowsTheFirstFrameOneEverySoOftenAndTheLast) {
  Branch branch = branch_of(town(3));
  branch.length = 25min;
  const Outcome outcome = run(std::move(branch), {});
  EXPECT_EQ(outcome.kept.began, "test");
  EXPECT_THAT(outcome.kept.frames_at,
              ElementsAre(start, start + 10min, start + 20min, start + 25min));
  EXPECT_EQ(outcome.kept.movers, 4U) << "engines show themselves in each";
}

TEST(BranchRunner, TellsHowFarItIs) {
  Branch branch = branch_of(town(3));
  branch.length = 4min;
  std::vector<double> shares;
  BranchRunner(1).run(std::move(branch), {}, {}, [&](double share) { shares.push_back(share); });
  EXPECT_THAT(shares, ElementsAre(0.25, 0.5, 0.75, 1));
}

TEST(BranchRunner, AQuietBranchHasNoEventsAndNoActors) {
  const Outcome outcome = run(branch_of(town()), flood(0.05));
  EXPECT_THAT(outcome.kept.all_events, IsEmpty());
  EXPECT_EQ(outcome.result.actors_spawned, 0U);
  EXPECT_EQ(outcome.result.commands, 0U);
}

TEST(BranchRunner, OnlyEntitiesThatSomethingHappensToHaveAnActor) {
  Branch branch = branch_of(town());
  branch.edits = {{start, SetRoadOpen{3, false}}, {start + 5min, OrderEvacuation{{4, 7}}}};
  const Outcome outcome = run(std::move(branch), {});
  EXPECT_EQ(outcome.result.actors_spawned, 3U);
  EXPECT_THAT(values(outcome.kept.of(EventType::evacuation_ordered)), ElementsAre(100, 100));
}

TEST(BranchRunner, MakesEditsAtTheStartOfTheirWindowAndTellsTheEngines) {
  Branch branch = branch_of(town());
  branch.edits = {{start + 2min, SetRoadOpen{1, false}},
                  {start - 1h, SetRoadOpen{2, false}},
                  {start + 90s, SetSpeedLimit{5, 4}}};
  const Outcome outcome = run(std::move(branch), {});
  const auto events = outcome.kept.of(EventType::edit_applied);
  ASSERT_THAT(events, SizeIs(3));
  EXPECT_EQ(events[0].at, start);
  EXPECT_EQ(events[0].value, 1) << "the position in the branch as given";
  EXPECT_EQ(events[0].entity, (EntityRef{Kind::road, 2}));
  EXPECT_EQ(events[1].at, start + 2min);
  EXPECT_EQ(events[2].at, start + 2min) << "inside a window: made when the next begins";
  ASSERT_THAT(outcome.applied, SizeIs(3));
  EXPECT_EQ(outcome.applied[0].at, start);
  EXPECT_EQ(outcome.result.final_state.at({Kind::road, 5}, road_column::speed_limit_mps), 4);
  EXPECT_THAT(values(outcome.kept.of(EventType::open_changed)), ElementsAre(0, 0));
}

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

TEST(BranchRunner, GivesTheSameFramesAndEventsOnOneThreadAndOnTwo) {
  const auto busy = [] {
    Branch branch = branch_of(town(12));
    branch.edits = {{start + 3min, SetRoadOpen{7, false}},
                    {start + 4min, OrderEvacuation{{1, 2, 3}}}};
    return branch;
  };
  const Outcome one = run(busy(), flood(2.5), 0.0005, 1);
  const Outcome two = run(busy(), flood(2.5), 0.0005, 2);
  ASSERT_GT(one.kept.all_events.size(), 1000U);
  ASSERT_EQ(one.kept.cells.size(), two.kept.cells.size());
  EXPECT_EQ(std::memcmp(one.kept.cells.data(), two.kept.cells.data(),
                        one.kept.cells.size() * sizeof(double)),
            0);
  ASSERT_EQ(one.kept.all_events.size(), two.kept.all_events.size());
  for (std::size_t i = 0; i < one.kept.all_events.size(); ++i) {
    const Event& a = one.kept.all_events[i];
    const Event& b = two.kept.all_events[i];
    ASSERT_TRUE(a.at == b.at && a.entity == b.entity && a.type == b.type &&
                std::bit_cast<std::uint64_t>(a.value) == std::bit_cast<std::uint64_t>(b.value) &&
                a.severity == b.severity);
  }
  ASSERT_EQ(one.applied.size(), two.applied.size());
  for (std::size_t i = 0; i < one.applied.size(); ++i) {
    ASSERT_EQ(one.applied[i].edit.index(), two.applied[i].edit.index());
  }
}

TEST(BranchRunner, EventsOfOneMomentAreSortedByEntity) {
  const Outcome outcome = run(branch_of(town(5)), flood(2.5), 0.0005);
  const auto& events = outcome.kept.all_events;
  ASSERT_FALSE(events.empty());
  for (std::size_t i = 1; i < events.size(); ++i) {
    ASSERT_LE(events[i - 1].at, events[i].at);
    ASSERT_FALSE(events[i - 1].at == events[i].at && before(events[i], events[i - 1]));
  }
  EXPECT_EQ(outcome.result.events, events.size());
}

TEST(BranchRunner, RunsSeveralBranchesAtTheSameTime) {
  BranchRunner runner(2);
  std::vector<Keeper> kept(4);
  {
    std::vector<std::jthread> threads;
    for (Keeper& keeper : kept) {
      threads.emplace_back([&runner, &keeper] {
        Branch branch = branch_of(town(6));
        std::vector<std::unique_ptr<Engine>> engines;
        engines.push_back(std::make_unique<Bathtub>(branch.world, flood(2.5), 0.0005));
        RunSink* sinks[] = {&keeper};
        runner.run(std::move(branch), engines, sinks);
      });
    }
  }
  for (const Keeper& keeper : kept) {
    ASSERT_FALSE(keeper.all_events.empty());
    EXPECT_EQ(keeper.all_events.size(), kept.front().all_events.size());
    EXPECT_EQ(std::memcmp(keeper.cells.data(), kept.front().cells.data(),
                          keeper.cells.size() * sizeof(double)),
              0);
  }
}

namespace {

/// What run() throws, as text.
template <typename Make>
std::string error_of(Branch branch, Make make_engine, RunSink* sink = nullptr) {
  std::vector<std::unique_ptr<Engine>> engines;
  engines.push_back(make_engine(branch.world));
  std::vector<RunSink*> sinks;
  if (sink != nullptr) sinks.push_back(sink);
  try {
    BranchRunner(2).run(std::move(branch), engines, sinks);
  } catch (const std::exception& error) {
    return error.what();
  }
  return "";
}

std::unique_ptr<Engine> calm(std::shared_ptr<const World> world) {
  return std::make_unique<Bathtub>(std::move(world), TimeSeries{}, 0);
}

}  // namespace

TEST(BranchRunner, AnEngineThatLosesWaterIsNamedWithItsFigures) {
  const std::string error = error_of(branch_of(town(3)), [](const auto& world) {
    auto leaking = std::make_unique<Bathtub>(world, flood(0.5), 0);
    leaking->leak = 0.25;
    return leaking;
  });
  EXPECT_THAT(error, HasSubstr("engine flood: water"));
  EXPECT_THAT(error, HasSubstr("2025-11-18T07:01:00+07:00"));
  EXPECT_THAT(error, HasSubstr("off by 0.25"));
}

TEST(BranchRunner, WhatAnEngineThrowsSurfaces) {
  Branch branch = branch_of(town(3));
  branch.edits = {{start, AddBarrier{{{0, 0}, {10, 0}}, 1}}};
  EXPECT_EQ(error_of(std::move(branch), calm), "a tub takes no barrier");
}

TEST(BranchRunner, WhatASinkThrowsSurfaces) {
  class Full : public Keeper {
    void frame(const Frame&) override { throw Error("the disk is full"); }
  } full;
  EXPECT_EQ(error_of(branch_of(town(3)), calm, &full), "the disk is full");
}

TEST(BranchRunner, RefusesABranchThatCannotRun) {
  Branch no_window = branch_of(town(3));
  no_window.window = Duration{0};
  EXPECT_THAT(error_of(std::move(no_window), calm), HasSubstr("window"));
  Branch odd_frames = branch_of(town(3));
  odd_frames.frame_every = 90s;
  EXPECT_THAT(error_of(std::move(odd_frames), calm), HasSubstr("whole windows"));
  Branch other_state = branch_of(town(3));
  other_state.state = StateTable(*town(4));
  EXPECT_THAT(error_of(std::move(other_state), calm), HasSubstr("not a state of its world"));
}

}  // namespace kontwin::testing
