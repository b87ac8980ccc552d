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

TEST(RockfallBook, TellsForEachRoadHowLikelyBouldersComeAndWithHowMuchEnergy) {
  const auto world = World::seal(testing::hillside_parts());
  RockfallBook book(*world);
  // Roads 0 and 1 are the two directions of one, 2 and 3 of another. Four rockfalls of one slope:
  // two reach the first road, one of them with two boulders, one the second road.
  std::vector<Rockfall> falls(4);
  falls[0].hits = {{0, 0, 10e3, false},
                   {0, 1, 30e3, false},
                   {1, 0, 10e3, false},
                   {1, 1, 30e3, false},
                   {2, 1, 50e3, true}};
  falls[2].hits = {{0, 0, 20e3, false}, {1, 0, 20e3, false}};
  book.add(falls);
  std::vector<double> blocked_h(6, 0);
  blocked_h[3] = 5;
  blocked_h[5] = 2;
  const RunTable table = book.table(blocked_h);
  ASSERT_EQ(table.rows(), 3U);
  EXPECT_EQ(table.of[0], (EntityRef{Kind::road, 0}));
  EXPECT_EQ(value(table, "reached_probability", 0), 0.5);
  EXPECT_EQ(value(table, "boulders_per_fall", 0), 0.75);
  EXPECT_EQ(value(table, "mean_energy_kj", 0), 20);
  EXPECT_EQ(value(table, "most_energy_kj", 0), 30);
  EXPECT_EQ(value(table, "blocked_h", 0), 0);
  EXPECT_EQ(value(table, "reached_probability", 1), 0.25);
  EXPECT_EQ(value(table, "blocked_h", 1), 5);
  EXPECT_EQ(table.of[2], (EntityRef{Kind::road, 4})) << "blocked, though no boulder came";
  EXPECT_TRUE(std::isnan(value(table, "mean_energy_kj", 2)));
}

TEST(RockfallBook, SlopesThatReachOneRoadAddUpAsIndependentOnes) {
  const auto world = World::seal(testing::hillside_parts());
  RockfallBook book(*world);
  std::vector<Rockfall> half(2);
  half[0].hits = {{0, 0, 1e3, false}};
  book.add(half);
  book.add(half);
  const RunTable table = book.table({});
  EXPECT_EQ(value(table, "reached_probability", 0), 0.75);
  EXPECT_EQ(value(table, "boulders_per_fall", 0), 1);
}

}  // namespace
}  // namespace kontwin::slope
