#include "io/report/terminal_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace kontwin {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

KpiTable made(std::size_t runs) {
  std::vector<KpiColumn> columns;
  for (std::size_t run = 0; run < runs; ++run) {
    columns.push_back({"Phương án " + std::to_string(run),
                       "Branch " + std::to_string(run),
                       {{"people_exposed", "Số người ở nhà trong vùng ngập sâu hơn 0,3 m",
                         "People at home in water deeper than 0.3 m", "person",
                         138401 - 60000.0 * static_cast<double>(run), Kpi::Better::lower}}});
  }
  return make_kpi_table(std::move(columns));
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST(TextColumns, CountsLettersAndNotTheirMarks) {
  EXPECT_EQ(text_columns("Đăk Bla"), 7U);
  EXPECT_EQ(text_columns("e\u0323\u0302"), 1U);
  EXPECT_EQ(padded("Đăk", 5), "Đăk  ");
  EXPECT_EQ(padded("Đăk", 5, true), "  Đăk");
}

TEST(TerminalTable, SaysEveryKpiInBothLanguagesWithin100Columns) {
  const std::string table = terminal_table(made(3));
  EXPECT_THAT(table, AllOf(StartsWith("A  Phương án 0\n   Branch 0\n"), HasSubstr("C  Phương án 2"),
                           HasSubstr("Số người ở nhà"), HasSubstr("[người]"),
                           HasSubstr("  People at home in water deeper than 0.3 m [people]")));
  for (const std::string& line : lines_of(table)) EXPECT_LE(text_columns(line), 100U) << line;
}

TEST(TerminalTable, PutsDifferencesBelowTheirValues) {
  const auto lines = lines_of(terminal_table(made(2)));
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (!lines[i].starts_with("Số người")) continue;
    EXPECT_THAT(lines[i], EndsWith("78\u00a0401 *"));
    EXPECT_THAT(lines[i + 1], EndsWith("−60\u00a0000"));
    EXPECT_EQ(text_columns(lines[i]), text_columns(lines[i + 1]) + 2);
    return;
  }
  FAIL() << "the KPI is not there";
}

TEST(TerminalTable, OfOneRunComparesNothing) {
  EXPECT_THAT(terminal_table(made(1)), ::testing::Not(HasSubstr("best")));
}

}  // namespace
}  // namespace kontwin
