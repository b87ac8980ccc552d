#include "scenarios/observed_forcing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "tests/support/small_world.hpp"

namespace kontwin::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// A town with three counters and a gauge, about to start after an hour's lead-in.
class ObservedForcing : public ::testing::Test {
 protected:
  ObservedForcing() {
    WorldParts parts = town_parts(3);
    for (int i = 0; i < 3; ++i) {
      EntityRecord counter;
      counter.urn = make_urn(Kind::traffic_counter, "own-" + std::to_string(i));
      counter.place = parts.entities[index_of(Kind::road)].place[0];
      counter.attributes = {0};
      first = parts.entities[index_of(Kind::traffic_counter)].size() - static_cast<std::size_t>(i);
      parts.add(Kind::traffic_counter, std::move(counter));
    }
    branch.world = World::seal(std::move(parts));
    branch.state = StateTable(*branch.world);
    std::ranges::fill(branch.state.column(Kind::traffic_counter, traffic_counter_column::flow_vph),
                      std::numeric_limits<double>::quiet_NaN());
    branch.start = Instant{1000h};
    branch.lead_in = 1h;
  }
  std::uint32_t counter(std::size_t i) const { return static_cast<std::uint32_t>(first + i); }
  Reading count(std::size_t i, double flow_vph, Duration before_start) const {
    return {{Kind::traffic_counter, counter(i)},
            traffic_counter_column::flow_vph,
            flow_vph,
            branch.start - before_start};
  }
  Reading stage(double stage_m, Duration before_start) const {
    return {
        {Kind::river_gauge, 0}, river_gauge_column::stage_m, stage_m, branch.start - before_start};
  }

  std::size_t first = 0;
  Branch branch;
};

TEST_F(ObservedForcing, TakesACountForTheTimeSinceTheOneBefore) {
  add_observed(branch, std::vector{count(0, 100, 45min), count(0, 200, 30min), count(0, 300, 0min),
                                   count(1, 50, 10min)});
  const auto& flows = branch.forcing.traffic_flow_vph;
  ASSERT_THAT(flows, SizeIs(2));
  const TimeSeries& series = flows[0].second;
  EXPECT_EQ(flows[0].first, counter(0));
  EXPECT_EQ(series.between, TimeSeries::Between::hold);
  EXPECT_EQ(series.value_at(branch.start - 50min), 100);
  EXPECT_EQ(series.value_at(branch.start - 40min), 200);
  EXPECT_EQ(series.value_at(branch.start - 20min), 300);
  EXPECT_EQ(series.at.back(), branch.start) << "what is the case now still tells of the next time";
  EXPECT_EQ(flows[1].second.value_at(branch.start - 55min), 50);
}

TEST_F(ObservedForcing, TakesTheRainOfAGaugeForTheTimeSinceTheReadingBefore) {
  const auto rain = [this](double mmph, Duration before_start) {
    return Reading{
        {Kind::rain_gauge, 0}, rain_gauge_column::rain_mmph, mmph, branch.start - before_start};
  };
  add_observed(branch, std::vector{rain(5, 2h), rain(10, 40min), rain(30, 10min)});
  ASSERT_THAT(branch.forcing.rain_seen_mmph, SizeIs(1));
  const TimeSeries& series = branch.forcing.rain_seen_mmph[0].second;
  EXPECT_THAT(series.value, ElementsAre(10, 30, 30));
  EXPECT_EQ(series.value_at(branch.start - 50min), 10);
  EXPECT_EQ(series.value_at(branch.start - 20min), 30);
  EXPECT_EQ(series.at.back(), branch.start - 10min) << "later nothing was seen";
}

TEST_F(ObservedForcing, LeavesOutCountsBeforeTheLeadInAndAllAfterTheStart) {
  add_observed(branch, std::vector{count(0, 1, 2h), count(0, 2, 61min), count(0, 3, -1min),
                                   stage(500, 2h), stage(501, 30min), stage(502, -5min)});
  EXPECT_THAT(branch.forcing.traffic_flow_vph, IsEmpty());
  ASSERT_THAT(branch.forcing.gauge_stage_m, SizeIs(1));
  EXPECT_THAT(branch.forcing.gauge_stage_m[0].second.value, ElementsAre(500, 501))
      << "water that passed a gauge before is still on its way";
}

TEST_F(ObservedForcing, TakesTheFlowOfTheStateWhereACounterMadeNoCountInTheLeadIn) {
  branch.state.at({Kind::traffic_counter, counter(2)}, traffic_counter_column::flow_vph) = 420;
  add_observed(branch, {});
  ASSERT_THAT(branch.forcing.traffic_flow_vph, SizeIs(1));
  const TimeSeries& series = branch.forcing.traffic_flow_vph[0].second;
  EXPECT_EQ(series.at.front(), branch.start - 1h);
  EXPECT_THAT(series.value, ElementsAre(420, 420));
}

TEST_F(ObservedForcing, WhatTheScenarioGivesStands) {
  branch.forcing.traffic_flow_vph.emplace_back(counter(0), TimeSeries{{branch.start}, {7}});
  add_observed(branch, std::vector{count(0, 100, 10min)});
  ASSERT_THAT(branch.forcing.traffic_flow_vph, SizeIs(1));
  EXPECT_THAT(branch.forcing.traffic_flow_vph[0].second.value, ElementsAre(7));
}

TEST_F(ObservedForcing, CountsDoNotComeWithoutALeadIn) {
  branch.lead_in = Duration{0};
  add_observed(branch, std::vector{count(0, 100, 0min), stage(500, 0min)});
  EXPECT_THAT(branch.forcing.traffic_flow_vph, IsEmpty());
  EXPECT_THAT(branch.forcing.gauge_stage_m, SizeIs(1));
}

}  // namespace
}  // namespace kontwin::testing
