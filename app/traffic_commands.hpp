#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/commands.hpp"
#include "app/traffic_micro.hpp"
#include "app/traffic_timetable.hpp"

namespace CLI {
class App;
}

namespace kontwin {

/// What `kontwin traffic run` is told.
struct TrafficRunOptions {
  std::filesystem::path network;               ///< net.xml, a GMNS folder, or a network file (.h5)
  std::vector<std::filesystem::path> routes;   ///< rou.xml and the like
  std::string rules_at;                        ///< see open_network
  TimetableOptions timetable;                  ///< of buses
  std::filesystem::path edits;                 ///< TOML; empty: none
  std::filesystem::path out = "runs/traffic";  ///< folder for the results
  std::filesystem::path zones;                 ///< CSV, for accessibility.csv; empty: none
  double end_s = 0;                            ///< 0: until all have arrived
  double interval_min = 15;
  double patience_min = 60;
  double en_route_share = 0;  ///< drivers who look at the times of the moment while under way
  double refresh_min = 15;    ///< how often they, and those who depart, hear of times
  std::uint64_t seed = 1;
  unsigned threads = 0;
  bool give_way = true;
  bool signals_as_sumo = false;     ///< see with_signals_as_sumo
  double saturation_flow_pcph = 0;  ///< see JunctionRules
  bool details = false;             ///< queues, fuel and emissions of links; results.h5
  TrafficMicroOptions micro;
};

/// What `kontwin traffic convert` is told.
struct TrafficConvertOptions {
  std::filesystem::path network;
  std::string rules_at;  ///< see open_network
  std::filesystem::path out;
};

/// What `kontwin traffic assign` is told.
struct TntpAssignOptions {
  std::filesystem::path network;  ///< TNTP
  std::filesystem::path trips;    ///< TNTP
  std::filesystem::path compare;  ///< TNTP flows to hold beside the answer; empty: none
  std::filesystem::path out;      ///< CSV; empty: none is written
  double gap = 1e-6;
  int most_rounds = 1000;
  double toll_weight = 0;
  double length_weight = 0;
  bool system_optimum = false;
  unsigned threads = 0;  ///< 0: one a core
};

/// What `kontwin traffic equilibrium` is told.
struct TrafficEquilibriumOptions {
  std::filesystem::path network;
  std::vector<std::filesystem::path> routes;
  std::filesystem::path edits;                     ///< TOML; empty: none
  std::filesystem::path out = "runs/equilibrium";  ///< folder for the results
  int most_rounds = 50;
  double gap = 0.01;
  double step = 6;
  double memory = 0.95;
  double interval_min = 5;  ///< of travel times
  std::uint64_t seed = 1;
  unsigned threads = 0;
  bool give_way = true;
};

/// What `kontwin traffic compare` is told.
struct TrafficCompareOptions {
  std::filesystem::path a, b;  ///< networks, or folders with the results of runs
  std::vector<std::filesystem::path> routes, routes_b;  ///< of networks; b empty: the same
  std::filesystem::path zones;                          ///< CSV; empty: none
  std::filesystem::path out = "runs/comparison";        ///< folder for the results
  int seeds = 10;
  double moved_s = 60;  ///< departures are moved by up to as much either way
  double confidence = 0.95;
  unsigned threads = 0;
  bool give_way = true;
};

/// What `kontwin traffic freight` is told.
struct FreightCommandOptions {
  CommonOptions common;
  std::filesystem::path out = "runs/freight";  ///< folder for network.h5 and lorries.rou.xml
  double mean_km = 30;
  double tonnes_per_lorry = 5;
  std::uint64_t seed = 1;
};

/// What `kontwin traffic access` is told.
struct TrafficAccessOptions {
  CommonOptions common;
  std::string vehicle = "motorbike";
  std::vector<std::string> closed;            ///< URNs of roads that may not be driven
  std::filesystem::path out = "runs/access";  ///< folder for access.csv
};

/// What the commands of `kontwin traffic` are told.
struct TrafficCommandOptions {
  FreightCommandOptions freight;
  TrafficRunOptions run;
  TrafficConvertOptions convert;
  TntpAssignOptions assign;
  TrafficEquilibriumOptions equilibrium;
  TrafficCompareOptions compare;
  TrafficAccessOptions access;
};

/// Adds what a planner asks of networks, one command after the other, to `kontwin traffic`.
void add_planning_commands(CLI::App& traffic, TrafficCommandOptions& options,
                           std::function<int()>& chosen);

/// Adds `kontwin traffic ...`; `chosen` becomes the command that was given.
void add_traffic_commands(CLI::App& app, TrafficCommandOptions& options,
                          std::function<int()>& chosen);

/// Each gives the process's exit status; throws Error for what the user has to mend.
int run_traffic(const TrafficRunOptions& options);
int run_traffic_equilibrium(const TrafficEquilibriumOptions& options);
int compare_traffic(const TrafficCompareOptions& options);
int run_traffic_assign(const TntpAssignOptions& options);
int convert_network(const TrafficConvertOptions& options);
int show_access(const TrafficAccessOptions& options);
int make_freight(const FreightCommandOptions& options);

}  // namespace kontwin
