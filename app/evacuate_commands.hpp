#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/commands.hpp"

namespace CLI {
class App;
}

namespace kontwin {

struct EvacuatePlanOptions {
  CommonOptions common;
  std::filesystem::path scenario;     ///< whose orders to evacuate are planned for; empty: communes
  std::vector<std::string> communes;  ///< codes
  std::filesystem::path run;          ///< whose water and slides close roads; empty: none do
  std::filesystem::path out = "plan.toml";
  std::string choice = "best";
  double wave_min = 15;
  std::optional<double> buses, boats;  ///< left out: as the scenario says, or 20 and none
  double contraflow_km = 0;
  double reserve_percent = 5;    ///< of every shelter's room
  double safety_min = 30;        ///< before a road closes
  double prepared_percent = 95;  ///< who are under way by then
  bool routes = false;           ///< the plan says which way everyone drives
  bool staged = false;           ///< and from when
  unsigned judge = 0;  ///< seeds on which plans are tried before one is proposed; 0: none is
  std::uint64_t seed = 1;
};

struct EvacuateReportOptions {
  std::filesystem::path run;
  std::filesystem::path out;  ///< folder for CSV files; empty: the tables on the terminal only
};

struct EvacuateCommandOptions {
  EvacuatePlanOptions plan;
  EvacuateReportOptions report;
};

/// Adds `evacuate` and what is below it; see add_commands.
void add_evacuate_commands(CLI::App& app, EvacuateCommandOptions& options,
                           std::function<int()>& chosen);

int run_evacuate_plan(const EvacuatePlanOptions& options);
int run_evacuate_report(const EvacuateReportOptions& options);

}  // namespace kontwin
