#include <gmock/gmock.h>

#include <limits>

#include "tests/scenarios/evacuation/crowd/crowd_run_case.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd::test {
namespace {

using Newcomer = CrowdSimulation::Newcomer;

/// A square of 20 x 10 m with a gate of 2 m in the west (exit 0) and one in the east (exit 1).
Building square() {
  Building building;
  building.surfaces = {floor("square", rectangle(0, 0, 20, 10))};
  building.exits = {exit("west", 0, {0, 4}, {0, 6}), exit("east", 0, {20, 4}, {20, 6})};
  return building;
}

/// People who come to a gate at a moment and are to leave by the other.
std::vector<Newcomer> who_cross(std::size_t count, double at_s, std::uint32_t by = 0,
                                std::uint64_t seed = 1) {
  std::vector<Newcomer> all(count);
  for (std::size_t i = 0; i < count; ++i) {
    RandomStream random(seed, i);
    all[i] = {.person = draw(weidmann(), random), .by = by, .at_s = at_s};
    all[i].person.instructed_exit = 1 - by;
  }
  return all;
}

TEST(CrowdNewcomers, ComeInWhenTheyAreThereAndLeaveOnTheOtherSide) {
  CrowdRun run(square(), {});
  std::vector<Newcomer> one = who_cross(1, 30);
  one[0].person.speed_mps = 1.25F;
  run.crowd.admit(one);
  run.crowd.advance(29);
  EXPECT_EQ(run.crowd.state(0).status, Status::waiting);
  EXPECT_EQ(run.crowd.count().all(), 1U);
  EXPECT_TRUE(run.crowd.anybody_moves());
  EXPECT_NEAR(run.until_empty(), 30 + 20 / 1.25, 0.5);
  EXPECT_NEAR(run.crowd.state(0).set_out_s, 30, 0.051);
  EXPECT_EQ(run.crowd.state(0).exit, 1U);
}

TEST(CrowdNewcomers, AreAllAccountedForAndComeInAsTheyCame) {
  CrowdRun run(square(), people_in(0, rectangle(5, 1, 15, 9), 40));
  run.crowd.advance(3);
  for (const std::uint32_t by : {0U, 1U}) run.crowd.admit(who_cross(100, 5, by, by + 1));
  for (int second = 4; second <= 300; ++second) {
    run.crowd.advance(second);
    ASSERT_EQ(run.crowd.count().all(), 240U) << second;
    if (second <= 5) {
      ASSERT_EQ(run.crowd.count().waiting, 200U);
    }
  }
  EXPECT_EQ(run.crowd.count().out, 240U);
  for (std::size_t i = 0; i < 240; ++i) {
    const PersonState state = run.crowd.state(i);
    if (i >= 40) {
      EXPECT_EQ(state.exit, i < 140 ? 1U : 0U) << i;
    }
    if (i >= 40 && i != 139 && i != 239) {
      EXPECT_LE(state.set_out_s, run.crowd.state(i + 1).set_out_s);
    }
  }
}

TEST(CrowdNewcomers, FindNoMoreRoomThanAGateHas) {
  CrowdRun run(square(), {});
  run.crowd.admit(who_cross(200, 0));
  EXPECT_LT(run.until_empty(), 200 / (2 * 1.0) + 30);
  const double last_s = run.crowd.state(199).set_out_s, first_s = run.crowd.state(20).set_out_s;
  // As many as pass a door of its width, and not all at once.
  EXPECT_GT(179 / (last_s - first_s) / 2, 1.0);
  EXPECT_LT(179 / (last_s - first_s) / 2, 2.1);
}

TEST(CrowdNewcomers, AreHeldByThePrescribedFlowOfTheirGate) {
  Building building = square();
  building.exits[0].flow_limit_ppsm = 0.25;
  CrowdRun run(building, {});
  run.crowd.admit(who_cross(20, 0));
  run.until_empty();
  EXPECT_NEAR((run.crowd.state(19).set_out_s - run.crowd.state(0).set_out_s) / 19, 2, 0.1);
}

TEST(CrowdNewcomers, WaitBeforeAGateThatIsShut) {
  Building building = square();
  building.exits[0].open.opens_s = 60;
  CrowdRun run(building, {});
  run.crowd.admit(who_cross(3, 10));
  run.crowd.advance(50);
  EXPECT_EQ(run.crowd.count().waiting, 3U);
  run.until_empty(120);
  EXPECT_EQ(run.crowd.count().out, 3U);
  EXPECT_GE(run.crowd.state(0).set_out_s, 60);
  // Nobody can come in any more: time without end has one.
  run.crowd.set_exit_open(0, false);
  run.crowd.admit(who_cross(1, 0));
  run.crowd.advance(std::numeric_limits<double>::infinity());
  EXPECT_EQ(run.crowd.count().waiting, 1U);
}

TEST(CrowdNewcomers, StandAmongOthersFromNowOnAndKeepTogether) {
  CrowdRun run(square(), {person_at(0, {1, 1}, 0.5F)});
  run.crowd.advance(2);
  std::vector<Newcomer> two(2);
  for (Newcomer& one : two) {
    one.person = person_at(0, {8, 5});
    one.person.group = 7;
    one.person.premovement_s = 10;
  }
  two[1].person.place = {9, 5};
  two[1].person.speed_mps = 0.8F;
  two[1].person.mobility = Mobility::wheelchair;
  run.crowd.admit(two);
  EXPECT_EQ(run.crowd.state(1).place, (LocalPoint{8, 5}));
  run.until_empty();
  EXPECT_EQ(run.crowd.count().out, 3U);
  EXPECT_NEAR(run.crowd.state(1).set_out_s, 12, 0.1);
  EXPECT_NEAR(run.crowd.state(1).ended_s, 12 + 9 / 0.8, 2);
}

TEST(CrowdNewcomers, GiveTheSameBitsOnOneAndOnTwoThreads) {
  const auto run = [](std::size_t threads) {
    auto made = std::make_unique<CrowdRun>(square(), people_in(0, rectangle(1, 1, 19, 9), 300),
                                           CrowdOptions{}, threads);
    for (int second = 1; second <= 60; ++second) {
      made->crowd.admit(who_cross(4, second + 0.4, static_cast<std::uint32_t>(second % 2), second));
      made->crowd.advance(second);
    }
    return made;
  };
  const auto one = run(1), two = run(2);
  for (std::size_t i = 0; i < one->crowd.size(); ++i) {
    const PersonState a = one->crowd.state(i), b = two->crowd.state(i);
    ASSERT_EQ(a.place, b.place);
    ASSERT_EQ(a.status, b.status);
    ASSERT_EQ(a.ended_s, b.ended_s);
  }
}

TEST(CrowdNewcomers, WithoutAnEntranceOrAPlaceAreRefusedAndNobodyIsTaken) {
  CrowdRun run(square(), {});
  std::vector<Newcomer> two = who_cross(2, 0);
  two[1].by = 2;
  EXPECT_THROW(run.crowd.admit(two), ScenarioError);
  two[1].by = none;
  two[1].person.place = {50, 50};
  EXPECT_THROW(run.crowd.admit(two), ScenarioError);
  EXPECT_EQ(run.crowd.count().all(), 0U);
}

}  // namespace
}  // namespace kontwin::crowd::test
