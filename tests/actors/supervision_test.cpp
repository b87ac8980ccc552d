#include <gmock/gmock.h>

#include "tests/actors/mirror_fixture.hpp"

namespace kontwin::testing {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

using SupervisionTest = MirrorTest;

TEST_F(SupervisionTest, AnActorThatFailsIsRestartedWithItsLastRow) {
  ingest("RiverGauge:test-0", "stage_m", 101.5, 1h);
  mirror->fail({Kind::river_gauge, 0});
  mirror->settle();
  EXPECT_EQ(mirror->counts().restarts, 1U);
  EXPECT_THAT(said(EventType::actor_restarted), ElementsAre(1));
  const StateTable state = mirror->snapshot();
  EXPECT_EQ(state.at({Kind::river_gauge, 0}, river_gauge_column::stage_m), 101.5);
  EXPECT_EQ(state.at({Kind::river_gauge, 0}, river_gauge_column::alarm_level), 1);
}

TEST_F(SupervisionTest, ARestartedActorGoesOnFromItsRow) {
  ingest("RiverGauge:test-0", "stage_m", 101.0, 1h);
  ingest("RiverGauge:test-0", "stage_m", 100.96, 2h);  // held at level 1 by the hysteresis
  mirror->fail({Kind::river_gauge, 0});
  mirror->settle();
  ingest("RiverGauge:test-0", "stage_m", 100.97, 3h);
  EXPECT_THAT(said(EventType::alarm_level_changed), ElementsAre(1)) << "the level is not forgotten";
  ingest("RiverGauge:test-0", "stage_m", 102.2, 4h);
  EXPECT_THAT(said(EventType::alarm_level_changed), ElementsAre(1, 2));
}

TEST_F(SupervisionTest, NothingOnItsWayIsLostWhenAnActorFails) {
  for (int i = 0; i < 100; ++i) {
    const Observation one = observe("RainGauge:test-0", "rain_mmph", i, at({}));
    mirror->ingest({&one, 1});
    if (i % 10 == 5) mirror->fail({Kind::rain_gauge, 0});
  }
  mirror->settle();
  EXPECT_EQ(mirror->counts().accepted, 100U);
  EXPECT_EQ(mirror->counts().restarts, 10U);
  EXPECT_EQ(mirror->snapshot().at({Kind::rain_gauge, 0}, rain_gauge_column::rain_mmph), 99);
}

TEST_F(SupervisionTest, TheOthersAreNotAffected) {
  ingest("Road:test-3", "water_depth_m", 0.4, 1min);
  mirror->fail({Kind::road, 2});
  mirror->settle();
  ingest("Road:test-3", "water_depth_m", 0.05, 2min);
  EXPECT_THAT(said(EventType::open_changed), ElementsAre(0, 1));
  EXPECT_EQ(mirror->counts().restarts, 1U);
}

}  // namespace kontwin::testing
