#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/commands.hpp"

namespace CLI {
class App;
}

namespace kontwin {

/// What `kontwin traffic run` is told.
struct TrafficRunOptions {
  std::filesystem::path network;              ///< net.xml, a GMNS folder, or a network file (.h5)
  std::vector<std::filesystem::path> routes;  ///< rou.xml and the like
  std::filesystem::path gtfs;                 ///< timetable of buses: folder or zip; may be empty
  std::string date;                           ///< the day of it, YYYY-MM-DD
  std::string clock = "00:00";                ///< moment of that day at which the run starts
  double stop_reach_m = 50;
  bool bays = false;
  std::filesystem::path out = "runs/traffic";  ///< folder for the results
  double end_s = 0;                            ///< 0: until all have arrived
  double interval_min = 15;
  double patience_min = 60;
  std::uint64_t seed = 1;
  unsigned threads = 0;
  bool give_way = true;
};

/// What `kontwin traffic convert` is told.
struct TrafficConvertOptions {
  std::filesystem::path network;
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

/// What `kontwin traffic freight` is told.
struct FreightCommandOptions {
  CommonOptions common;
  std::filesystem::path out = "runs/freight";  ///< folder for network.h5 and lorries.rou.xml
  double mean_km = 30;
  double tonnes_per_lorry = 5;
  std::uint64_t seed = 1;
};

/// What the commands of `kontwin traffic` are told.
struct TrafficCommandOptions {
  FreightCommandOptions freight;
  TrafficRunOptions run;
  TrafficConvertOptions convert;
  TntpAssignOptions assign;
};

/// Adds `kontwin traffic ...`; `chosen` becomes the command that was given.
void add_traffic_commands(CLI::App& app, TrafficCommandOptions& options,
                          std::function<int()>& chosen);

/// Each gives the process's exit status; throws Error for what the user has to mend.
int run_traffic(const TrafficRunOptions& options);
int run_traffic_assign(const TntpAssignOptions& options);
int convert_network(const TrafficConvertOptions& options);
int make_freight(const FreightCommandOptions& options);

}  // namespace kontwin
