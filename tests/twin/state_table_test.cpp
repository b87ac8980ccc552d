#include "twin/state_table.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "tests/support/small_world.hpp"
#include "twin/live_state.hpp"

namespace kontwin {
namespace {

TEST(StateTable, StartsAtRest) {
  const auto world = testing::town(3);
  const StateTable table(*world);
  for (const double open : table.column(Kind::road, road_column::open)) EXPECT_EQ(open, 1);
  EXPECT_EQ(table.at({Kind::road, 0}, road_column::speed_limit_mps),
            world->entities(Kind::road).attribute(road_attribute::free_speed_mps, 0));
  EXPECT_EQ(table.at({Kind::residence, 4}, residence_column::people_home), 100);
  EXPECT_EQ(table.at({Kind::residence, 4}, residence_column::ordered), 0);
  EXPECT_TRUE(std::isnan(table.at({Kind::river_gauge, 0}, river_gauge_column::stage_m)));
  EXPECT_TRUE(std::isnan(table.at({Kind::road, 0}, common_column::observed_at)));
}

TEST(StateTable, EveryCellBelongsToOneColumn) {
  const auto world = testing::town(3);
  const StateTable table(*world);
  std::set<std::size_t> cells;
  for (const Kind kind : all_kinds()) {
    for (std::size_t column = 0; column < schema_of(kind).columns.size(); ++column) {
      for (std::uint32_t row = 0; row < table.rows(kind); ++row) {
        EXPECT_TRUE(cells.insert(table.cell({kind, row}, column)).second);
        EXPECT_EQ(&table.all()[table.cell({kind, row}, column)], &table.column(kind, column)[row]);
      }
    }
  }
  EXPECT_EQ(cells.size(), table.cells());
  EXPECT_EQ(*cells.rbegin() + 1, table.cells());
}

TEST(StateTable, AForkDoesNotSeeLaterWritesOfItsParent) {
  StateTable parent(*testing::town(2));
  parent.at({Kind::road, 0}, road_column::open) = 0;
  const StateTable fork = parent;
  parent.at({Kind::road, 0}, road_column::open) = 1;
  EXPECT_EQ(fork.at({Kind::road, 0}, road_column::open), 0);
}

TEST(Schema, NamesOfColumnsAndAttributesMatchTheirPositions) {
  EXPECT_EQ(find_column(Kind::road, "queue"), road_column::queue);
  EXPECT_EQ(find_column(Kind::residence, "people_safe"), residence_column::people_safe);
  EXPECT_EQ(find_attribute(Kind::road, "bridge"), road_attribute::bridge);
  EXPECT_EQ(find_attribute(Kind::reservoir, "installed_mw"), reservoir_attribute::installed_mw);
  EXPECT_FALSE(find_column(Kind::road, "stage_m"));
  for (const Kind kind : all_kinds()) {
    EXPECT_EQ(find_column(kind, "observed_at"), common_column::observed_at);
    EXPECT_EQ(find_column(kind, "water_depth_m"), common_column::water_depth_m);
    EXPECT_EQ(parse_kind(names_of(kind).id), kind);
    EXPECT_EQ(parse_kind(names_of(kind).type), kind);
  }
}

}  // namespace
}  // namespace kontwin
