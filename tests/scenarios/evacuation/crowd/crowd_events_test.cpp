// What happens while people leave: doors, blockages, smoke, water, announcements.

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "scenarios/evacuation/crowd/ground_grid.hpp"
#include "scenarios/evacuation/crowd/plan_geometry.hpp"
#include "tests/scenarios/evacuation/crowd/crowd_run_case.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd::test {
namespace {

TEST(CrowdEvents, APrescribedFlowHoldsPeopleBackAtTheDoor) {
  Building building = room();
  building.exits[0].flow_limit_ppsm = 0.5;
  CrowdRun run(building, people_in(0, rectangle(0.5, 0.5, 9.5, 9.5), 60));
  std::vector<double> out_s;
  run.until_empty();
  for (std::size_t i = 0; i < 60; ++i) out_s.push_back(run.crowd.state(i).ended_s);
  std::sort(out_s.begin(), out_s.end());
  EXPECT_NEAR((out_s[50] - out_s[10]) / 40, 2.0, 0.05);
}

TEST(CrowdEvents, ADoorThatShutsSendsPeopleToTheOther) {
  Building building = room();
  building.exits.push_back(exit("back", 0, {0, 4.5}, {0, 5.5}));
  building.exits[0].open.closes_s = 5;
  CrowdRun run(building, people_in(0, rectangle(6, 1, 9.5, 9), 40));
  run.until_empty();
  const CrowdCount count = run.crowd.count();
  EXPECT_EQ(count.out, 40U);
  std::size_t by_back = 0;
  for (std::size_t i = 0; i < 40; ++i) {
    const PersonState state = run.crowd.state(i);
    if (state.exit == 1) ++by_back;
    if (state.exit == 0) {
      EXPECT_LE(state.ended_s, 5.1);
    }
  }
  EXPECT_GT(by_back, 20U);
}

TEST(CrowdEvents, WhoHasNoOpenWayIsStuckUntilOneOpens) {
  Building building = room();
  building.exits[0].open.opens_s = 30;
  CrowdRun run(building, {person_at(0, {5, 5})});
  run.crowd.advance(20);
  EXPECT_EQ(run.crowd.state(0).status, Status::stuck);
  EXPECT_EQ(run.crowd.why_stuck(0), "every exit is shut");
  run.crowd.advance(60);
  EXPECT_EQ(run.crowd.state(0).status, Status::out);
  EXPECT_GT(run.crowd.state(0).ended_s, 30);
}

TEST(CrowdEvents, ABlockageInTheWayIsWalkedAround) {
  Building building = corridor(20, 6);
  building.blockages.push_back({"fire", 0, rectangle(9, 0, 11, 4), {3, never_s}});
  CrowdRun run(building, {person_at(0, {1, 2})});
  double highest = 0;
  while (run.crowd.anybody_moves() && run.crowd.now_s() < 60) {
    run.crowd.advance(run.crowd.now_s() + 0.1);
    const PersonState state = run.crowd.state(0);
    if (state.place.x_m > 9 && state.place.x_m < 11) highest = std::max(highest, state.place.y_m);
  }
  EXPECT_EQ(run.crowd.state(0).status, Status::out);
  EXPECT_GT(highest, 4);
}

TEST(CrowdEvents, WhoeverABlockageAppearsOverStepsOutOrIsCaught) {
  Building building;
  building.surfaces = {floor("hall", rectangle(0, 0, 14, 14))};
  building.exits = {exit("out", 0, {14, 4}, {14, 6})};
  building.blockages.push_back({"fire", 0, rectangle(2, 2, 12, 12), {2, never_s}});
  // One at the rim, two at one place, one that has not set out, one in the middle.
  std::vector<Person> people{person_at(0, {2.5, 7}), person_at(0, {7, 11.2}),
                             person_at(0, {7.1, 11.2}), person_at(0, {11, 4}),
                             person_at(0, {7, 7})};
  for (Person& person : people) person.premovement_s = 10;
  people[3].premovement_s = 1000;
  CrowdRun run(building, people);
  run.crowd.advance(2.5);
  for (std::size_t i = 0; i < 4; ++i) {
    const PersonState state = run.crowd.state(i);
    EXPECT_FALSE(contains(building.blockages[0].shape, state.place)) << i;
    EXPECT_LT(distance_m(people[i].place, state.place), 3) << i;
  }
  EXPECT_GT(distance_m(run.crowd.state(1).place, run.crowd.state(2).place), 0.2);
  const PersonState caught = run.crowd.state(4);
  EXPECT_EQ(caught.status, Status::caught);
  EXPECT_NEAR(caught.ended_s, 2, 0.1);
  EXPECT_LT(distance_m(caught.place, people[4].place), 0.01);
  EXPECT_EQ(run.crowd.why_caught(4),
            "caught under blockage 'fire', which appeared over where it was");
  run.until_empty();
  EXPECT_EQ(run.crowd.count().out, 4U);
  EXPECT_EQ(run.crowd.count().caught, 1U);
}

TEST(CrowdEvents, NobodyStepsOutOfABlockageThroughAWall) {
  Building building;
  building.surfaces = {floor("room", rectangle(0, 0, 10, 10))};
  building.surfaces[0].shape.holes = {{{4, 0.5}, {4.2, 0.5}, {4.2, 9.5}, {4, 9.5}}};
  building.exits = {exit("out", 0, {10, 4}, {10, 5})};
  building.blockages.push_back({"fallen wall", 0, rectangle(1, 1, 4, 9), {1, never_s}});
  CrowdRun run(building, {person_at(0, {3.8, 5})});
  run.crowd.advance(0.5);
  run.crowd.advance(1.2);
  // 0.4 m away behind the wall there is room; on this side it is at (0.8, 5).
  EXPECT_LT(run.crowd.state(0).place.x_m, 4);
  EXPECT_NE(run.crowd.state(0).status, Status::out);
}

TEST(CrowdEvents, ALoudspeakerMakesThoseWithinReachSetOut) {
  Person near = person_at(0, {2, 5}), far = person_at(0, {8, 5});
  near.premovement_s = far.premovement_s = 100;
  CrowdOptions options;
  options.announcements.push_back({0, {1, 5}, 3, {10, never_s}, true, none});
  CrowdRun run(room(), {near, far}, options);
  run.until_empty();
  EXPECT_NEAR(run.crowd.state(0).set_out_s, 10, 0.6);
  EXPECT_NEAR(run.crowd.state(1).set_out_s, 100, 0.1);
}

TEST(CrowdEvents, WhatOneOfAGroupHearsMakesAllOfItSetOut) {
  Person hears = person_at(0, {2, 5}), with = person_at(0, {8, 5}), other = person_at(0, {8, 7});
  hears.premovement_s = with.premovement_s = other.premovement_s = 60;
  hears.group = with.group = 1;
  CrowdOptions options;
  options.announcements.push_back({0, {1, 5}, 3, {10, never_s}, true, none});
  CrowdRun run(room(), {hears, with, other}, options);
  run.until_empty();
  EXPECT_NEAR(run.crowd.state(0).set_out_s, 10, 0.6);
  EXPECT_NEAR(run.crowd.state(1).set_out_s, 10.5, 1.1);
  EXPECT_NEAR(run.crowd.state(2).set_out_s, 60, 0.1);
}

TEST(CrowdEvents, SmokeSlowsPeopleDown) {
  CrowdOptions options;
  options.smoke.push_back({0, {}, 6.0});
  CrowdRun run(corridor(40, 2), {person_at(0, {0.5, 1}, 1.33F)}, options);
  const double share = 1 - 0.057 / 0.706 * 6;
  EXPECT_NEAR(run.until_empty(), 39.5 / (1.33 * share), 2);
}

TEST(CrowdEvents, WaterSlowsAndDeepWaterCatches) {
  Building building = corridor(30, 4);
  const auto run_in = [&](float depth_m, float speed_mps) {
    auto run = std::make_unique<CrowdRun>(building, std::vector<Person>{person_at(0, {1, 2})});
    const std::size_t cells = run->crowd.ground().grid().cells();
    run->crowd.advance(5);
    run->crowd.set_water(std::vector<float>(cells, depth_m), std::vector<float>(cells, speed_mps));
    run->until_empty();
    return run;
  };
  const auto dry = run_in(0, 0), knee = run_in(0.35F, 0), deep = run_in(1.5F, 0);
  EXPECT_EQ(knee->crowd.state(0).status, Status::out);
  EXPECT_NEAR((knee->crowd.state(0).ended_s - 5) / (dry->crowd.state(0).ended_s - 5), 1 / 0.58,
              0.1);
  EXPECT_EQ(deep->crowd.state(0).status, Status::caught);
  EXPECT_EQ(deep->crowd.count().caught, 1U);
  EXPECT_NEAR(deep->crowd.state(0).ended_s, 5, 0.6);
  EXPECT_THROW(dry->crowd.set_water({1}, {1}), ScenarioError);
}

TEST(CrowdEvents, WaterThatCannotBeStoodInIsWalkedAround) {
  Building building = corridor(30, 8);
  CrowdRun run(building, {person_at(0, {2, 2})});
  const GroundGrid& grid = run.crowd.ground().grid();
  const WayField::Sheet& sheet = grid.sheets[0];
  std::vector<float> depth(grid.cells(), 0), speed(grid.cells(), 0);
  const auto origin = run.crowd.ground().origin();
  for (std::uint32_t row = 0; row < sheet.rows; ++row) {
    for (std::uint32_t column = 0; column < sheet.columns; ++column) {
      const double x =
          origin.x_m + static_cast<double>(sheet.x0_m + static_cast<float>(column) / sheet.per_m);
      const double y =
          origin.y_m + static_cast<double>(sheet.y0_m + static_cast<float>(row) / sheet.per_m);
      if (x > 10 && x < 20 && y < 5) depth[sheet.begin + row * sheet.columns + column] = 2;
    }
  }
  run.crowd.set_water(depth, speed);
  run.until_empty();
  EXPECT_EQ(run.crowd.state(0).status, Status::out);
  EXPECT_GT(run.crowd.state(0).walked_m, 28.5);
}

TEST(CrowdEvents, ADoorWithinHoldsPeopleBackToo) {
  Building building = two_rooms();
  building.openings[0].flow_limit_ppsm = 0.5;
  CrowdRun run(building, people_in(0, rectangle(0.5, 0.5, 9.5, 9.5), 50));
  const auto line = run.crowd.measure(MeasureLine{"beyond", 1, {11, 10}, {11, 0}});
  run.until_empty();
  const auto& times = run.crowd.line(line).forward_s;
  ASSERT_EQ(times.size(), 50U);
  EXPECT_NEAR((times[40] - times[10]) / 30, 2.0, 0.1);
}

}  // namespace
}  // namespace kontwin::crowd::test
