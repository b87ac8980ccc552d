#include "actors/mirror.hpp"

#include <gmock/gmock.h>

#include <limits>
#include <thread>

#include "tests/actors/mirror_fixture.hpp"

namespace kontwin::testing {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr EntityRef gauge{Kind::river_gauge, 0};

TEST_F(MirrorTest, HasOneActorForEveryEntity) {
  EXPECT_EQ(mirror->counts().actors, mirror->world().size());
  EXPECT_GT(mirror->counts().actors, 100U);
}

TEST_F(MirrorTest, AnObservationReachesItsRowWithItsMoment) {
  ingest("RainGauge:test-0", "rain_mmph", 12.5, 10min);
  const StateTable state = mirror->snapshot();
  EXPECT_EQ(state.at({Kind::rain_gauge, 0}, rain_gauge_column::rain_mmph), 12.5);
  EXPECT_EQ(state.at({Kind::rain_gauge, 0}, common_column::observed_at), to_cell(at(10min)));
  EXPECT_EQ(mirror->counts().accepted, 1U);
}

TEST_F(MirrorTest, RefusesWhatItCannotTakeAndCountsEachReason) {
  clock.set(at(1h));
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<Observation> bad{
      observe("RiverGauge:nowhere", "stage_m", 100, at(1h)),
      observe("RiverGauge:test-0", "stage", 100, at(1h)),
      observe("RiverGauge:test-0", "observed_at", 100, at(1h)),
      observe("RiverGauge:test-0", "stage_m", nan, at(1h)),
      observe("RiverGauge:test-0", "stage_m", std::numeric_limits<double>::infinity(), at(1h)),
      observe("RiverGauge:test-0", "stage_m", 9001, at(1h)),
      observe("RiverGauge:test-0", "stage_m", 100, at(1h + 31s)),
      observe("RiverGauge:test-0", "stage_m", 100, at(1h + 30s)),
  };
  mirror->ingest(bad);
  mirror->count_malformed("test: byte 3: is not JSON");
  mirror->settle();
  EXPECT_EQ(refused(Refusal::unknown_entity), 1U);
  EXPECT_EQ(refused(Refusal::unknown_property), 2U);
  EXPECT_EQ(refused(Refusal::not_a_number), 2U);
  EXPECT_EQ(refused(Refusal::out_of_range), 1U);
  EXPECT_EQ(refused(Refusal::from_the_future), 1U);
  EXPECT_EQ(refused(Refusal::malformed), 1U);
  EXPECT_EQ(mirror->counts().accepted, 1U);
}

TEST_F(MirrorTest, RefusesWhatIsOlderThanTheNewestOfTheSameProperty) {
  ingest("Reservoir:test-0", "level_m", 105, 2h);
  clock.set(at(3h));
  const std::vector<Observation> late{
      observe("Reservoir:test-0", "level_m", 90, at(1h)),       // too old
      observe("Reservoir:test-0", "outflow_m3ps", 40, at(1h)),  // first of its property
      observe("Reservoir:test-0", "level_m", 106, at(2h))};     // a correction of the same moment
  mirror->ingest(late);
  mirror->settle();
  EXPECT_EQ(refused(Refusal::too_old), 1U);
  const StateTable state = mirror->snapshot();
  EXPECT_EQ(state.at({Kind::reservoir, 0}, reservoir_column::level_m), 106);
  EXPECT_EQ(state.at({Kind::reservoir, 0}, reservoir_column::outflow_m3ps), 40);
  EXPECT_EQ(state.at({Kind::reservoir, 0}, common_column::observed_at), to_cell(at(2h)));
}

TEST_F(MirrorTest, ShedsWhatIsOverTheQueueLimitAndCountsIt) {
  start(town(), {.threads = 2, .queue_limit = 10});
  const std::vector<Observation> many(25, observe("RainGauge:test-0", "rain_mmph", 1, at({})));
  mirror->ingest(many);
  mirror->settle();
  EXPECT_EQ(mirror->counts().accepted, 10U);
  EXPECT_EQ(refused(Refusal::overload), 15U);
  mirror->ingest(std::span(many).first(10));
  mirror->settle();
  EXPECT_EQ(mirror->counts().accepted, 20U) << "what was shed before does not hold the queue";
}

TEST_F(MirrorTest, ARisingRiverPassesTheAlarmLevelsInOrder) {
  // BĐ1 to BĐ3 at 101, 102 and 103 m.
  const double stages[] = {99.5, 100.9, 101.1, 101.6, 102.4, 103.2, 102.5, 101.5, 100.5};
  Duration when{0};
  for (const double stage : stages) ingest("RiverGauge:test-0", "stage_m", stage, when += 1h);
  EXPECT_THAT(said(EventType::alarm_level_changed), ElementsAre(1, 2, 3, 2, 1, 0));
  EXPECT_EQ(events[0].severity, Severity::warning);
  EXPECT_EQ(events[1].severity, Severity::alarm);
  EXPECT_EQ(events[0].at, at(3h)) << "an alarm carries the moment of the reading";
}

TEST_F(MirrorTest, ARiverThatJumpsOverALevelPassesItAllTheSame) {
  ingest("RiverGauge:test-0", "stage_m", 102.5, 1h);
  EXPECT_THAT(said(EventType::alarm_level_changed), ElementsAre(1, 2));
}

TEST_F(MirrorTest, AStageThatTremblesAroundALevelRaisesOneAlarm) {
  ingest("RiverGauge:test-0", "stage_m", 101.00, 1h);
  ingest("RiverGauge:test-0", "stage_m", 100.96, 2h);
  ingest("RiverGauge:test-0", "stage_m", 101.02, 3h);
  EXPECT_THAT(said(EventType::alarm_level_changed), ElementsAre(1));
  EXPECT_EQ(mirror->snapshot().at(gauge, river_gauge_column::alarm_level), 1);
  ingest("RiverGauge:test-0", "stage_m", 100.94, 4h);
  EXPECT_THAT(said(EventType::alarm_level_changed), ElementsAre(1, 0));
}

TEST_F(MirrorTest, AGaugeWorksOutTheRiseOverThreeHours) {
  for (int hour = 0; hour <= 5; ++hour) {
    // 0.1 m/h at first, then 0.4 m/h.
    const double stage = hour <= 2 ? 98 + 0.1 * hour : 98.2 + 0.4 * (hour - 2);
    ingest("RiverGauge:test-0", "stage_m", stage, hour * 1h);
  }
  EXPECT_NEAR(mirror->snapshot().at(gauge, river_gauge_column::rise_mph), 0.4, 1e-9);
  ingest("RiverGauge:test-0", "stage_m", 99.4, 5h + 30min);
  // 99.4 m now, 98.4 m at 2:30.
  EXPECT_NEAR(mirror->snapshot().at(gauge, river_gauge_column::rise_mph), 1.0 / 3, 1e-9);
}

TEST_F(MirrorTest, AGaugeWorksOutTheRiseFromTheCorrectedStage) {
  ingest("RiverGauge:test-0", "stage_m", 89, 1h);
  ingest("RiverGauge:test-0", "stage_m", 98, 1h);
  ingest("RiverGauge:test-0", "stage_m", 98.5, 2h);
  EXPECT_NEAR(mirror->snapshot().at(gauge, river_gauge_column::rise_mph), 0.5, 1e-9);
}

TEST_F(MirrorTest, ASensorThatFallsSilentGoesStaleOnceAndRecovers) {
  ingest("RiverGauge:test-0", "stage_m", 99, 1h);
  tick(7h);
  EXPECT_THAT(said(EventType::sensor_stale), IsEmpty()) << "six hours are still allowed";
  tick(7h + 1min);
  tick(8h);
  EXPECT_THAT(said(EventType::sensor_stale), ElementsAre(6 * 3600 + 60));
  EXPECT_EQ(mirror->snapshot().at(gauge, common_column::stale), 1);
  ingest("RiverGauge:test-0", "stage_m", 99, 9h);
  EXPECT_EQ(said(EventType::sensor_recovered).size(), 1U);
  EXPECT_EQ(mirror->snapshot().at(gauge, common_column::stale), 0);
  tick(15h + 1min);
  EXPECT_EQ(said(EventType::sensor_stale).size(), 2U);
}

TEST_F(MirrorTest, ASensorThatNeverSpokeIsNotStale) {
  tick(100h);
  EXPECT_THAT(events, IsEmpty());
}

TEST_F(MirrorTest, AFloodedRoadIsShownClosedUntilItIsNearlyDry) {
  const auto open = [this] { return mirror->snapshot().at({Kind::road, 0}, road_column::open); };
  ingest("Road:test-0", "water_depth_m", 0.29, 1min);
  EXPECT_EQ(open(), 1);
  ingest("Road:test-0", "water_depth_m", 0.30, 2min);
  EXPECT_EQ(open(), 0);
  ingest("Road:test-0", "water_depth_m", 0.15, 3min);
  EXPECT_EQ(open(), 0);
  ingest("Road:test-0", "water_depth_m", 0.05, 4min);
  EXPECT_EQ(open(), 1);
  EXPECT_THAT(said(EventType::open_changed), ElementsAre(0, 1));
  EXPECT_THAT(said(EventType::water_depth_crossed), ElementsAre(0.29, 0.30, 0.15, 0.05));
}

TEST_F(MirrorTest, AHospitalBehindFloodedRoadsIsCutOffAndDiverts) {
  const World& world = mirror->world();
  const std::uint32_t junction = world.junction_of({Kind::hospital, 0});
  clock.set(at(1min));
  const auto flood = [&](double depth_m) {
    std::vector<Observation> all;
    for (std::uint32_t road = 0; road < world.roads().links(); ++road) {
      if (world.roads().from[road] != junction && world.roads().to[road] != junction) continue;
      all.push_back(
          observe("Road:test-" + std::to_string(road), "water_depth_m", depth_m, at(1min)));
    }
    mirror->ingest(all);
    mirror->settle();
  };
  flood(0.5);
  StateTable state = mirror->snapshot();
  EXPECT_EQ(state.at({Kind::hospital, 0}, hospital_column::cut_off), 1);
  EXPECT_EQ(state.at({Kind::hospital, 0}, hospital_column::diverting), 1);
  EXPECT_EQ(state.at({Kind::shelter, 0}, shelter_column::cut_off), 0);
  flood(0);
  state = mirror->snapshot();
  EXPECT_EQ(state.at({Kind::hospital, 0}, hospital_column::cut_off), 0);
  EXPECT_EQ(state.at({Kind::hospital, 0}, hospital_column::diverting), 0);
  EXPECT_THAT(said(EventType::cut_off_changed), ElementsAre(1, 0));
}

TEST_F(MirrorTest, ASchoolClosesWhenTheRiverOfItsCommuneStandsAtTheSecondLevel) {
  const auto open = [this] {
    return mirror->snapshot().at({Kind::school, 0}, school_column::open);
  };
  ingest("RiverGauge:test-0", "stage_m", 101.5, 1h);
  EXPECT_EQ(open(), 1);
  ingest("RiverGauge:test-0", "stage_m", 102.5, 2h);
  EXPECT_EQ(open(), 0);
  ingest("RiverGauge:test-0", "stage_m", 101.5, 3h);
  EXPECT_EQ(open(), 0);
  ingest("RiverGauge:test-0", "stage_m", 100.5, 4h);
  EXPECT_EQ(open(), 1);
}

TEST_F(MirrorTest, SettlingLeavesNothingBehindWhileOthersKeepSending) {
  std::jthread other([this](const std::stop_token& stop) {
    double depth = 0;
    for (int i = 0; i < 100'000 && !stop.stop_requested(); ++i) {  // stays below the queue limit
      depth = 1 - depth;
      const Observation one = observe("Road:test-1", "water_depth_m", depth, at({}));
      mirror->ingest({&one, 1});
    }
  });
  for (int round = 1; round <= 100; ++round) {
    std::vector<Observation> batch;
    for (int home = 0; home < 25; ++home) {
      const std::string entity = "Residence:test-" + std::to_string(home);
      batch.push_back(observe(entity, "people_home", round, at({})));
    }
    mirror->ingest(batch);
    mirror->settle();
    const StateTable state = mirror->snapshot();
    for (const double people : state.column(Kind::residence, residence_column::people_home)) {
      ASSERT_EQ(people, round);
    }
  }
}

TEST_F(MirrorTest, EventsOfAnEntityAreOutInOrderWhenItHasSettled) {
  for (int i = 0; i < 100; ++i) {
    const Observation one =
        observe("RiverGauge:test-0", "stage_m", i % 2 == 0 ? 101.5 : 100.5, at({}));
    mirror->ingest({&one, 1});
  }
  mirror->settle();
  const auto levels = said(EventType::alarm_level_changed);
  ASSERT_EQ(levels.size(), 100U);
  for (std::size_t i = 0; i < levels.size(); ++i) ASSERT_EQ(levels[i], i % 2 == 0 ? 1 : 0);
  EXPECT_EQ(mirror->counts().events, 100U);
}

TEST_F(MirrorTest, SeveralMirrorsLiveSideBySide) {
  Mirror second(town(3), clock, {.threads = 1});
  const Observation one = observe("RainGauge:test-0", "rain_mmph", 7, at({}));
  second.ingest({&one, 1});
  second.settle();
  EXPECT_EQ(second.counts().accepted, 1U);
  EXPECT_EQ(mirror->counts().accepted, 0U);
}

TEST_F(MirrorTest, WhatWasIngestedIsDoneBeforeTheMirrorEnds) {
  const std::vector<Observation> many(1000, observe("RiverGauge:test-0", "stage_m", 101.5, at({})));
  mirror->ingest(many);
  mirror.reset();
  EXPECT_THAT(said(EventType::alarm_level_changed), ElementsAre(1));
}

}  // namespace kontwin::testing
