#include "actors/sensor_history.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "twin/schema.hpp"

namespace kontwin {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Instant noon{std::chrono::sys_days{std::chrono::year{2025} / 11 / 18} + 5h};

Reading count(std::uint32_t row, double flow_vph, Instant at) {
  return {{Kind::traffic_counter, row}, traffic_counter_column::flow_vph, flow_vph, at};
}

std::vector<double> values(const std::vector<Reading>& readings) {
  std::vector<double> all;
  for (const Reading& reading : readings) all.push_back(reading.value);
  return all;
}

TEST(SensorHistory, GivesWhatSensorsMeasuredByEntityThenTime) {
  SensorHistory history(1h);
  const Reading stage{{Kind::river_gauge, 0}, river_gauge_column::stage_m, 518.5, noon + 1min};
  const Reading speed{{Kind::traffic_counter, 1}, traffic_counter_column::speed_mps, 9, noon};
  history.note(std::vector{count(1, 300, noon), stage, speed, count(0, 200, noon + 5min)});
  history.note(std::vector{count(1, 310, noon + 10min)});
  EXPECT_THAT(values(history.since(noon)), ElementsAre(518.5, 200, 300, 310));
  EXPECT_THAT(values(history.since(noon + 5min)), ElementsAre(200, 310));
}

TEST(SensorHistory, TakesACorrectionAndLeavesOutWhatIsOlderThanWhatItHas) {
  SensorHistory history(1h);
  history.note(std::vector{count(0, 1, noon), count(0, 2, noon), count(0, 3, noon - 1min)});
  EXPECT_THAT(values(history.since(Instant::min())), ElementsAre(2));
}

TEST(SensorHistory, IsBoundedInTimeAndInNumber) {
  SensorHistory history(1h, 3);
  for (int minute = 0; minute < 5; ++minute) {
    history.note(std::vector{count(0, minute, noon + std::chrono::minutes(minute))});
  }
  EXPECT_THAT(values(history.since(Instant::min())), ElementsAre(2, 3, 4));
  history.note(std::vector{count(0, 9, noon + 63min + 30s)});
  EXPECT_THAT(values(history.since(Instant::min())), ElementsAre(4, 9));
  EXPECT_THAT(history.since(noon + 2h), IsEmpty());
}

}  // namespace
}  // namespace kontwin
