#include "scenarios/slope/rockfall_book.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/scenarios/slope/hillside_world.hpp"

namespace kontwin::slope {
namespace {

double value(const RunTable& table, std::string_view id, std::size_t row) {
  for (const RunTable::Column& column : table.columns) {
    if (column.id == id) return column.values.at(row);
  }
  return std::nan("");
}

/// A rockfall of some boulders that all stay above the road.
Rockfall fall_of(std::size_t boulders) {
  Rockfall fall;
  fall.boulders.resize(boulders);
  return fall;
}

TEST(ShareOf, IsTheIntervalOfClopperAndPearson) {
  // None of n: 1 - 0.025^(1/n). Five of ten: the table of the exact interval, 0.187 to 0.813.
  const Share none = share_of(0, 40);
  EXPECT_EQ(none.estimate, 0);
  EXPECT_EQ(none.low, 0);
  EXPECT_NEAR(none.high, 1 - std::pow(0.025, 1.0 / 40), 1e-9);
  const Share half = share_of(5, 10);
  EXPECT_EQ(half.estimate, 0.5);
  EXPECT_NEAR(half.low, 0.187, 5e-4);
  EXPECT_NEAR(half.high, 0.813, 5e-4);
  EXPECT_EQ(share_of(7, 7).high, 1);
  EXPECT_EQ(share_of(0, 0).high, 1);
}

TEST(RockfallBook, TellsForEachRoadHowLikelyBouldersComeAndWithHowMuchEnergy) {
  const auto world = World::seal(testing::hillside_parts());
  RockfallBook book(*world);
  // Road 0 is the first of the two directions of one, 2 of another. Four rockfalls of two boulders
  // of the slope above the first: three boulders of eight come to it, one to the second road.
  std::vector<Rockfall> falls(4, fall_of(2));
  falls[0].hits = {{0, 0, 10e3, false, 0.5}, {0, 1, 30e3, false, 2}, {2, 1, 50e3, true, 0.4}};
  falls[2].hits = {{0, 0, 20e3, false, 0.6}};
  book.add(0, falls);
  std::vector<double> blocked_h(6, 0);
  blocked_h[3] = 5;
  blocked_h[5] = 2;
  const RunTable table = book.table(blocked_h);
  ASSERT_EQ(table.rows(), 3U);
  EXPECT_EQ(table.of[0], (EntityRef{Kind::road, 0}));
  const double spared = 5.0 / 8;  // by one boulder
  EXPECT_NEAR(value(table, "reached_probability", 0), 1 - spared * spared, 1e-12);
  const Share share = share_of(3, 8);
  EXPECT_NEAR(value(table, "reached_low", 0), 1 - std::pow(1 - share.low, 2), 1e-12);
  EXPECT_NEAR(value(table, "reached_high", 0), 1 - std::pow(1 - share.high, 2), 1e-12);
  EXPECT_EQ(value(table, "boulders_per_fall", 0), 0.75);
  EXPECT_EQ(value(table, "boulders_computed", 0), 8);
  EXPECT_EQ(value(table, "mean_energy_kj", 0), 20);
  EXPECT_EQ(value(table, "most_energy_kj", 0), 30);
  EXPECT_EQ(value(table, "p95_height_m", 0), 2);
  EXPECT_EQ(value(table, "blocked_h", 0), 0);
  EXPECT_NEAR(value(table, "reached_probability", 1), 1 - 49.0 / 64, 1e-12);
  EXPECT_EQ(value(table, "blocked_h", 1), 5);
  EXPECT_EQ(table.of[2], (EntityRef{Kind::road, 4})) << "blocked, though no boulder was computed";
  EXPECT_TRUE(std::isnan(value(table, "mean_energy_kj", 2)));
  EXPECT_TRUE(std::isnan(value(table, "reached_probability", 2))) << "nothing is known";
}

TEST(RockfallBook, ASlopeWhoseBouldersAllStopShortLeavesDoubtAllTheSame) {
  const auto world = World::seal(testing::hillside_parts());
  RockfallBook book(*world);
  book.add(1, std::vector<Rockfall>(5, fall_of(8)));
  const RunTable table = book.table({});
  ASSERT_EQ(table.rows(), 1U);
  EXPECT_EQ(table.of[0], (EntityRef{Kind::road, 0}));
  EXPECT_EQ(value(table, "reached_probability", 0), 0);
  EXPECT_EQ(value(table, "reached_low", 0), 0);
  EXPECT_NEAR(value(table, "reached_high", 0), 1 - std::pow(0.025, 8.0 / 40), 1e-9);
}

TEST(RockfallBook, SlopesThatReachOneRoadAddUpAsIndependentOnes) {
  const auto world = World::seal(testing::hillside_parts());
  RockfallBook book(*world);
  std::vector<Rockfall> half(2, fall_of(1));
  half[0].hits = {{0, 0, 1e3, false, 1}};
  book.add(0, half);
  book.add(2, half);
  const RunTable table = book.table({});
  EXPECT_EQ(value(table, "reached_probability", 0), 0.75);
  EXPECT_EQ(value(table, "boulders_per_fall", 0), 1);
}

}  // namespace
}  // namespace kontwin::slope
