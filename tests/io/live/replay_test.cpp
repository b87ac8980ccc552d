#include "io/live/replay.hpp"

#include <gtest/gtest.h>

#include "tests/support/small_world.hpp"

namespace kontwin {
namespace {

constexpr const char* gauge = "urn:ngsi-ld:RiverGauge:test-0";

Observation stage(double value, Instant at) {
  return {
      .entity = gauge, .property = "stage_m", .value = value, .observed_at = at, .source = "test"};
}

TEST(Replay, PlaysUpToAMomentAndLeavesTheRestForLater) {
  const Instant start = *parse_instant("2025-11-18T00:00:00Z");
  const auto world = testing::town(3);
  ManualClock clock(start);
  Mirror mirror(world, clock, {.threads = 2});
  Replay replay({stage(100.5, start), stage(101.5, start + std::chrono::hours(1)),
                 stage(102.5, start + std::chrono::hours(2))},
                clock, mirror);
  const EntityRef ref = *world->find(gauge);

  EXPECT_EQ(replay.play_until(start + std::chrono::minutes(90)), 2U);
  EXPECT_EQ(mirror.snapshot().at(ref, river_gauge_column::stage_m), 101.5);
  EXPECT_EQ(mirror.snapshot().at(ref, river_gauge_column::alarm_level), 1);
  EXPECT_EQ(clock.now(), start + std::chrono::minutes(90));
  EXPECT_FALSE(replay.done());

  EXPECT_EQ(replay.play_until(start + std::chrono::hours(3)), 1U);
  EXPECT_TRUE(replay.done());
  EXPECT_EQ(mirror.snapshot().at(ref, river_gauge_column::alarm_level), 2);
}

}  // namespace
}  // namespace kontwin
