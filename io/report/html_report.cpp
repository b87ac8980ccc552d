#include "io/report/html_report.hpp"

#include <sstream>

#include "io/file/whole_file.hpp"
#include "io/report/report_style.hpp"

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

/// A text in Vietnamese, and in English on a line below.
std::string lines(const std::string& vietnamese, const std::string& english) {
  return escaped(vietnamese) + "<br><span class=\"en\">" + escaped(english) + "</span>";
}

class Page {
 public:
  Page(const HtmlReport& report, std::ostream& out) : report_(report), out_(out) {}

  void write() {
    write_head();
    if (!report_.summary_vi.empty()) {
      out_ << "<section>" << heading("Tóm tắt", "Summary", true) << "<p>"
           << escaped(report_.summary_vi) << "</p><p class=\"en\">" << escaped(report_.summary_en)
           << "</p></section>\n";
    }
    write_table();
    if (report_.charts_first) write_charts();
    for (const ReportTable& table : report_.tables) write_plain_table(table);
    if (report_.decision) write_decision(*report_.decision);
    if (!report_.charts_first) write_charts();
    write_pictures();
    out_ << "<section>" << heading("Độ tin cậy", "How far to trust this", false)
         << "<ul class=\"notes\">";
    for (const ReportNote& note : report_.notes) {
      out_ << "<li>" << lines(note.vietnamese, note.english) << "</li>";
    }
    out_ << "</ul></section></main></body></html>\n";
  }

 private:
  std::string synthetic() const {
    return report_.synthetic ? " <span class=\"synthetic\">mô phỏng · synthetic</span>" : "";
  }

  /// `figures`: there are some below it.
  std::string heading(const char* vietnamese, const char* english, bool figures) const {
    return std::string("<h2>") + escaped(vietnamese) + " <span class=\"en\">" + escaped(english) +
           "</span>" + (figures ? synthetic() : "") + "</h2>";
  }

  static std::string mark(std::size_t branch) {
    return std::string("<span class=\"mark\" style=\"background:") + curve_colour(branch) + "\">" +
           column_mark(branch) + "</span>";
  }

  void write_head() {
    out_ << "<!doctype html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\">"
         << "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>"
         << escaped(report_.title_vi) << "</title><style>" << report_style
         << "</style></head><body>\n<header><div><h1>" << escaped(report_.title_vi)
         << "</h1><p class=\"en\">" << escaped(report_.title_en)
         << "</p><p>Rẽ nhánh lúc <span class=\"en\">Forked at</span> "
         << format_local(report_.state_at) << " (GMT+7) · Mô hình <span class=\"en\">World</span> "
         << escaped(report_.world_name) << " <code>" << escaped(report_.world_hash.substr(0, 12))
         << "</code></p></div></header><main>\n";
  }

  void write_table() {
    const KpiTable& table = report_.kpis;
    out_ << "<section>" << heading("Chỉ số", "Indicators", true) << "<ul class=\"branches\">";
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      out_ << "<li>" << mark(i) << "<span>"
           << lines(table.columns[i].title_vi, table.columns[i].title_en) << "</span></li>";
    }
    out_ << "</ul><div class=\"scroll\"><table><thead><tr><th></th>";
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      out_ << "<th class=\"number\">" << mark(i) << "</th>";
    }
    out_ << "</tr></thead><tbody>\n";
    for (const KpiRow& row : table.rows) {
      out_ << (row.differs || table.columns.size() < 2 ? "<tr>" : "<tr class=\"same\">") << "<td>"
           << escaped(row.label(Language::vietnamese)) << "<span class=\"en\">"
           << escaped(row.label(Language::english)) << "</span></td>";
      for (std::size_t i = 0; i < table.columns.size(); ++i) {
        out_ << "<td class=\"number" << (row.is_best(i) ? " best" : "") << "\">"
             << row.value(i, Language::both);
        if (const auto change = row.change(i, Language::both); !change.empty()) {
          out_ << "<small>" << change << "</small>";
        }
        out_ << "</td>";
      }
      out_ << "</tr>\n";
    }
    out_ << "</tbody></table></div>";
    if (table.columns.size() > 1) {
      out_ << "<p>"
           << lines("Đậm: tốt nhất. Số nhỏ: chênh lệch so với A. Mờ: như nhau.",
                    "Bold: best. Small: the difference to A. Pale: the same in all.")
           << "</p>";
    }
    out_ << "</section>\n";
  }

  void write_plain_table(const ReportTable& table) {
    const auto cell = [&](const ReportTable::Cell& text, const char* tag, std::size_t column) {
      out_ << '<' << tag << (column == 0 ? ">" : " class=\"number\">") << escaped(text.vietnamese);
      if (!text.english.empty()) {
        out_ << " <span class=\"en\">" << escaped(text.english) << "</span>";
      }
      out_ << "</" << tag << '>';
    };
    out_ << "<section>" << heading(table.title_vi.c_str(), table.title_en.c_str(), true)
         << "<div class=\"scroll\"><table><thead><tr>";
    for (std::size_t i = 0; i < table.head.size(); ++i) cell(table.head[i], "th", i);
    out_ << "</tr></thead><tbody>\n";
    for (const auto& row : table.rows) {
      out_ << "<tr>";
      for (std::size_t i = 0; i < row.size(); ++i) cell(row[i], "td", i);
      out_ << "</tr>\n";
    }
    out_ << "</tbody></table></div></section>\n";
  }

  void write_decision(const Decision& decision) {
    out_ << "<section>" << heading("Quyết định đề xuất", "Proposed decision", true) << "<p><strong>"
         << escaped(decision.title_vi) << "</strong><br><span class=\"en\">"
         << escaped(decision.title_en) << "</span></p><ul>";
    for (const Measure& measure : decision.measures) {
      out_ << "<li>" << lines(measure.text_vi, measure.text_en) << "</li>";
    }
    out_ << "</ul><p>Trạng thái <span class=\"en\">State</span>: <strong>"
         << words_of(decision.state).vietnamese << "</strong> <span class=\"en\">"
         << words_of(decision.state).english << "</span><br>Mã số <span class=\"en\">Id</span>: "
         << "<code>" << escaped(decision.id) << "</code>";
    if (!decision.acknowledgement.empty()) {
      out_ << "<br>IOC trả lời <span class=\"en\">IOC answered</span>: <code>"
           << escaped(decision.acknowledgement) << "</code>";
    }
    out_ << "</p></section>\n";
  }

  void write_charts() {
    if (report_.charts.empty()) return;
    out_ << "<section>" << heading("Diễn biến", "Over time", false) << "<ul class=\"branches\">";
    for (std::size_t i = 0; i < report_.kpis.columns.size(); ++i) {
      const KpiColumn& branch = report_.kpis.columns[i];
      out_ << "<li>" << mark(i) << "<span>" << lines(branch.title_vi, branch.title_en)
           << "</span></li>";
    }
    out_ << "</ul><div class=\"charts\">\n";
    for (const Chart& chart : report_.charts) write_chart(chart);
    out_ << "</div></section>\n";
  }

  void write_chart(const Chart& chart) {
    const auto title = [&chart](const std::string& words, Language language) {
      return escaped(words + " [" + unit_text(chart.unit, language) + "]");
    };
    out_ << "<figure><figcaption><strong>" << title(chart.title_vi, Language::vietnamese)
         << "</strong> <span class=\"en\">" << title(chart.title_en, Language::english) << "</span>"
         << synthetic() << "</figcaption>";
    if (!has_points(chart)) {
      out_ << "<p>không có dữ liệu <span class=\"en\">no data</span></p></figure>\n";
      return;
    }
    out_ << chart_svg(chart) << "<div class=\"key\">";
    for (std::size_t i = 0; i < chart.curves.size(); ++i) {
      const Chart::Curve& curve = chart.curves[i];
      if (curve.points.empty()) continue;
      const std::string colour = curve_colour(i, curve.measured);
      out_ << "<span><span class=\"" << (curve.measured ? "dot" : "mark")
           << "\" style=\"background:" << colour << "\">"
           << (curve.measured ? "</span> " + escaped(curve.label)
                              : escaped(curve.label) + "</span>")
           << "</span>";
    }
    out_ << "</div></figure>\n";
  }

  void write_pictures() {
    if (report_.pictures.empty()) return;
    out_ << "<section>" << heading("Hình ảnh 3D", "3D pictures", false)
         << "<p>Chạm vào ảnh để xem cỡ lớn. <span class=\"en\">Tap a picture to enlarge it.</span>"
         << "</p><div class=\"pictures\">\n";
    for (const ReportPicture& picture : report_.pictures) {
      const std::string file = escaped(picture.file.filename().string());
      out_ << "<figure><a href=\"" << file << "\"><img src=\"" << file << "\" alt=\""
           << escaped(picture.caption_vi) << "\"></a><figcaption>"
           << lines(picture.caption_vi, picture.caption_en) << synthetic()
           << "</figcaption></figure>\n";
    }
    out_ << "</div></section>\n";
  }

  const HtmlReport& report_;
  std::ostream& out_;
};

}  // namespace

void write_html_report(const HtmlReport& report, const std::filesystem::path& path) {
  std::ostringstream page;
  Page(report, page).write();
  write_whole_file(path, std::move(page).str());
}

}  // namespace kontwin
