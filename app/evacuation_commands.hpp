#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>

namespace kontwin {

struct EvacuationReportOptions {
  std::filesystem::path run;
  std::filesystem::path out;  ///< folder for CSV files; empty: the tables on the terminal only
};

struct EvacuationCommandOptions {
  EvacuationReportOptions report;
};

int run_evacuation_report(const EvacuationReportOptions& options);

/// Adds `evacuate` with its commands; see add_commands.
void add_evacuation_commands(CLI::App& app, EvacuationCommandOptions& options,
                             std::function<int()>& chosen);

}  // namespace kontwin
