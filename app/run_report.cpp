#include "app/run_report.hpp"

#include <algorithm>

#include "io/export/run_places.hpp"
#include "io/report/impact_text.hpp"
#include "io/report/run_table_text.hpp"

namespace kontwin {

namespace {

/// The name of a place, with its commune: roads have one name over many links.
std::string name_of(const RunPlaces::Place& place) {
  return place.commune.empty() ? place.name : place.name + ", " + place.commune;
}

}  // namespace

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

void add_tables(HtmlReport& report, std::span<const RunFile> runs) {
  constexpr std::size_t most_rows = 30;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    for (const RunTable& table : runs[i].tables()) {
      const std::string mark = column_mark(i) + " · ";
      ReportTable made{.title_vi = mark + table.label_vi,
                       .title_en = mark + table.label_en,
                       .head = {{"Nơi", "Place"}},
                       .rows = {}};
      for (const RunTable::Column& column : table.columns) {
        made.head.push_back(
            {head_text(column.label_vi, column), head_text(column.label_en, column)});
      }
      RunPlaces places(runs[i]);
      std::vector<std::vector<std::string>> cells_of;
      for (const RunTable::Column& column : table.columns) {
        cells_of.push_back(cell_texts(column, most_rows));
      }
      for (std::size_t row = 0; row < std::min(table.rows(), most_rows); ++row) {
        std::vector<ReportTable::Cell> cells{{name_of(places.of(table.of[row])), ""}};
        for (const auto& column : cells_of) cells.push_back({column[row], ""});
        made.rows.push_back(std::move(cells));
      }
      if (table.rows() > most_rows) {
        const std::string more = std::to_string(table.rows() - most_rows);
        made.title_vi += " (còn " + more + " dòng trong tệp)";
        made.title_en += " (" + more + " more rows in the file)";
      }
      report.tables.push_back(std::move(made));
    }
  }
}

std::string tables_text(const RunFile& run, std::size_t most_rows) {
  std::string text;
  RunPlaces places(run);
  for (const RunTable& table : run.tables()) {
    std::vector<std::string> names;
    for (const EntityRef ref : table.of) names.push_back(name_of(places.of(ref)));
    text += run_table_text(table, names, most_rows) + "\n";
  }
  return text;
}

}  // namespace kontwin
