#include "io/report/run_table_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace kontwin {
namespace {

using ::testing::ElementsAre;

RunTable::Column column(std::vector<double> values) {
  return {"energy_kj", "Động năng", "Energy", "kJ", {}, std::move(values)};
}

TEST(RunTableText, AColumnHasOneNumberOfDecimals) {
  EXPECT_THAT(cell_texts(column({0, 0.666666, 1}), 9), ElementsAre("0,00", "0,67", "1,00"));
  EXPECT_THAT(cell_texts(column({7.25, 12, std::nan("")}), 9), ElementsAre("7,2", "12,0", "–"));
  EXPECT_THAT(cell_texts(column({3.5, 250.4}), 9), ElementsAre("4", "250"));
  EXPECT_THAT(cell_texts(column({3, 12}), 9), ElementsAre("3", "12"));
}

TEST(RunTableText, RowsThatAreNotShownDoNotCount) {
  EXPECT_THAT(cell_texts(column({1.5, 2, 1000}), 2), ElementsAre("1,50", "2,00"));
}

}  // namespace
}  // namespace kontwin
