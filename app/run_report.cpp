#include "app/run_report.hpp"

#include <algorithm>

namespace kontwin {

void add_synthetic_note(HtmlReport& report, std::span<const RunFile> runs) {
  for (const RunFile& run : runs) {
    const ReportNote note{run.header().note_vi, run.header().note_en};
    if (note.vietnamese.empty()) continue;
    report.synthetic = true;
    if (std::ranges::find(report.notes, note) == report.notes.end()) report.notes.push_back(note);
  }
}

}  // namespace kontwin
