#include "io/run/compare.hpp"

#include "twin/error.hpp"

namespace kontwin {

KpiTable compare_runs(std::span<const RunFile> runs) {
  std::vector<KpiColumn> columns;
  for (const RunFile& run : runs) {
    const RunHeader& header = run.header();
    if (!header.complete) {
      throw Error("run " + header.branch + " was stopped before its end: it has no KPIs");
    }
    const RunHeader& first = runs.front().header();
    if (first.world_hash != header.world_hash) {
      throw Error("run " + header.branch + " was made in another world than run " + first.branch);
    }
    columns.push_back({header.title_vi, header.title_en, run.kpis()});
  }
  return make_kpi_table(std::move(columns));
}

}  // namespace kontwin
