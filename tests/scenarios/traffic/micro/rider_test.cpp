#include <gtest/gtest.h>

#include "tests/scenarios/traffic/micro/micro_run.hpp"

namespace kontwin::testing {
namespace {

/// A road with a signal after 300 m that is red until told otherwise.
struct SignalRoad : MicroRun {
  explicit SignalRoad(int lanes = 1, const MicroOptions& with = {}) : MicroRun(make(lanes), with) {
    zone.ask().aspect = [this](std::uint32_t, Micros) {
      return green ? Aspect::exclusive : Aspect::red;
    };
  }
  static NetworkParts make(int lanes) {
    NetworkParts parts = straight_road({300, 500}, 13.89, lanes);
    parts.junctions[1].control = JunctionControl::signal;
    add_turns(parts, 1);
    add_signal(parts, 1, 0, 30, 30);
    return parts;
  }
  bool green = false;
};

TEST(Riders, FilterBetweenStandingCarsToTheFrontOfTheQueueAndStartFirst) {
  SignalRoad run;
  for (int i = 0; i < 6; ++i) {
    ASSERT_TRUE(run.try_enter(0, car, 10));
    run.run(5, [&] { run.expect_apart(); });
  }
  run.run(30);
  const std::uint32_t first_rider = run.next;
  for (int i = 0; i < 4; ++i) {
    ASSERT_TRUE(run.try_enter(0, motorbike, 8));
    run.run(3, [&] { run.expect_apart(); });
  }
  run.run(60, [&] { run.expect_apart(); });
  // All four are ahead of the second car, the first two ahead of all or beside the first.
  const double second_car_m = run.zone.place_of(1).position_m;
  for (std::uint32_t rider = first_rider; rider < run.next; ++rider) {
    EXPECT_GT(run.zone.place_of(rider).position_m, second_car_m) << rider;
  }
  run.green = true;
  int riders_over = 0;
  run.run(60, [&] {
    run.expect_apart();
    for (const VehiclePlace& place : run.places()) {
      if (place.vehicle == 1 && place.lane == 1 && riders_over == 0) {
        for (std::uint32_t rider = first_rider; rider < run.next; ++rider) {
          riders_over += run.zone.place_of(rider).lane == 1 ? 1 : 0;
        }
      }
    }
  });
  EXPECT_EQ(riders_over, 4) << "when the second car goes over the line";
  EXPECT_EQ(run.left.size(), 10U);
  EXPECT_EQ(run.zone.overruns(), 0U);
}

TEST(Riders, StandSeveralAbreastAtTheLine) {
  SignalRoad run;
  for (int i = 0; i < 9; ++i) {
    ASSERT_TRUE(run.try_enter(0, motorbike, 10));
    run.run(1);
  }
  run.run(60, [&] { run.expect_apart(); });
  int in_front = 0;
  for (const VehiclePlace& place : run.places()) in_front += place.position_m > 297.5 ? 1 : 0;
  EXPECT_GE(in_front, 3);
}

TEST(Riders, PassASlowCarInTheSameLane) {
  MicroRun run(straight_road({1500}, 13.89));
  ASSERT_TRUE(run.try_enter(0, car, 3));
  run.zone.hold_to_speed(0, 3);
  run.run(10);
  ASSERT_TRUE(run.try_enter(0, motorbike, 10));
  run.run(60, [&] { run.expect_apart(); });
  EXPECT_GT(run.zone.place_of(1).position_m, run.zone.place_of(0).position_m + 50);
}

TEST(Riders, CarsStayBehindARiderInTheirWay) {
  MicroRun run(straight_road({1500}, 13.89));
  ASSERT_TRUE(run.try_enter(0, motorbike, 3));
  run.zone.hold_to_speed(0, 3);
  run.run(10);
  const double lateral = run.zone.place_of(0).lateral_m;
  ASSERT_TRUE(run.try_enter(0, car, 10));
  run.run(60, [&] { run.expect_apart(); });
  const bool in_the_way = std::abs(lateral - 1.75) < 0.5 * (1.8 + 0.7);
  EXPECT_EQ(run.zone.place_of(1).position_m < run.zone.place_of(0).position_m, in_the_way);
}

TEST(Riders, NeverLeaveTheirLaneSideways) {
  SignalRoad run(2);
  std::uint32_t sent = 0;
  run.run(200, [&] {
    run.try_enter(sent % 2, sent % 5 == 0 ? car : motorbike, 8);
    ++sent;
    run.green = static_cast<int>(run.time_s()) % 60 > 30;
    for (const VehiclePlace& place : run.places()) {
      const double half = 0.5 * run.types[place.type].width_m;
      EXPECT_GE(place.lateral_m, half - 1e-9);
      EXPECT_LE(place.lateral_m, 3.5 - half + 1e-9);
    }
    run.expect_apart();
  });
  EXPECT_EQ(run.zone.overruns(), 0U);
  EXPECT_GT(run.left.size(), 100U);
}

TEST(Riders, AreSlowerBesideCarsThanOnAFreePath) {
  using traffic::micro::LateralOptions;
  SignalRoad run;
  for (int i = 0; i < 8; ++i) {
    ASSERT_TRUE(run.try_enter(0, car, 10));
    run.run(4);
  }
  run.run(30);
  ASSERT_TRUE(run.try_enter(0, motorbike, 10));
  const std::uint32_t rider = run.next - 1;
  double fastest = 0;
  run.run(60, [&] {
    const VehiclePlace place = run.zone.place_of(rider);
    if (place.position_m > 265 && place.position_m < 290) {
      fastest = std::max(fastest, place.speed_mps);
    }
  });
  EXPECT_GT(fastest, 2);
  EXPECT_LT(fastest, 7);
}

}  // namespace
}  // namespace kontwin::testing
