#include "scenarios/evacuation/crowd/cell_list.hpp"

#include <gtest/gtest.h>

#include "twin/random.hpp"

namespace kontwin::testing {
namespace {

TEST(CellList, PutsPeopleByCellAndKeepsTheirOrderWithin) {
  ComputeArena arena(2);
  crowd::CellList cells({0, 0, 0, 40, 30, 9});
  crowd::Pedestrians people;
  constexpr std::size_t count = 3000;
  people.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    RandomStream random(1, i);
    people.x_m[i] = static_cast<float>(random.uniform(-5, 45));
    people.y_m[i] = static_cast<float>(random.uniform(-5, 35));
    people.z_m[i] = static_cast<float>(random.uniform(0, 9));
    people.person[i] = static_cast<std::uint32_t>(i);
  }
  cells.sort(people, arena);
  std::vector<int> seen(count, 0);
  const auto& grid = cells.grid();
  for (std::size_t cell = 0; cell + 1 < cells.begin().size(); ++cell) {
    for (std::uint32_t row = cells.begin()[cell]; row < cells.begin()[cell + 1]; ++row) {
      EXPECT_EQ(cell, grid.cell(grid.storey(people.z_m[row]), grid.row(people.y_m[row]),
                                grid.column(people.x_m[row])));
      if (row > cells.begin()[cell]) {
        EXPECT_LT(people.person[row - 1], people.person[row]);
      }
      ++seen[people.person[row]];
    }
  }
  EXPECT_EQ(cells.begin().back(), count);
  EXPECT_EQ(seen, std::vector<int>(count, 1));
}

TEST(CellList, AWideCountryTakesNoMoreMemoryThanATown) {
  const crowd::CellList cells({0, 0, 0, 1e6F, 1e6F, 1});
  EXPECT_LT(cells.begin().size(), 5'000'000U);
}

TEST(Pedestrians, WhoIsNotKeptGoesAndTheOthersStayInOrder) {
  crowd::Pedestrians people;
  people.resize(5);
  for (std::uint32_t i = 0; i < 5; ++i) {
    people.person[i] = i;
    people.x_m[i] = static_cast<float>(i) * 2;
  }
  people.keep_only(std::vector<std::uint8_t>{1, 0, 1, 0, 1});
  ASSERT_EQ(people.count(), 3U);
  EXPECT_EQ(people.person[0], 0U);
  EXPECT_EQ(people.person[1], 2U);
  EXPECT_EQ(people.person[2], 4U);
  EXPECT_EQ(people.x_m[1], 4.0F);
}

}  // namespace
}  // namespace kontwin::testing
