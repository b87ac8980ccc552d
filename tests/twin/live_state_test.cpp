#include "twin/live_state.hpp"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cmath>
#include <thread>
#include <vector>

namespace kontwin {
namespace {

StateTable table_of(std::size_t roads) {
  std::array<std::size_t, kind_count> rows{};
  rows[index_of(Kind::road)] = roads;
  return StateTable(rows);
}

void set(LiveState& state, std::uint32_t row, double value) {
  const std::array cells{LiveState::Cell{road_column::flow_vph, value},
                         LiveState::Cell{road_column::speed_mps, value}};
  state.write({Kind::road, row}, cells);
}

TEST(LiveState, ASnapshotHoldsWhatWasWrittenBeforeIt) {
  LiveState state(table_of(3));
  set(state, 1, 42);
  const StateTable snapshot = state.snapshot();
  set(state, 1, 43);
  EXPECT_EQ(snapshot.at({Kind::road, 1}, road_column::flow_vph), 42);
  EXPECT_EQ(state.own({Kind::road, 1}, road_column::flow_vph), 43);
  EXPECT_EQ(state.writes(), 4U);
}

TEST(LiveState, ASnapshotNeverSeesHalfAWriteNorTimeRunBackwards) {
  constexpr std::uint32_t rows = 64;
  LiveState state(table_of(rows));
  for (std::uint32_t row = 0; row < rows; ++row) set(state, row, 0);
  std::atomic<bool> stop{false};
  // Each writer walks its own rows round after round: row r+1 is written after row r.
  const auto write_rows = [&](std::uint32_t first, std::uint32_t last) {
    for (double round = 1; !stop; ++round) {
      for (std::uint32_t row = first; row < last; ++row) set(state, row, round);
    }
  };
  std::thread low(write_rows, 0, rows / 2);
  std::thread high(write_rows, rows / 2, rows);

  StateTable snapshot = table_of(rows);
  std::vector<double> before(rows, 0);
  for (int taken = 0; taken < 300; ++taken) {
    state.snapshot_into(snapshot);
    for (std::uint32_t row = 0; row < rows; ++row) {
      const double flow = snapshot.at({Kind::road, row}, road_column::flow_vph);
      ASSERT_EQ(flow, snapshot.at({Kind::road, row}, road_column::speed_mps));
      ASSERT_GE(flow, before[row]);
      // One moment for all rows of a writer: it is at most one round ahead on its first rows.
      const std::uint32_t first = row < rows / 2 ? 0 : rows / 2;
      const double at_first = snapshot.at({Kind::road, first}, road_column::flow_vph);
      ASSERT_TRUE(flow == at_first || flow == at_first - 1);
      before[row] = flow;
    }
  }
  stop = true;
  low.join();
  high.join();
}

TEST(LiveState, SeveralSnapshotsAtOnceAllFinish) {
  LiveState state(table_of(16));
  std::atomic<bool> stop{false};
  std::thread writer([&] {
    for (double value = 0; !stop; ++value) set(state, 3, value);
  });
  std::array<std::thread, 3> readers;
  std::atomic<int> torn{0};
  for (auto& reader : readers) {
    reader = std::thread([&] {
      for (int i = 0; i < 100; ++i) {
        const StateTable copy = state.snapshot();
        const double flow = copy.at({Kind::road, 3}, road_column::flow_vph);
        const double speed = copy.at({Kind::road, 3}, road_column::speed_mps);
        if (flow != speed && !(std::isnan(flow) && std::isnan(speed))) ++torn;
      }
    });
  }
  for (auto& reader : readers) reader.join();
  stop = true;
  writer.join();
  EXPECT_EQ(torn, 0);
}

}  // namespace
}  // namespace kontwin
