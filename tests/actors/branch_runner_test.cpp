#include "actors/branch_runner.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cstring>
#include <thread>

#include "tests/actors/branch_run.hpp"
#include "twin/error.hpp"

namespace kontwin::testing {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(BranchRunner, ShowsTheFirstFrameOneEverySoOftenAndTheLast) {
  Branch branch = branch_of(town(3));
  branch.length = 25min;
  const Outcome outcome = run(std::move(branch), {});
  EXPECT_EQ(outcome.kept.began, "test");
  EXPECT_THAT(outcome.kept.frames_at,
              ElementsAre(start, start + 10min, start + 20min, start + 25min));
  EXPECT_EQ(outcome.kept.movers, 4U) << "engines show themselves in each";
}

TEST(BranchRunner, LeadsEnginesInBeforeTheStartAndTellsOnlyThenWhatCameOfIt) {
  Branch branch = branch_of(town());
  branch.lead_in = 3min;
  branch.length = 10min;
  branch.edits = {{start - 1min, SetRoadOpen{2, false}}};
  const TimeSeries rising{.at = {start - 3min, start}, .value = {0, 2}};
  const Outcome outcome = run(branch, rising);
  EXPECT_THAT(outcome.led_in, ElementsAre(start - 3min, start - 2min, start - 1min));
  EXPECT_EQ(outcome.kept.frames_at.front(), start);
  ASSERT_FALSE(outcome.kept.all_events.empty());
  for (const Event& event : outcome.kept.all_events) EXPECT_GE(event.at, start);
  EXPECT_THAT(values(outcome.kept.of(EventType::open_changed)), ::testing::Each(0))
      << "the water that stands on the roads at the start closes them then";
  EXPECT_EQ(outcome.applied.front().at, start);
}

TEST(BranchRunner, RefusesALeadInThatIsNoWholeNumberOfWindows) {
  Branch branch = branch_of(town(3));
  branch.lead_in = 90s;
  EXPECT_THROW(run(std::move(branch), {}), ScenarioError);
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

}  // namespace kontwin::testing
