#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "io/run/run_file.hpp"

namespace kontwin {

enum class Language : std::uint8_t { vietnamese, english };

/// One KPI over several runs.
struct KpiRow {
  Kpi kpi;  ///< its names, unit and direction; `value` of the first run
  std::vector<std::optional<double>> values;  ///< by run; nothing where it does not apply
  /// The runs with the best value; empty when the KPI has no better side, or all are equal.
  std::vector<std::size_t> best;
};

/// Runs side by side. The first is the baseline.
struct Comparison {
  std::vector<RunHeader> runs;
  std::vector<KpiRow> rows;  ///< in the order of the first run, then what only later ones have
};

/// Compares runs of one world. Throws Error naming the run when worlds differ, or when a run was
/// stopped before its end and so has no KPIs.
Comparison compare_runs(std::span<const RunFile* const> runs);

/// The comparison as a table for a terminal, with the difference to the baseline and a star at the
/// best value: `1.234 (−56) *`. Vietnamese writes the decimal comma.
std::string text_table(const Comparison& comparison, Language language);

}  // namespace kontwin
