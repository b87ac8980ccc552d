#include "twin/kpi_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace kontwin {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr auto vi = Language::vietnamese;
constexpr auto en = Language::english;
constexpr auto both = Language::both;

Kpi kpi(const char* id, double value, const char* unit = "",
        Kpi::Better better = Kpi::Better::lower) {
  return {id, "Chỉ số", "Indicator", unit, value, better};
}

KpiTable two(Kpi a, Kpi b) { return make_kpi_table({{"Một", "One", {a}}, {"Hai", "Two", {b}}}); }

TEST(NumberText, SetsThousandsApartAsTheReadersLanguageDoes) {
  EXPECT_EQ(number_text(1234567.891, 1, vi), "1.234.567,9");
  EXPECT_EQ(number_text(1234567.891, 1, en), "1,234,567.9");
  EXPECT_EQ(number_text(1234567.891, 1, both), "1\u00a0234\u00a0567,9");
  EXPECT_EQ(number_text(999, 0, vi), "999");
  EXPECT_EQ(number_text(-1500, 0, vi), "−1.500");
}

TEST(NumberText, HasNoSignWhereNothingIsLeftOfAValueAndADashForNone) {
  EXPECT_EQ(number_text(-0.04, 1, vi), "0,0");
  EXPECT_EQ(number_text(std::nan(""), 2, vi), "–");
  EXPECT_EQ(number_text(HUGE_VAL, 2, vi), "–");
}

TEST(UnitText, NamesWhatIsCountedAndLeavesMeasuresAlone) {
  EXPECT_EQ(unit_text("person", vi), "người");
  EXPECT_EQ(unit_text("person", en), "people");
  EXPECT_EQ(unit_text("person", both), "người / people");
  EXPECT_EQ(unit_text("km", both), "km");
}

TEST(KpiTable, MarksTheBestWhereOneSideIsBetter) {
  EXPECT_THAT(two(kpi("x", 3), kpi("x", 1)).rows[0].best, ElementsAre(1U));
  EXPECT_THAT(two(kpi("x", 3, "", Kpi::Better::higher), kpi("x", 1)).rows[0].best, ElementsAre(0U));
  EXPECT_THAT(two(kpi("x", 3, "", Kpi::Better::neither), kpi("x", 1)).rows[0].best, IsEmpty());
  EXPECT_THAT(two(kpi("x", 2), kpi("x", 2)).rows[0].best, IsEmpty());
}

TEST(KpiTable, SaysTheDifferenceToTheFirstColumnAndNothingWhereThereIsNone) {
  const KpiTable table = two(kpi("x", 5321), kpi("x", 1000));
  EXPECT_EQ(table.rows[0].value(1, vi), "1.000");
  EXPECT_EQ(table.rows[0].change(1, vi), "−4.321");
  EXPECT_EQ(table.rows[0].change(0, vi), "");
  EXPECT_EQ(two(kpi("x", 1), kpi("x", 2)).rows[0].change(1, en), "+1");
  const KpiTable unknown = two(kpi("x", std::nan("")), kpi("x", 2));
  EXPECT_EQ(unknown.rows[0].value(0, vi), "–");
  EXPECT_EQ(unknown.rows[0].change(1, vi), "");
}

TEST(KpiTable, GivesAllColumnsTheDecimalsThatTheLargestValueNeeds) {
  EXPECT_EQ(two(kpi("x", 61.93), kpi("x", 136.49)).rows[0].value(0, en), "62");
  EXPECT_EQ(two(kpi("x", 1.5), kpi("x", 52.74)).rows[0].value(1, en), "52.7");
  EXPECT_EQ(two(kpi("x", 519.774, "m"), kpi("x", 520, "m")).rows[0].value(0, en), "519.77");
  EXPECT_EQ(two(kpi("x", 2), kpi("x", 3)).rows[0].value(1, en), "3");
}

TEST(KpiTable, PutsPeopleFirstAndWhatIsTheSameInAllLast) {
  const KpiTable table = make_kpi_table(
      {{"Một", "One", {kpi("same", 1), kpi("roads", 1), kpi("people", 7, "person")}},
       {"Hai",
        "Two",
        {kpi("same", 1), kpi("roads", 2), kpi("people", 8, "person"), kpi("new", 1)}}});
  std::vector<std::string> ids;
  for (const KpiRow& row : table.rows) ids.push_back(row.kpi.id);
  EXPECT_THAT(ids, ElementsAre("people", "roads", "new", "same"));
  EXPECT_FALSE(table.rows[2].values[0].has_value());
}

TEST(KpiTable, NamesAKpiWithItsUnitInEachLanguage) {
  const KpiTable table = two(kpi("x", 1, "person"), kpi("x", 1, "person"));
  EXPECT_EQ(table.rows[0].label(vi), "Chỉ số [người]");
  EXPECT_EQ(table.rows[0].label(en), "Indicator [people]");
}

}  // namespace
}  // namespace kontwin
