#include "io/report/html_report.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "twin/error.hpp"

namespace kontwin {

namespace {

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

constexpr const char* style = R"(
:root { --ink: #1c2b33; --soft: #5c6773; --line: #dde3e7; --good: #1c7c43; --accent: #1f6fb2; }
body { font-family: "Noto Sans", "DejaVu Sans", sans-serif; color: var(--ink); margin: 0; background: #f4f6f7; }
main { max-width: 1180px; margin: 0 auto; padding: 24px; }
header { background: #12394f; color: #fff; padding: 28px 24px; }
header div { max-width: 1180px; margin: 0 auto; }
h1 { margin: 0 0 4px; font-size: 26px; } h2 { margin: 36px 0 12px; font-size: 20px; }
.en { color: var(--soft); font-style: italic; } header .en { color: #c9dbe5; }
section { background: #fff; border: 1px solid var(--line); border-radius: 8px; padding: 4px 20px 20px; margin-top: 20px; }
table { border-collapse: collapse; width: 100%; } .scroll { overflow-x: auto; }
th, td { text-align: left; padding: 8px 10px; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number, th.number { text-align: right; white-space: nowrap; } td.best { color: var(--good); font-weight: 700; }
.charts, .pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(460px, 1fr)); gap: 16px; }
.charts svg, .pictures img { width: 100%; height: auto; border: 1px solid var(--line); border-radius: 6px; }
figure { margin: 0; } figcaption { color: var(--soft); font-size: 14px; padding: 6px 2px; }
ul.notes { color: var(--soft); } code { font-size: 13px; }
)";

/// The best value of a KPI over all branches; NaN where none is better than another.
double best_value(const std::vector<ReportBranch>& branches, const Kpi& kpi) {
  double best = std::nan("");
  double worst = std::nan("");
  for (const ReportBranch& branch : branches) {
    const auto found = std::ranges::find(branch.kpis, kpi.id, &Kpi::id);
    if (found == branch.kpis.end() || std::isnan(found->value)) continue;
    const bool better =
        kpi.better == Kpi::Better::higher ? !(found->value <= best) : !(found->value >= best);
    const bool is_worse =
        kpi.better == Kpi::Better::higher ? !(found->value >= worst) : !(found->value <= worst);
    if (better) best = found->value;
    if (is_worse) worst = found->value;
  }
  return kpi.better == Kpi::Better::neither || best == worst ? std::nan("") : best;
}

void write_table(std::ostream& page, const std::vector<ReportBranch>& branches) {
  page << "<section><h2>Chỉ số <span class=\"en\">Indicators</span></h2><div "
          "class=\"scroll\"><table>"
          "<thead><tr><th></th>";
  for (const auto& branch : branches) {
    page << "<th class=\"number\">" << escaped(branch.title_vi) << "<br><span class=\"en\">"
         << escaped(branch.title_en) << "</span></th>";
  }
  page << "</tr></thead><tbody>";
  std::vector<Kpi> order;
  for (const auto& branch : branches) {
    for (const Kpi& kpi : branch.kpis) {
      if (std::ranges::find(order, kpi.id, &Kpi::id) == order.end()) order.push_back(kpi);
    }
  }
  for (const Kpi& kpi : order) {
    const double best = best_value(branches, kpi);
    page << "<tr><td>" << escaped(kpi.label_vi) << "<br><span class=\"en\">"
         << escaped(kpi.label_en) << "</span></td>";
    for (const auto& branch : branches) {
      const auto found = std::ranges::find(branch.kpis, kpi.id, &Kpi::id);
      const bool is_best = found != branch.kpis.end() && found->value == best;
      page << "<td class=\"number" << (is_best ? " best" : "") << "\">"
           << (found == branch.kpis.end() ? "–" : escaped(kpi_text(*found))) << "</td>";
    }
    page << "</tr>";
  }
  page << "</tbody></table></div></section>\n";
}

void write_decision(std::ostream& page, const Decision& decision) {
  page << "<section><h2>Quyết định đề xuất <span class=\"en\">Proposed "
          "decision</span></h2><p><strong>"
       << escaped(decision.title_vi) << "</strong><br><span class=\"en\">"
       << escaped(decision.title_en) << "</span></p><ul>";
  for (const Measure& measure : decision.measures) {
    page << "<li>" << escaped(measure.text_vi) << "<br><span class=\"en\">"
         << escaped(measure.text_en) << "</span></li>";
  }
  page << "</ul><p>Trạng thái <span class=\"en\">State</span>: <strong>" << name_of(decision.state)
       << "</strong> · <code>" << escaped(decision.id) << "</code>";
  if (!decision.acknowledgement.empty()) {
    page << "<br>IOC: <code>" << escaped(decision.acknowledgement) << "</code>";
  }
  page << "</p></section>\n";
}

}  // namespace

std::string kpi_text(const Kpi& kpi) {
  if (!std::isfinite(kpi.value)) return "–";
  const double size = std::abs(kpi.value);
  std::ostringstream digits;
  digits.setf(std::ios::fixed);
  digits.precision(size >= 100 || kpi.value == std::floor(kpi.value) ? 0 : size >= 10 ? 1 : 2);
  digits << kpi.value;
  std::string text = digits.str();
  std::size_t point = text.find('.');
  if (point == std::string::npos) point = text.size();
  const std::size_t first = text.front() == '-' ? 1 : 0;
  for (std::size_t at = point; at > first + 3; at -= 3) text.insert(at - 3, " ");
  return kpi.unit.empty() ? text : text + " " + kpi.unit;
}

void write_html_report(const HtmlReport& report, const std::filesystem::path& path) {
  std::ofstream page(path);
  if (!page) throw FileError(path.string(), "cannot be written");
  page << "<!doctype html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\">"
       << "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>"
       << escaped(report.title_vi) << "</title><style>" << style << "</style></head><body>\n"
       << "<header><div><h1>" << escaped(report.title_vi) << "</h1><p class=\"en\">"
       << escaped(report.title_en) << "</p><p>" << format_local(report.state_at) << " (GMT+7) · "
       << escaped(report.world_name) << " · <code>" << escaped(report.world_hash.substr(0, 12))
       << "</code></p></div></header><main>\n"
       << "<section><h2>Tóm tắt <span class=\"en\">Summary</span></h2><p>"
       << escaped(report.summary_vi) << "</p><p class=\"en\">" << escaped(report.summary_en)
       << "</p></section>\n";
  write_table(page, report.branches);
  if (report.decision) write_decision(page, *report.decision);
  if (!report.charts.empty()) {
    page << "<section><h2>Diễn biến <span class=\"en\">Over time</span></h2><div class=\"charts\">";
    for (const Chart& chart : report.charts) page << chart_svg(chart) << "\n";
    page << "</div></section>\n";
  }
  if (!report.pictures.empty()) {
    page << "<section><h2>Hình ảnh 3D <span class=\"en\">Pictures</span></h2><div "
            "class=\"pictures\">";
    for (const auto& picture : report.pictures) {
      page << "<figure><img src=\"" << escaped(picture.file.filename().string()) << "\" alt=\""
           << escaped(picture.caption) << "\"><figcaption>" << escaped(picture.caption)
           << "</figcaption></figure>";
    }
    page << "</div></section>\n";
  }
  page << "<section><h2>Độ tin cậy <span class=\"en\">How far to trust this</span></h2>"
          "<ul class=\"notes\">";
  for (const auto& note : report.notes) page << "<li>" << escaped(note) << "</li>";
  page << "</ul></section></main></body></html>\n";
  page.flush();
  if (!page) throw FileError(path.string(), "could not be written whole; is the disk full?");
}

}  // namespace kontwin
