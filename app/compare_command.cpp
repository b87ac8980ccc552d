#include <cstdio>

#include "app/branch_jobs.hpp"
#include "app/commands.hpp"
#include "io/report/html_report.hpp"

namespace kontwin {

int run_compare(const CompareOptions& options) {
  std::vector<RunFile> runs;
  for (const auto& path : options.runs) runs.emplace_back(path);
  print_kpi_table(runs);
  if (options.html.empty()) return 0;

  HtmlReport report;
  report.title_vi = "So sánh các lần chạy";
  report.title_en = "Comparison of runs";
  report.world_name = runs.front().header().world_name;
  report.world_hash = runs.front().header().world_hash;
  report.state_at = runs.front().header().start;
  for (const RunFile& run : runs) {
    report.branches.push_back({run.header().title_vi, run.header().title_en, run.kpis()});
  }
  report.notes = {runs.front().header().note_vi + " / " + runs.front().header().note_en};
  write_html_report(report, options.html);
  std::printf("  %s\n", options.html.string().c_str());
  return 0;
}

}  // namespace kontwin
