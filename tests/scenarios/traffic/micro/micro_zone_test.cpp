#include "scenarios/traffic/micro/micro_zone.hpp"

#include <gtest/gtest.h>

#include "scenarios/compute_arena.hpp"
#include "tests/scenarios/traffic/micro/micro_run.hpp"
#include "twin/error.hpp"

namespace kontwin::testing {
namespace {

MicroOptions with_model(CarFollowing model, double step_s = 0.5) {
  MicroOptions options;
  options.following = model;
  options.step_s = step_s;
  return options;
}

class EveryModel : public ::testing::TestWithParam<CarFollowing> {};
INSTANTIATE_TEST_SUITE_P(MicroZone, EveryModel,
                         ::testing::Values(CarFollowing::idm, CarFollowing::improved_idm,
                                           CarFollowing::krauss));

TEST_P(EveryModel, AVehicleAloneReachesItsWishAndLeavesOnTime) {
  MicroRun run(straight_road({500, 500}, 12), with_model(GetParam()));
  run.types[car].imperfection = 0;
  ASSERT_TRUE(run.try_enter(0, car, 12));
  run.run(120);
  ASSERT_EQ(run.left.size(), 1U);
  const Leaving& gone = run.left[0];
  EXPECT_EQ(gone.vehicle, 0U);
  EXPECT_EQ(gone.link, 1U);
  EXPECT_EQ(gone.turn, no_row);
  EXPECT_EQ(run.zone.inside(), 0U);
}

TEST_P(EveryModel, EveryVehicleIsInsideOrHasLeft) {
  MicroRun run(straight_road({300, 300}, 13.89), with_model(GetParam()));
  std::uint64_t sent = 0;
  run.run(300, [&] {
    const std::uint32_t type = static_cast<std::uint32_t>(sent % 3);
    if (run.try_enter(0, type, 5)) ++sent;
    run.expect_apart();
    EXPECT_EQ(run.zone.entered(), sent);
    EXPECT_EQ(run.zone.entered(), run.zone.inside() + run.zone.left());
  });
  EXPECT_GT(run.left.size(), 50U);
  EXPECT_EQ(run.zone.left(), run.left.size());
  EXPECT_EQ(run.zone.overruns(), 0U);
}

TEST_P(EveryModel, VehiclesStopBehindOneThatStopsAndNeverTouch) {
  MicroRun run(straight_road({2000}, 20), with_model(GetParam()));
  run.run(60, [&] { run.try_enter(0, run.next % 4 == 3 ? bus : car, 15); });
  run.zone.hold_to_speed(0, 0.1);
  run.run(120, [&] {
    run.try_enter(0, car, 5);
    run.expect_apart();
  });
  EXPECT_EQ(run.zone.overruns(), 0U);
  const auto places = run.places();
  double standing = 0;
  for (const auto& place : places) standing += place.speed_mps < 0.3 ? 1 : 0;
  EXPECT_GT(standing, 5);
}

TEST(MicroZone, ALeavingVehicleIsReportedAtTheMomentItsFrontPassesTheEnd) {
  MicroRun run(straight_road({100}, 10));
  run.types[car].speed_deviation = 0;
  ASSERT_TRUE(run.try_enter(0, car, 10));
  run.run(20);
  ASSERT_EQ(run.left.size(), 1U);
  EXPECT_NEAR(traffic::seconds(run.left[0].at), 10, 0.05);
  EXPECT_NEAR(run.left[0].speed_mps, 10, 0.05);
}

TEST(MicroZone, AVehicleThatComesInWithinAStepStartsThatMuchFurtherBack) {
  MicroRun run(straight_road({100}, 10));
  run.zone.enter({7, 7, car, 0, 10, 1, to_micros(0.3)});
  EXPECT_NEAR(run.zone.place_of(7).position_m, -3, 1e-9);
  run.run(20);
  ASSERT_EQ(run.left.size(), 1U);
  EXPECT_NEAR(traffic::seconds(run.left[0].at), 10.3, 0.05);
}

TEST(MicroZone, WhoIsNotAcceptedOutsideWaitsAtTheEndAndGoesLater) {
  NetworkParts parts = straight_road({200, 200}, 13.89);
  MicroOptions options;
  const auto network = Network::seal(std::move(parts));
  MicroZone zone(network, {0}, traffic::standard_vehicle_types(), options);
  zone.ask().next_turn = [&](std::uint32_t, std::uint32_t link) {
    return network->turn_begin[link];
  };
  bool open = false;
  int asked = 0, taken = 0;
  zone.ask().accept = [&](std::uint32_t vehicle, std::uint32_t turn, std::uint32_t /*lane*/) {
    EXPECT_EQ(vehicle, 1U);
    EXPECT_EQ(turn, 0U);
    ++asked;
    taken += open ? 1 : 0;
    return open;
  };
  zone.enter({1, 1, car, 0, 13, 1, 0});
  zone.advance(to_micros(60));
  EXPECT_TRUE(zone.leaving().empty());
  EXPECT_GT(asked, 10);
  const VehiclePlace waiting = zone.place_of(1);
  EXPECT_LT(waiting.speed_mps, 0.2);
  EXPECT_LT(waiting.position_m, 200);
  EXPECT_GT(waiting.position_m, 196);
  open = true;
  zone.advance(to_micros(80));
  ASSERT_EQ(zone.leaving().size(), 1U);
  EXPECT_EQ(zone.leaving()[0].link, 0U);
  EXPECT_EQ(zone.leaving()[0].turn, 0U);
  EXPECT_EQ(zone.leaving()[0].lane, 1U);
  EXPECT_EQ(taken, 1);
}

TEST(MicroZone, AFullLaneLetsNobodyInAndSaysHowMuchRoomThereIs) {
  MicroRun run(straight_road({50}, 13.89));
  EXPECT_DOUBLE_EQ(run.zone.room_m(0), 50);
  run.zone.ask().accept = [](std::uint32_t, std::uint32_t, std::uint32_t) { return false; };
  ASSERT_TRUE(run.try_enter(0, car, 0));
  EXPECT_DOUBLE_EQ(run.zone.room_m(0), 0);
  EXPECT_FALSE(run.zone.may_enter(0, car, 0));
  EXPECT_THROW(run.zone.enter({9, 9, car, 0, 0, 1, 0}), Error);
}

TEST(MicroZone, WhatCannotBeIsRefusedWithItsReason) {
  const auto network = Network::seal(straight_road({100}, 10));
  const auto types = traffic::standard_vehicle_types();
  EXPECT_THROW(MicroZone(network, {}, types), Error);
  EXPECT_THROW(MicroZone(network, {3}, types), Error);
  EXPECT_THROW(MicroZone(network, {0, 0}, types), Error);
  MicroOptions options;
  options.step_s = 2;
  EXPECT_THROW(MicroZone(network, {0}, types, options), Error);
  std::vector<VehicleType> flat(types.begin(), types.end());
  flat[0].length_m = 0;
  EXPECT_THROW(MicroZone(network, {0}, flat), Error);
  MicroZone zone(network, {0}, types);
  EXPECT_THROW(zone.enter({0, 0, 99, 0, 0, 1, 0}), Error);
  EXPECT_THROW(zone.enter({0, 0, car, 5, 0, 1, 0}), Error);
  EXPECT_THROW(zone.enter({0, 0, car, 0, 0, 1, to_micros(3)}), Error);
  EXPECT_THROW(zone.hold_to_speed(0, 1), Error);
  EXPECT_THROW(zone.set_speed_limit(0, 0), Error);
  zone.ask().next_turn = [](std::uint32_t, std::uint32_t) { return 12U; };
  EXPECT_THROW(zone.enter({0, 0, car, 0, 5, 1, 0}), Error);
}

TEST(MicroZone, ANewSpeedLimitHoldsForThoseInsideAndIsComeDownToComfortably) {
  MicroRun run(straight_road({3000}, 20));
  ASSERT_TRUE(run.try_enter(0, car, 20));
  run.run(20);
  run.zone.set_speed_limit(0, 8);
  double hardest = 0;
  run.run(60, [&] { hardest = std::min(hardest, run.zone.place_of(0).acceleration_mps2); });
  EXPECT_NEAR(run.zone.place_of(0).speed_mps, 8, 0.1);
  EXPECT_GE(hardest, -2.01);
}

TEST(MicroZone, RunsAreTheSameToTheBitHoweverOftenOneAdvances) {
  const auto run_town = [](double by_s) {
    MicroOptions options = with_model(CarFollowing::krauss);
    auto run = std::make_unique<MicroRun>(grid_town(3, 120, 2, JunctionControl::signal), options);
    run->zone.ask().next_turn = wander(*run->network);
    for (int round = 0; round < 60; ++round) {
      for (std::uint32_t lane = 0; lane < run->network->lanes(); lane += 3) {
        run->try_enter(lane, static_cast<std::uint32_t>((lane + round) % 3), 5);
      }
      const Micros end = run->zone.now() + to_micros(2);
      while (run->zone.now() < end) run->zone.advance(run->zone.now() + to_micros(by_s));
    }
    return run;
  };
  const auto one = run_town(2);
  const auto other = run_town(0.5);
  const auto a = one->places();
  const auto b = other->places();
  ASSERT_EQ(a.size(), b.size());
  ASSERT_GT(a.size(), 100U);
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].vehicle, b[i].vehicle);
    EXPECT_EQ(a[i].lane, b[i].lane);
    EXPECT_EQ(a[i].position_m, b[i].position_m);
    EXPECT_EQ(a[i].lateral_m, b[i].lateral_m);
    EXPECT_EQ(a[i].speed_mps, b[i].speed_mps);
  }
}

TEST(MicroZone, ZonesThatRunAtOnceOnTwoThreadsGiveTheBitsOfThoseThatRunAlone) {
  constexpr std::size_t zones = 4;
  const auto run_all = [](std::size_t threads) {
    std::vector<std::unique_ptr<MicroRun>> runs;
    for (std::size_t i = 0; i < zones; ++i) {
      MicroOptions options = with_model(i % 2 == 0 ? CarFollowing::idm : CarFollowing::krauss);
      options.seed = i;
      runs.push_back(
          std::make_unique<MicroRun>(grid_town(3, 150, 2, JunctionControl::signal), options));
      runs.back()->zone.ask().next_turn = wander(*runs.back()->network, i);
    }
    ComputeArena arena(threads);
    arena.for_each_part(zones, [&](std::size_t which) {
      MicroRun& run = *runs[which];
      run.run(120, [&] {
        const auto lane = static_cast<std::uint32_t>(run.zone.steps() % run.network->lanes());
        run.try_enter(lane, lane % 3, 5);
      });
    });
    std::vector<double> bits;
    for (const auto& run : runs) {
      for (const VehiclePlace& place : run->places()) {
        bits.insert(bits.end(), {place.position_m, place.lateral_m, place.speed_mps});
      }
    }
    return bits;
  };
  const auto alone = run_all(1);
  EXPECT_GT(alone.size(), 1000U);
  EXPECT_EQ(alone, run_all(2));
}

TEST(MicroZone, WhatAVehicleDawdlesDependsOnItsNumberAndNotOnOthers) {
  const auto drive = [](bool with_others) {
    MicroRun run(straight_road({2000}, 13.89, 2), with_model(CarFollowing::krauss));
    run.zone.enter({100, 100, car, 0, 10, 1, 0});
    std::vector<double> speeds;
    run.run(60, [&] {
      // Others come behind it and beside it, and do not touch it.
      if (with_others && run.time_s() > 5) {
        run.try_enter(1, car, 3);
        run.try_enter(0, bus, 1);
      }
      speeds.push_back(run.zone.place_of(100).speed_mps);
    });
    return speeds;
  };
  EXPECT_EQ(drive(false), drive(true));
}

}  // namespace
}  // namespace kontwin::testing
