#include "scenarios/evacuation/crowd/crowd_simulation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "scenarios/evacuation/crowd/ground_grid.hpp"
#include "tests/scenarios/evacuation/crowd/crowd_run_case.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd::test {
namespace {

Building corridor(double length_m, double width_m) {
  Building building;
  building.surfaces = {floor("corridor", rectangle(0, 0, length_m, width_m))};
  building.exits = {exit("end", 0, {length_m, 0}, {length_m, width_m})};
  return building;
}

/// A floor, stairs of 4 m in plan that rise 3 m, and an upper floor.
Building house() {
  Building building;
  Surface stairs;
  stairs.id = "stairs";
  stairs.kind = Surface::Kind::stairs;
  stairs.shape = rectangle(10, 0, 14, 2);
  stairs.low = {10, 1};
  stairs.high = {14, 1};
  stairs.rise_m = 3;
  building.surfaces = {floor("ground floor", rectangle(0, 0, 10, 10)), stairs,
                       floor("upper floor", rectangle(14, 0, 24, 10), 3)};
  building.openings = {opening("foot", 0, 1, {10, 0}, {10, 2}),
                       opening("head", 1, 2, {14, 0}, {14, 2})};
  building.exits = {exit("door", 0, {0, 4}, {0, 6})};
  return building;
}

TEST(CrowdSimulation, OnePersonWalksDownACorridorInItsTime) {
  CrowdRun run(corridor(40, 2), {person_at(0, {0.5, 1}, 1.33F)});
  const double out_s = run.until_empty();
  EXPECT_NEAR(out_s, 39.5 / 1.33, 1);
  EXPECT_EQ(run.crowd.state(0).status, Status::out);
  EXPECT_EQ(run.crowd.state(0).exit, 0U);
  EXPECT_NEAR(run.crowd.state(0).walked_m, 39.5, 0.3);
}

TEST(CrowdSimulation, EverybodyIsAccountedForAtEveryMoment) {
  std::vector<Person> people = people_in(0, rectangle(0.5, 0.5, 9.5, 9.5), 150);
  people[3].heads = 4;
  people[7].premovement_s = 20;
  CrowdRun run(two_rooms(), people);
  bool some_inside = false;
  for (int second = 1; second <= 150; ++second) {
    run.crowd.advance(second);
    const CrowdCount count = run.crowd.count();
    ASSERT_EQ(count.all(), 153U) << second;
    some_inside = some_inside || (count.out > 0 && count.walking > 0);
    if (second < 20) {
      EXPECT_EQ(count.waiting, 1U);
    }
  }
  EXPECT_TRUE(some_inside);
  EXPECT_EQ(run.crowd.count().out, 153U);
}

TEST(CrowdSimulation, TheSameOnOneThreadAndOnTwo) {
  const auto people = people_in(0, rectangle(0.3, 0.3, 9.7, 9.7), 250);
  // More than one part of a parallel step.
  std::vector<Person> many = people;
  const auto east = people_in(1, rectangle(10.3, 0.3, 19.7, 9.7), 350, weidmann(), 2);
  many.insert(many.end(), east.begin(), east.end());
  CrowdRun one(two_rooms(), many, {}, 1), two(two_rooms(), many, {}, 2);
  one.crowd.advance(20);
  two.crowd.advance(20);
  for (std::size_t i = 0; i < many.size(); ++i) {
    const PersonState a = one.crowd.state(i), b = two.crowd.state(i);
    EXPECT_EQ(a.place, b.place);
    EXPECT_EQ(a.status, b.status);
    EXPECT_EQ(a.ended_s, b.ended_s);
  }
}

TEST(CrowdSimulation, StairsAreWalkedAtTheirSpeedAlongTheSlope) {
  Person person = person_at(2, {20, 1}, 1.3F);
  person.stairs_down_mps = 0.5F;
  CrowdRun run(house(), {person});
  double entered_s = 0, left_s = 0;
  while (run.crowd.anybody_moves() && run.crowd.now_s() < 120) {
    run.crowd.advance(run.crowd.now_s() + 0.05);
    const PersonState state = run.crowd.state(0);
    if (state.surface == 1 && entered_s == 0) entered_s = run.crowd.now_s();
    if (state.surface == 0 && left_s == 0) left_s = run.crowd.now_s();
    if (state.status == Status::walking) {
      EXPECT_NEAR(state.z_m, state.surface == 2 ? 3 : state.surface == 0 ? 0 : state.z_m, 1e-3);
    }
  }
  EXPECT_EQ(run.crowd.state(0).status, Status::out);
  EXPECT_NEAR(left_s - entered_s, 5 / 0.5, 1);  // 4 m in plan and 3 m of height
}

TEST(CrowdSimulation, AWheelchairDoesNotTakeStairsAndSaysWhy) {
  Person wheels = person_at(2, {20, 5}, 0.7F);
  wheels.mobility = Mobility::wheelchair;
  wheels.radius_m = 0.35F;
  CrowdRun run(house(), {wheels, person_at(2, {18, 5})});
  run.until_empty();
  EXPECT_EQ(run.crowd.state(0).status, Status::stuck);
  EXPECT_NE(run.crowd.why_stuck(0).find("wheelchair"), std::string::npos);
  EXPECT_NE(run.crowd.why_stuck(0).find("upper floor"), std::string::npos);
  EXPECT_EQ(run.crowd.state(1).status, Status::out);
  EXPECT_EQ(run.crowd.count().stuck, 1U);
}

TEST(CrowdSimulation, APartyThatCarriesSomebodyTakesTheStairs) {
  RandomStream random(1, 1);
  Person party = draw(stretcher_party(), random);
  party.surface = 2;
  party.place = {20, 5};
  CrowdRun run(house(), {party});
  run.until_empty();
  EXPECT_EQ(run.crowd.count().out, 5U);
}

TEST(CrowdSimulation, APrescribedFlowHoldsPeopleBackAtTheDoor) {
  Building building = room();
  building.exits[0].flow_limit_ppsm = 0.5;
  CrowdRun run(building, people_in(0, rectangle(0.5, 0.5, 9.5, 9.5), 60));
  std::vector<double> out_s;
  run.until_empty();
  for (std::size_t i = 0; i < 60; ++i) out_s.push_back(run.crowd.state(i).ended_s);
  std::sort(out_s.begin(), out_s.end());
  EXPECT_NEAR((out_s[50] - out_s[10]) / 40, 2.0, 0.05);
}

TEST(CrowdSimulation, ADoorThatShutsSendsPeopleToTheOther) {
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

TEST(CrowdSimulation, WhoHasNoOpenWayIsStuckUntilOneOpens) {
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

TEST(CrowdSimulation, ABlockageInTheWayIsWalkedAround) {
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

TEST(CrowdSimulation, QueuesSendSomeToTheFartherExit) {
  Building building = room();
  building.exits.push_back(exit("back", 0, {0, 4.5}, {0, 5.5}));
  const auto people = people_in(0, rectangle(5.5, 0.5, 9.5, 9.5), 130);
  const auto by_back = [&](ExitChoice choice) {
    CrowdOptions options;
    options.exit_choice = choice;
    CrowdRun run(building, people, options);
    run.until_empty();
    EXPECT_EQ(run.crowd.count().out, 130U);
    std::size_t count = 0;
    for (std::size_t i = 0; i < 130; ++i) count += run.crowd.state(i).exit == 1;
    return count;
  };
  EXPECT_LT(by_back(ExitChoice::nearest), 5U);
  const std::size_t divert = by_back(ExitChoice::quickest);
  EXPECT_GT(divert, 15U);
  EXPECT_LT(divert, 65U);  // the nearer one is still preferred
}

TEST(CrowdSimulation, OnlyTheFamiliarAndTheInformedUseAnEmergencyExit) {
  Building building = room();
  building.exits.push_back(exit("emergency", 0, {0, 4.5}, {0, 5.5}));
  building.exits[1].emergency_only = true;
  CrowdOptions options;
  options.exit_choice = ExitChoice::nearest;
  Person knows = person_at(0, {2, 3}), stranger = person_at(0, {2, 5}), told = person_at(0, {2, 7});
  stranger.familiar = told.familiar = false;
  told.instructed_exit = 1;
  CrowdRun run(building, {knows, stranger, told}, options);
  run.until_empty();
  EXPECT_EQ(run.crowd.state(0).exit, 1U);
  EXPECT_EQ(run.crowd.state(1).exit, 0U);
  EXPECT_EQ(run.crowd.state(2).exit, 1U);
}

TEST(CrowdSimulation, ALoudspeakerMakesThoseWithinReachSetOut) {
  Person near = person_at(0, {2, 5}), far = person_at(0, {8, 5});
  near.premovement_s = far.premovement_s = 100;
  CrowdOptions options;
  options.announcements.push_back({0, {1, 5}, 3, {10, never_s}, true, none});
  CrowdRun run(room(), {near, far}, options);
  run.until_empty();
  EXPECT_NEAR(run.crowd.state(0).set_out_s, 10, 0.6);
  EXPECT_NEAR(run.crowd.state(1).set_out_s, 100, 0.1);
}

TEST(CrowdSimulation, SmokeSlowsPeopleDown) {
  CrowdOptions options;
  options.smoke.push_back({0, {}, 6.0});
  CrowdRun run(corridor(40, 2), {person_at(0, {0.5, 1}, 1.33F)}, options);
  const double share = 1 - 0.057 / 0.706 * 6;
  EXPECT_NEAR(run.until_empty(), 39.5 / (1.33 * share), 2);
}

TEST(CrowdSimulation, AGroupStaysTogetherAndLeavesByOneExit) {
  Building building = corridor(60, 4);
  Person fast = person_at(0, {6, 2}, 1.6F), slow = person_at(0, {1, 2}, 0.8F);
  fast.group = slow.group = 5;
  slow.premovement_s = 7;
  CrowdRun run(building, {fast, slow});
  run.until_empty();
  EXPECT_NEAR(run.crowd.state(0).set_out_s, 7, 0.1);  // it waits until the other is ready
  EXPECT_LT(run.crowd.state(1).ended_s - run.crowd.state(0).ended_s, 5.5);
}

TEST(CrowdSimulation, ARouteLeadsByItsStops) {
  Building building = corridor(20, 10);
  building.areas.push_back({"assembly", 0, rectangle(1, 8, 3, 10)});
  CrowdOptions options;
  options.routes.push_back({"by the assembly", {{{Goal::Kind::area, 0, 0, {}}, 12}}, none});
  Person person = person_at(0, {10, 1});
  person.route = 0;
  CrowdRun run(building, {person}, options);
  double nearest = 100;
  while (run.crowd.anybody_moves() && run.crowd.now_s() < 90) {
    run.crowd.advance(run.crowd.now_s() + 0.2);
    nearest = std::min(nearest, distance_m(run.crowd.state(0).place, LocalPoint{2, 9}));
  }
  EXPECT_EQ(run.crowd.state(0).status, Status::out);
  EXPECT_LT(nearest, 2.3);
  EXPECT_GT(run.crowd.state(0).ended_s, 10 / 1.34 + 12 + 17 / 1.34);
}

TEST(CrowdSimulation, WaterSlowsAndDeepWaterCatches) {
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

TEST(CrowdSimulation, WaterThatCannotBeStoodInIsWalkedAround) {
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

TEST(CrowdSimulation, LinesAndAreasCount) {
  CrowdRun run(corridor(30, 4), people_in(0, rectangle(1, 0.5, 11, 3.5), 40));
  const auto line = run.crowd.measure(MeasureLine{"middle", 0, {15, 4}, {15, 0}});
  const auto area = run.crowd.measure(MeasureArea{"start", 0, rectangle(0, 0, 12, 4), 1, 0});
  run.until_empty();
  EXPECT_EQ(run.crowd.line(line).forward_s.size(), 40U);
  EXPECT_TRUE(run.crowd.line(line).backward_s.empty());
  const auto& samples = run.crowd.area(area).samples;
  ASSERT_GT(samples.size(), 3U);
  EXPECT_EQ(samples[0].people, 40U);
  EXPECT_NEAR(samples[0].density_per_m2, 40 / 48.0, 1e-9);
  EXPECT_EQ(samples.back().people, 0U);
}

TEST(CrowdSimulation, WhatIsWrongIsNamed) {
  const auto reason = [](std::vector<Person> people, CrowdOptions options) -> std::string {
    try {
      CrowdRun run(room(), std::move(people), std::move(options));
    } catch (const ScenarioError& error) {
      return error.what();
    }
    return "nothing";
  };
  EXPECT_NE(reason({person_at(0, {5, 5}), person_at(0, {50, 5})}, {}).find("person 2"),
            std::string::npos);
  EXPECT_NE(reason({person_at(4, {5, 5})}, {}).find("no surface number 4"), std::string::npos);
  EXPECT_NE(reason({person_at(0, {5, 5}, 0)}, {}).find("speed_mps"), std::string::npos);
  CrowdOptions options;
  options.reconsider_s = 0;
  EXPECT_NE(reason({}, options).find("reconsider_s"), std::string::npos);
  options = {};
  options.announcements.push_back({0, {}, 1, {}, true, 9});
  EXPECT_NE(reason({}, options).find("no exit number 9"), std::string::npos);
  EXPECT_EQ(reason({person_at(0, {5, 5})}, {}), "nothing");
}

TEST(CrowdSimulation, NobodyNeedsNoTime) {
  CrowdRun run(room(), {});
  run.crowd.advance(100);
  EXPECT_NEAR(run.crowd.now_s(), 100, 0.05);
  EXPECT_FALSE(run.crowd.anybody_moves());
}

}  // namespace
}  // namespace kontwin::crowd::test
