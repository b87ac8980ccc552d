#pragma once

#include <string>
#include <vector>

#include "scenarios/traffic/simulation.hpp"

namespace CLI {
class App;
}

namespace kontwin {

/// Where `kontwin traffic run` drives vehicles as individuals, and how.
struct TrafficMicroOptions {
  std::vector<std::string> links;      ///< ids of links, or @FILE with one a line
  std::vector<std::string> junctions;  ///< ids
  double radius_m = 0;                 ///< around those junctions
  std::vector<double> box_m;           ///< west, south, east, north in the network's metres
  std::string following = "improved_idm";
  double step_s = 0.5;
};

/// Adds the options `--micro...` to a command.
void add_micro_options(CLI::App& command, TrafficMicroOptions& options);

/// Looks up what was chosen, and lists what it comes to; does nothing when nothing was. Throws
/// Error for an id that the network does not have.
void choose_micro(const traffic::Network& network, const TrafficMicroOptions& options,
                  traffic::SimulationOptions& simulation);

}  // namespace kontwin
