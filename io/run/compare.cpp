#include "io/run/compare.hpp"

#include "twin/error.hpp"

namespace kontwin {

KpiTable compare_runs(std::span<const RunFile> runs) {
  std::vector<KpiColumn> columns;
  for (const RunFile& run : runs) {
    const RunHeader& header = run.header();
    if (!header.complete) {
      throw FileError(run.path(), "was stopped before its end: it has no KPIs");
    }
    const RunHeader& first = runs.front().header();
    if (first.world_hash != header.world_hash) {
      throw FileError(run.path(), "was run in world " + header.world_name + " " +
                                      header.world_hash.substr(0, 12) + "..., " +
                                      runs.front().path() + " in " + first.world_name + " " +
                                      first.world_hash.substr(0, 12) + "...");
    }
    columns.push_back({header.title_vi, header.title_en, run.kpis()});
  }
  return make_kpi_table(std::move(columns));
}

}  // namespace kontwin
