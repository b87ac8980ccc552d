#include <cstdio>

#include "app/commands.hpp"
#include "app/run_report.hpp"
#include "io/report/html_report.hpp"
#include "io/report/terminal_text.hpp"
#include "io/run/compare.hpp"

namespace kontwin {

int run_compare(const CompareOptions& options) {
  std::vector<RunFile> runs;
  for (const auto& path : options.runs) runs.emplace_back(path);
  const KpiTable table = compare_runs(runs);
  std::printf("\n%s\n", terminal_table(table).c_str());
  if (options.html.empty()) return 0;

  HtmlReport report;
  report.title_vi = "So sánh các lần chạy";
  report.title_en = "Comparison of runs";
  report.world_name = runs.front().header().world_name;
  report.world_hash = runs.front().header().world_hash;
  report.state_at = runs.front().header().start;
  report.kpis = table;
  add_impacts(report, runs);
  add_tables(report, runs);
  add_synthetic_note(report, runs);
  write_html_report(report, options.html);
  std::printf("  %s\n", options.html.string().c_str());
  return 0;
}

}  // namespace kontwin
