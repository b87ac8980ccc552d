#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <vector>

#include "scenarios/traffic/micro/right_of_way.hpp"
#include "tests/scenarios/traffic/micro/micro_run.hpp"

namespace kontwin::testing {
namespace {

struct Crossroads : MicroRun {
  explicit Crossroads(JunctionControl control, int lanes = 1, const MicroOptions& with = {})
      : MicroRun(crossroads(control, lanes), with) {
    zone.ask().next_turn = [this, turn = wander(*network)](std::uint32_t vehicle,
                                                           std::uint32_t link) {
      return link % 2 == 0 ? turn(vehicle, link) : no_row;
    };
  }
  /// The turn from the arm `from` (east, north, west, south) to another.
  std::uint32_t turn(int from, int to) const {
    return network->find_turn(static_cast<std::uint32_t>(2 * from),
                              static_cast<std::uint32_t>(2 * to + 1));
  }
  std::uint32_t lane(int arm) const {
    return network->lane_begin[static_cast<std::size_t>(2 * arm)];
  }
  void send(std::uint32_t vehicle, int from, int to, double speed_mps = 10) {
    const auto before = zone.ask().next_turn;
    const std::uint32_t on = static_cast<std::uint32_t>(2 * from);
    zone.ask().next_turn = [=, this](std::uint32_t who, std::uint32_t link) {
      return who == vehicle ? (link == on ? turn(from, to) : no_row) : before(who, link);
    };
    zone.enter({vehicle, vehicle, car, lane(from), speed_mps, 1, zone.now()});
  }
};

struct Case {
  JunctionControl control;
  int lanes;
  CarFollowing model;
};

class BusyJunction : public ::testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(
    Junctions, BusyJunction,
    ::testing::Values(Case{JunctionControl::signal, 1, CarFollowing::idm},
                      Case{JunctionControl::signal, 2, CarFollowing::idm},
                      Case{JunctionControl::signal, 3, CarFollowing::krauss},
                      Case{JunctionControl::priority, 1, CarFollowing::idm},
                      Case{JunctionControl::priority, 2, CarFollowing::krauss},
                      Case{JunctionControl::right_first, 1, CarFollowing::idm},
                      Case{JunctionControl::right_first, 2, CarFollowing::improved_idm},
                      Case{JunctionControl::all_stop, 1, CarFollowing::idm},
                      Case{JunctionControl::all_stop, 2, CarFollowing::krauss}));

TEST_P(BusyJunction, IsPassedByAllKindsWithoutTouchingAndNeverLocks) {
  MicroOptions options;
  options.following = GetParam().model;
  Crossroads run(GetParam().control, GetParam().lanes, options);
  std::vector<std::size_t> arm_of;
  run.run(900, [&] {
    for (std::size_t arm = 0; arm < 4; ++arm) {
      for (std::size_t lane = 0; lane < static_cast<std::size_t>(GetParam().lanes); ++lane) {
        const std::uint64_t step = run.zone.steps() + arm * 3 + lane;
        if (step % 20 != 0) continue;
        const bool came =
            run.try_enter(run.lane(static_cast<int>(arm)) + static_cast<std::uint32_t>(lane),
                          static_cast<std::uint32_t>(step / 20 % 3), 8);
        if (came) arm_of.push_back(arm);
      }
    }
    run.expect_apart();
  });
  EXPECT_EQ(run.zone.overruns(), 0U);
  EXPECT_EQ(run.zone.entered(), run.zone.inside() + run.left.size());
  // Nobody is shut out for good.
  std::vector<int> late(4, 0);
  for (const Leaving& gone : run.left) {
    if (traffic::seconds(gone.at) > 600) ++late[arm_of[gone.vehicle]];
  }
  for (int arm = 0; arm < 4; ++arm) EXPECT_GT(late[arm], 2) << "arm " << arm;
}

TEST(Junction, ALinkOfLessThanAMetreDoesNotHoldUpTheStreamOverIt) {
  // Two lanes, then two on the short link of which one leads straight on, as maps have them.
  NetworkParts parts = straight_road({400, 0.4, 400}, 13.89, 2);
  const std::uint32_t aside = add_junction(parts, 400, -200);
  add_link(parts, 2, aside, 13.89, 1);
  add_turns(parts, 1);
  add_turns(parts, 2);
  MicroRun run(std::move(parts));
  run.zone.ask().next_turn = [&run](std::uint32_t, std::uint32_t link) {
    return link < 2 ? run.network->find_turn(link, link + 1) : no_row;
  };
  run.run(900, [&run] {
    run.try_enter(0, car, 10);
    run.try_enter(1, car, 10);
    run.expect_apart();
  });
  // Two lanes' worth but for what one loses who slows down before it.
  EXPECT_GT(static_cast<double>(run.left.size()), 850 * 2 * 1200 / 3600.0);
  EXPECT_EQ(run.zone.overruns(), 0U);
}

TEST(Junction, NobodyStartsAtRedAndTheQueueGoesAtGreen) {
  Crossroads run(JunctionControl::signal);
  // East and west are green first; the north's queue waits for 30 s.
  for (int i = 0; i < 4; ++i) {
    run.run(4);
    run.send(static_cast<std::uint32_t>(100 + i), 1, 3);
  }
  run.run(29 - run.time_s());
  for (const VehiclePlace& place : run.places()) {
    EXPECT_EQ(run.network->lane_link[place.lane], 2U);
    EXPECT_LT(place.position_m, 200);
  }
  run.run(40);
  EXPECT_EQ(run.left.size(), 4U);
}

TEST(Junction, APlannedAspectFollowsTheStagesAndTheOffset) {
  NetworkParts parts = crossroads(JunctionControl::signal);
  parts.signals[0].offset_s = 10;
  const auto network = Network::seal(std::move(parts));
  const std::uint32_t straight = network->find_turn(0, 5);
  const std::uint32_t across = network->find_turn(0, 7);
  const auto at = [&](std::uint32_t turn, double time_s) {
    return traffic::micro::planned_aspect(*network, turn, to_micros(time_s));
  };
  EXPECT_EQ(at(straight, 10), Aspect::exclusive);
  EXPECT_EQ(at(straight, 35.9), Aspect::exclusive);
  EXPECT_EQ(at(straight, 36), Aspect::red);
  EXPECT_EQ(at(straight, 9), Aspect::red);
  EXPECT_EQ(at(straight, 70), Aspect::exclusive);
  EXPECT_EQ(at(across, 10), Aspect::permissive);
}

TEST(Junction, AspectsFromOutsideReplaceThePlan) {
  Crossroads run(JunctionControl::signal);
  run.zone.ask().aspect = [&](std::uint32_t turn, Micros) {
    return turn == run.turn(1, 3) ? Aspect::exclusive : Aspect::red;
  };
  run.send(1, 1, 3);
  run.send(2, 0, 2);
  run.run(60);
  ASSERT_EQ(run.left.size(), 1U);
  EXPECT_EQ(run.left[0].vehicle, 1U);
}

TEST(Junction, ASideRoadWaitsForAGapInTheMainRoadAndTheMainRoadIsHardlySlowed) {
  Crossroads run(JunctionControl::priority);
  run.send(1, 1, 3, 13);  // from the side road straight across
  std::uint32_t next = 10;
  double slowest = 100;
  // Cars 3.5 s apart: too near for a gap; after a minute they stop coming.
  run.run(90, [&] {
    if (run.zone.steps() % 7 == 0 && run.time_s() < 60) run.send(next++, 0, 2, 13);
    if (run.time_s() > 15 && run.time_s() < 60) {
      EXPECT_EQ(run.network->lane_link[run.zone.place_of(1).lane], 2U);
    }
    for (const VehiclePlace& place : run.places()) {
      if (place.vehicle >= 10) slowest = std::min(slowest, place.speed_mps);
    }
  });
  EXPECT_GT(slowest, 8);
  run.run(30);
  EXPECT_EQ(run.zone.inside(), 0U);
}

TEST(Junction, WhoTurnsAcrossOncomingTrafficLetsItPass) {
  Crossroads run(JunctionControl::signal);
  std::uint32_t next = 10;
  run.send(1, 0, 3, 10);  // from the east to the south: across those from the west
  run.run(24, [&] {
    if (run.zone.steps() % 6 == 0 && run.time_s() < 20) run.send(next++, 2, 0, 13);
    if (run.time_s() > 2) run.zone.place_of(1);
  });
  EXPECT_EQ(run.network->lane_link[run.zone.place_of(1).lane], 0U);
}

TEST(Junction, FourWhoGiveWayToTheirRightGoOneAfterTheOther) {
  Crossroads run(JunctionControl::right_first);
  for (int arm = 0; arm < 4; ++arm) {
    run.send(static_cast<std::uint32_t>(arm), arm, (arm + 2) % 4, 10);
  }
  run.run(90, [&] { run.expect_apart(); });
  EXPECT_EQ(run.zone.inside(), 0U);
}

/// Vehicles from each arm that went over its end within `for_s`, all arms always full: straight on,
/// or half of them turning.
std::array<double, 4> carried(Crossroads& run, const std::vector<int>& arms, double for_s,
                              bool turning = false) {
  std::array<double, 4> passed{};
  std::map<std::uint32_t, int> to;
  std::uint32_t next = 0;
  run.zone.ask().next_turn = [&](std::uint32_t vehicle, std::uint32_t link) {
    return link % 2 == 0 ? run.turn(static_cast<int>(link / 2), to.at(vehicle)) : no_row;
  };
  run.run(for_s, [&] {
    for (const auto& passing : run.zone.passed()) {
      const std::uint32_t link = run.network->lane_link[passing.lane];
      if (link % 2 == 0) ++passed[link / 2];
    }
    for (const int arm : arms) {
      if (!run.zone.may_enter(run.lane(arm), car, 5)) continue;
      constexpr int ways[4] = {2, 1, 2, 3};
      to[next] = (arm + ways[turning ? (next / 4 + next) % 4 : 0]) % 4;
      run.zone.enter({next, next, car, run.lane(arm), 5, 1, run.zone.now()});
      ++next;
    }
  });
  EXPECT_EQ(run.zone.overruns(), 0U);
  return passed;
}

TEST(Junction, AQueueGoesOverACrossingAsCloselyAsItFollows) {
  for (const CarFollowing model :
       {CarFollowing::idm, CarFollowing::improved_idm, CarFollowing::krauss}) {
    MicroOptions options;
    options.following = model;
    Crossroads run(JunctionControl::signal, 1, options);
    constexpr double cycle_s = 60, green_s = 26;
    const double cars = carried(run, {0}, 1200)[0] / (1200 / cycle_s);
    // A start of 3 s or less, and then one every 2.1 s or less.
    EXPECT_GT(cars, (green_s - 3) / 2.1);
    EXPECT_LT(cars, green_s / 1.5);
  }
}

TEST(Junction, WhereTheRightGoesFirstThoseWhoAreNotInEachOthersWayGoTogether) {
  for (const CarFollowing model :
       {CarFollowing::idm, CarFollowing::improved_idm, CarFollowing::krauss}) {
    MicroOptions options;
    options.following = model;
    Crossroads run(JunctionControl::right_first, 1, options);
    const auto passed = carried(run, {0, 1, 2, 3}, 900);
    // All four take turns, and two pass in the time in which one would.
    for (const double of_arm : passed) EXPECT_GT(of_arm, 0.85 * 900 / 9.6);
    EXPECT_LT(*std::ranges::max_element(passed), 1.4 * *std::ranges::min_element(passed));
  }
}

TEST(Junction, WhereAllApproachesAreFullDriversTakeTheirTimeToSetOff) {
  // 4 x 375 an hour at an all-way stop: Highway Capacity Manual 6 (2016), chapter 21.
  for (const JunctionControl control : {JunctionControl::all_stop, JunctionControl::right_first}) {
    for (const bool turning : {false, true}) {
      Crossroads run(control);
      const auto passed = carried(run, {0, 1, 2, 3}, 900, turning);
      double sum = 0;
      for (const double of_arm : passed) sum += of_arm;
      EXPECT_NEAR(sum, 4 * 900 / 9.6, 0.1 * 4 * 900 / 9.6) << turning;
    }
  }
}

TEST(Junction, ArmsThatAreAlikeAndFullGetTheSameWhicheverStandsFirstInTheList) {
  for (const JunctionControl control : {JunctionControl::all_stop, JunctionControl::right_first}) {
    for (const bool turning : {false, true}) {
      MicroOptions options;
      options.following = CarFollowing::improved_idm;
      Crossroads run(control, 1, options);
      const auto passed = carried(run, {0, 1, 2, 3}, 3600, turning);
      EXPECT_LT(*std::ranges::max_element(passed), 1.15 * *std::ranges::min_element(passed))
          << passed[0] << " " << passed[1] << " " << passed[2] << " " << passed[3];
    }
  }
}

TEST(Junction, WhereTheRightGoesFirstThoseWhoseWayOutIsFullHoldUpNobody) {
  Crossroads run(JunctionControl::right_first);
  run.send(90, 0, 2, 10);
  run.run(25);
  run.zone.hold_to_speed(90, 0.1);  // somebody stands on the way out west
  run.send(91, 1, 3, 10);
  run.run(25);
  run.zone.hold_to_speed(91, 0.1);  // and on the way out south
  std::uint32_t next = 100;
  run.run(240, [&] {
    if (run.zone.steps() % 12 != 0) return;
    if (run.zone.may_enter(run.lane(0), car, 5)) run.send(next++, 0, 2, 5);
    if (run.zone.may_enter(run.lane(1), car, 5)) run.send(next++, 1, 3, 5);
    if (run.zone.may_enter(run.lane(3), car, 5)) run.send(next++, 3, 2, 5);
  });
  // From the west to the north: across, and behind, all of those who wait.
  run.send(1, 2, 1, 10);
  run.run(60, [&] { run.expect_apart(); });
  EXPECT_TRUE(std::ranges::any_of(run.left, [](const Leaving& l) { return l.vehicle == 1; }));
  EXPECT_EQ(run.zone.overruns(), 0U);
}

TEST(Junction, NobodyIsShutOutForGoodByThoseToItsRight) {
  // From the north and the south without end; who comes from the east gives way to the north's.
  Crossroads run(JunctionControl::right_first);
  const auto passed = carried(run, {0, 1, 3}, 900);
  for (const int arm : {0, 1, 3}) EXPECT_GT(passed[static_cast<std::size_t>(arm)], 40) << arm;
}

TEST(Junction, AtAnAllWayStopAllStandOnceAndGoInTheOrderInWhichTheyCame) {
  Crossroads run(JunctionControl::all_stop);
  std::set<std::uint32_t> stood;
  const auto watch = [&] {
    for (const VehiclePlace& place : run.places()) {
      if (place.speed_mps < 0.3 && place.position_m > 190) stood.insert(place.vehicle);
    }
  };
  run.send(5, 0, 2);
  run.run(2, watch);
  run.send(4, 1, 3);
  run.run(2, watch);
  run.send(3, 2, 0);
  run.run(90, watch);
  EXPECT_EQ(stood, (std::set<std::uint32_t>{3, 4, 5}));
  ASSERT_EQ(run.left.size(), 3U);
  EXPECT_EQ(run.left[0].vehicle, 5U);
  EXPECT_EQ(run.left[1].vehicle, 4U);
  EXPECT_EQ(run.left[2].vehicle, 3U);
}

TEST(Junction, NobodyEntersAJunctionThatTheyCouldNotClear) {
  Crossroads run(JunctionControl::priority);
  run.send(9, 0, 2, 10);
  run.run(25);
  run.zone.hold_to_speed(9, 0.1);  // somebody stands on the way out west
  std::uint32_t next = 10;
  run.run(300, [&] {
    if (run.zone.steps() % 12 == 0 && run.zone.may_enter(run.lane(0), car, 5)) {
      run.send(next++, 0, 2, 5);
    }
    run.expect_apart();
  });
  std::vector<Crossing> crossings;
  run.zone.crossings(crossings);
  EXPECT_TRUE(crossings.empty());
  run.send(1, 1, 3, 10);  // across the waiting queue
  run.run(60);
  EXPECT_TRUE(std::ranges::any_of(run.left, [](const Leaving& l) { return l.vehicle == 1; }));
}

TEST(Junction, TwoLanesThatRunIntoOneTakeTurnsWithoutTouching) {
  NetworkParts parts = straight_road({400, 400}, 13.89, 2);
  parts.links[1].lanes = 1;
  MicroRun run(std::move(parts));
  run.run(300, [&] {
    run.try_enter(0, car, 10);
    run.try_enter(1, car, 10);
    run.expect_apart();
  });
  EXPECT_EQ(run.zone.overruns(), 0U);
  // At least three quarters of what the one lane takes.
  EXPECT_GT(run.left.size(), 0.75 * 1700 * 300 / 3600 - 30);
}

TEST(Junction, TurnsEndOnTheLaneThatLiesTheirWay) {
  const auto network = Network::seal(crossroads(JunctionControl::signal, 2));
  using traffic::micro::target_lane;
  const std::uint32_t straight = network->find_turn(0, 5);
  const std::uint32_t inner = network->find_turn(0, 7);  // to the south: left from the east
  const std::uint32_t outer = network->find_turn(0, 3);
  EXPECT_EQ(target_lane(*network, straight, 0), 0U);
  EXPECT_EQ(target_lane(*network, straight, 1), 1U);
  EXPECT_EQ(target_lane(*network, inner, 1), 1U);
  EXPECT_EQ(target_lane(*network, outer, 0), 0U);
}

TEST(Junction, NarrowTurnsAreDrivenSlowly) {
  Crossroads run(JunctionControl::signal);
  run.send(1, 0, 1, 13);  // to the right
  double at_end = 0;
  run.run(40, [&] {
    if (run.zone.inside() == 0) return;
    const VehiclePlace place = run.zone.place_of(1);
    if (place.lane == 0 && place.position_m > 195) at_end = place.speed_mps;
  });
  EXPECT_GT(at_end, 3);
  EXPECT_LT(at_end, 6);
}

}  // namespace
}  // namespace kontwin::testing
