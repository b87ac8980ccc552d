#include "app/run_report.hpp"

#include <algorithm>

#include "io/report/impact_text.hpp"

namespace kontwin {

void add_synthetic_note(HtmlReport& report, std::span<const RunFile> runs) {
  for (const RunFile& run : runs) {
    const ReportNote note{run.header().note_vi, run.header().note_en};
    if (note.vietnamese.empty()) continue;
    report.synthetic = true;
    if (std::ranges::find(report.notes, note) == report.notes.end()) report.notes.push_back(note);
  }
}

void add_impacts(HtmlReport& report, std::span<const RunFile> runs) {
  ReportTable table{.title_vi = "Nơi bị ngập, bị chia cắt",
                    .title_en = "Places in water or cut off",
                    .head = {{"Ảnh hưởng", "Impact"},
                             {"Phương án", "Branch"},
                             {"Số nơi", "Places"},
                             {"Số người", "People"},
                             {"Từ", "From"},
                             {"Đến", "Until"},
                             {"Dài nhất", "Longest"},
                             {"Sâu nhất", "Deepest"}},
                    .rows = {}};
  for (std::size_t i = 0; i < runs.size(); ++i) {
    for (const ImpactText& text : impact_texts(runs[i].impacts(), runs[i].end())) {
      table.rows.push_back({{text.what_vi, text.what_en},
                            {column_mark(i), ""},
                            {text.places, ""},
                            {text.people, ""},
                            {text.first, ""},
                            {text.last, ""},
                            {text.longest, ""},
                            {text.deepest, ""}});
    }
  }
  std::ranges::stable_sort(table.rows, {}, [](const auto& row) { return row.front().english; });
  if (!table.rows.empty()) report.tables.push_back(std::move(table));
}

}  // namespace kontwin
