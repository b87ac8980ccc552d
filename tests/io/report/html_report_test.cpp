#include "io/report/html_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/scratch_folder.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Kpi exposed(double value) {
  return {"people_exposed", "Người bị ngập", "People exposed", "người", value, Kpi::Better::lower};
}

TEST(KpiText, SetsThousandsApartAndRoundsBySize) {
  EXPECT_EQ(kpi_text(exposed(1234567)), "1 234 567 người");
  EXPECT_EQ(kpi_text(exposed(12.345)), "12.3 người");
  EXPECT_EQ(kpi_text(exposed(-1500)), "-1 500 người");
  EXPECT_EQ(kpi_text(exposed(std::nan(""))), "–");
}

TEST(HtmlReport, MarksTheBestBranchAndEscapesWhatPeopleWrote) {
  const testing::ScratchFolder folder;
  HtmlReport report;
  report.title_vi = "Lũ <tháng 11>";
  report.branches = {{"Không can thiệp", "No action", {exposed(900)}},
                     {"Sơ tán", "Evacuate", {exposed(20)}}};
  report.notes = {"dữ liệu mô phỏng"};
  write_html_report(report, folder.path() / "report.html");
  const std::string page = testing::bytes_of(folder.path() / "report.html");
  EXPECT_THAT(page, HasSubstr("Lũ &lt;tháng 11&gt;"));
  EXPECT_THAT(page, Not(HasSubstr("<tháng")));
  EXPECT_THAT(page, HasSubstr("number best\">20 người"));
  EXPECT_THAT(page, HasSubstr("number\">900 người"));
  EXPECT_THAT(page, HasSubstr("dữ liệu mô phỏng"));
}

TEST(HtmlReport, NamesThePathThatCannotBeWritten) {
  EXPECT_THROW(write_html_report({}, "/nonexistent/report.html"), FileError);
}

TEST(Chart, IsDrawnWithItsLabelsAndLevels) {
  Chart chart{
      .title = "Mực nước Kon Tum", .y_label = "m", .over_time = true, .curves = {}, .levels = {}};
  chart.curves.push_back({.label = "quan trắc", .points = {{1.7634e9, 518}, {1.76344e9, 519.8}}});
  chart.levels.push_back({"BĐ1", 518.0});
  const std::string svg = chart_svg(chart);
  EXPECT_THAT(svg, HasSubstr("<svg"));
  EXPECT_THAT(svg, HasSubstr("Mực nước Kon Tum"));
  EXPECT_THAT(svg, HasSubstr("BĐ1"));
  EXPECT_THAT(svg, HasSubstr("quan trắc"));
}

TEST(Chart, SaysSoWhenThereIsNothingToDraw) {
  EXPECT_THAT(chart_svg({.title = "Trống", .y_label = "", .curves = {}, .levels = {}}),
              HasSubstr("không có dữ liệu"));
}

}  // namespace
}  // namespace kontwin
