#pragma once

#include <span>

#include "io/run/run_file.hpp"
#include "twin/kpi_table.hpp"

namespace kontwin {

/// The KPIs of runs of one world side by side, the first as the baseline. Throws Error naming the
/// run when worlds differ, or when a run was stopped before its end and so has no KPIs.
KpiTable compare_runs(std::span<const RunFile> runs);

}  // namespace kontwin
