#include "io/report/html_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>


#include "tests/support/scratch_folder.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Kpi exposed(double value) {
  return {"people_exposed", "Người bị ngập", "People exposed", "person", value, Kpi::Better::lower};
}

HtmlReport made() {
  HtmlReport report;
  report.title_vi = "Lũ <tháng 11>";
  report.kpis = make_kpi_table(
      {{"Không can thiệp", "No action", {exposed(9000)}}, {"Sơ tán", "Evacuate", {exposed(20)}}});
  report.notes = {{"dữ liệu mô phỏng", "synthetic data"}};
  Chart chart{.title_vi = "Mực nước", .title_en = "Stage", .unit = "m", .curves = {}, .levels = {}};
  chart.curves.push_back({.label = "A", .points = {{1.7634e9, 518}, {1.76344e9, 519.8}}});
  report.charts = {chart};
  report.pictures = {{"flood.png", "Đỉnh lũ", "The peak"}};
  return report;
}

std::string page_of(const HtmlReport& report) {
  const testing::ScratchFolder folder;
  write_html_report(report, folder.path() / "report.html");
  return testing::bytes_of(folder.path() / "report.html");
}

std::size_t times(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

TEST(HtmlReport, MarksTheBestBranchAndEscapesWhatPeopleWrote) {
  const std::string page = page_of(made());
  EXPECT_THAT(page, HasSubstr("Lũ &lt;tháng 11&gt;"));
  EXPECT_THAT(page, Not(HasSubstr("<tháng")));
  EXPECT_THAT(page, HasSubstr("number best\">20<small>−8\u00a0980</small>"));
  EXPECT_THAT(page, HasSubstr("number\">9\u00a0000<"));
}

TEST(HtmlReport, SaysEverythingInBothLanguages) {
  const std::string page = page_of(made());
  for (const char* text :
       {"Không can thiệp", "No action", "Người bị ngập [người]", "People exposed [people]",
        "Mực nước [m]", "Stage [m]", "Đỉnh lũ", "The peak", "dữ liệu mô phỏng", "synthetic data"}) {
    EXPECT_THAT(page, HasSubstr(text));
  }
}

TEST(HtmlReport, MarksTableChartsAndPicturesWhereTheirFiguresAreSynthetic) {
  HtmlReport report = made();
  report.summary_vi = "Tóm tắt";
  constexpr const char* mark = "class=\"synthetic\"";
  EXPECT_EQ(times(page_of(report), mark), 0U);
  report.synthetic = true;
  EXPECT_EQ(times(page_of(report), mark), 4U);  // summary, table, chart, picture
}

TEST(HtmlReport, NamesThePathThatCannotBeWritten) {
  EXPECT_THROW(write_html_report({}, "/nonexistent/report.html"), FileError);
}

TEST(Chart, IsDrawnWithItsLevelsAndRoundMarksOnItsAxis) {
  Chart chart = made().charts.front();
  chart.levels.push_back({"BĐ1", 518.0});
  const std::string svg = chart_svg(chart);
  EXPECT_THAT(svg, HasSubstr("<svg"));
  EXPECT_THAT(svg, HasSubstr("BĐ1"));
  EXPECT_THAT(svg, HasSubstr("518,5"));
  chart.levels.clear();
  chart.curves.front().points = {{1.7634e9, 0}, {1.76344e9, 19809}};
  EXPECT_THAT(chart_svg(chart), HasSubstr("15\u00a0000"));
}

TEST(Chart, SaysSoWhenThereIsNothingToDraw) {
  HtmlReport report = made();
  report.charts.front().curves.clear();
  EXPECT_FALSE(has_points(report.charts.front()));
  EXPECT_THAT(page_of(report), HasSubstr("không có dữ liệu"));
  EXPECT_THROW(chart_svg(report.charts.front()), Error);
}

}  // namespace
}  // namespace kontwin
