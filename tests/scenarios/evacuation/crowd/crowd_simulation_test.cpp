#include "scenarios/evacuation/crowd/crowd_simulation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "scenarios/evacuation/crowd/plan_geometry.hpp"
#include "tests/scenarios/evacuation/crowd/crowd_run_case.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd::test {
namespace {

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

TEST(CrowdSimulation, AWheelchairGoesRoundWhatIsNarrowerThanItself) {
  for (const double width : {0.6, 0.66, 0.69, 0.75}) {
    // A wall with a narrow gap straight ahead and a wide one at its end.
    Building building;
    building.surfaces = {floor("room", rectangle(0, 0, 12, 10))};
    building.surfaces[0].shape.holes = {
        {{6, 2}, {6.2, 2}, {6.2, 5 - width / 2}, {6, 5 - width / 2}},
        {{6, 5 + width / 2}, {6.2, 5 + width / 2}, {6.2, 9.99}, {6, 9.99}}};
    building.exits = {exit("out", 0, {12, 4}, {12, 6})};
    Person wheels = person_at(0, {3, 5}, 0.7F);
    wheels.mobility = Mobility::wheelchair;
    wheels.radius_m = 0.35F;
    CrowdRun run(building, {wheels});
    double lowest_m = 10;
    while (run.crowd.anybody_moves() && run.crowd.now_s() < 90) {
      run.crowd.advance(run.crowd.now_s() + 0.5);
      lowest_m = std::min(lowest_m, run.crowd.state(0).place.y_m);
    }
    EXPECT_EQ(run.crowd.state(0).status, Status::out) << width;
    EXPECT_EQ(lowest_m < 2, width < 0.7) << width;
  }
}

TEST(CrowdSimulation, ADoorThatIsTooNarrowForAWheelchairIsNoWayForIt) {
  for (const double width : {0.65, 0.9}) {
    Building building = room();
    building.exits = {exit("out", 0, {10, 5}, {10, 5 + width})};
    Person wheels = person_at(0, {3, 5}, 0.7F);
    wheels.mobility = Mobility::wheelchair;
    wheels.radius_m = 0.35F;
    CrowdRun run(building, {wheels});
    run.until_empty(60);
    EXPECT_EQ(run.crowd.state(0).status, width < 0.7 ? Status::stuck : Status::out) << width;
  }
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

TEST(CrowdSimulation, GroupsThatACrowdPartsDoNotShutTheDoor) {
  const auto empty_s = [](bool grouped) {
    auto people = people_in(0, rectangle(0.5, 0.5, 9, 9.5), 150);
    for (std::size_t i = 0; i < people.size(); ++i) {
      people[i].speed_mps = 1.3F;
      if (grouped) people[i].group = static_cast<std::uint32_t>(i / 3);
    }
    CrowdRun run(room(), people);
    const double last_s = run.until_empty();
    EXPECT_EQ(run.crowd.count().out, 150U);
    return last_s;
  };
  EXPECT_LT(empty_s(true), 1.25 * empty_s(false));
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

TEST(CrowdSimulation, EverybodyStaysOnTheGround) {
  std::vector<Person> people = people_in(0, rectangle(0.5, 0.5, 9.5, 9.5), 120);
  const auto above = people_in(2, rectangle(14.5, 0.5, 23.5, 9.5), 200, weidmann(), 2);
  people.insert(people.end(), above.begin(), above.end());
  CrowdRun run(house(), people);
  const Building& building = run.crowd.ground().building();
  while (run.crowd.anybody_moves() && run.crowd.now_s() < 400) {
    run.crowd.advance(run.crowd.now_s() + 2);
    for (std::size_t i = 0; i < people.size(); ++i) {
      const PersonState state = run.crowd.state(i);
      if (state.status != Status::walking) continue;
      EXPECT_TRUE(contains(building.surfaces[state.surface].shape, state.place))
          << i << " at " << state.place.x_m << ", " << state.place.y_m;
    }
  }
  EXPECT_EQ(run.crowd.count().out, 320U);
}

TEST(CrowdSimulation, TwoStreamsThatMeetInACorridorGetThrough) {
  Building building = corridor(40, 3);
  building.exits.push_back(exit("start", 0, {0, 0}, {0, 3}));
  std::vector<Person> people = people_in(0, rectangle(0.5, 0.3, 13, 2.7), 50);
  std::vector<Person> others = people_in(0, rectangle(27, 0.3, 39.5, 2.7), 50, weidmann(), 2);
  for (Person& person : people) person.instructed_exit = 0;
  for (Person& person : others) person.instructed_exit = 1;
  people.insert(people.end(), others.begin(), others.end());
  CrowdRun run(building, people);
  EXPECT_LT(run.until_empty(300), 120);
  EXPECT_EQ(run.crowd.count().out, 100U);
}

TEST(CrowdSimulation, StopsMayBeDoorsAndPoints) {
  CrowdOptions options;
  options.routes.push_back({"round",
                            {{{Goal::Kind::point, 0, 0, {1, 9}}, 3},
                             {{Goal::Kind::opening, 0, 0, {}}, 0},
                             {{Goal::Kind::point, 0, 1, {11, 9}}, 2}},
                            0});
  Person person = person_at(0, {5, 5});
  person.route = 0;
  CrowdRun run(two_rooms(), {person}, options);
  double first = 100, last = 100;
  while (run.crowd.anybody_moves() && run.crowd.now_s() < 120) {
    run.crowd.advance(run.crowd.now_s() + 0.2);
    const LocalPoint at = run.crowd.state(0).place;
    first = std::min(first, distance_m(at, LocalPoint{1, 9}));
    last = std::min(last, distance_m(at, LocalPoint{11, 9}));
  }
  EXPECT_EQ(run.crowd.state(0).status, Status::out);
  EXPECT_LT(first, 0.7);
  EXPECT_LT(last, 0.7);
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
