#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace CLI {
class App;
}
namespace kontwin::traffic {
class Network;
class TripRun;
struct TripProblem;
struct TripTable;
}  // namespace kontwin::traffic

namespace kontwin {

/// The buses of a day, as `kontwin traffic run` is told of them.
struct TimetableOptions {
  std::filesystem::path gtfs;   ///< folder or zip; empty: none
  std::string date;             ///< YYYY-MM-DD
  std::string clock = "00:00";  ///< moment of that day at which the run starts
  double stop_reach_m = 50;
  bool bays = false;
};

/// Adds `--gtfs` and what belongs to it.
void add_timetable_options(CLI::App& command, TimetableOptions& options);
/// Adds the buses to trips; what is odd is appended to `problems`. Throws Error.
void add_buses(const TimetableOptions& options, const traffic::Network& network,
               traffic::TripTable& trips, std::vector<traffic::TripProblem>& problems);
/// Prints how well a run kept its timetables.
void print_stops(const traffic::TripRun& run, const traffic::TripTable& trips);

}  // namespace kontwin
