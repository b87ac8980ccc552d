#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/traffic_timetable.hpp"
#include "io/traffic/sumo_routes.hpp"
#include "scenarios/traffic/trip_run.hpp"

namespace kontwin {

/// Opens a network in any form that the commands of `kontwin traffic` take; what was mended is
/// appended to `repairs`. `rules_at`: the moment whose turn rules of OpenStreetMap hold
/// (2026-11-26T07:30:00+07:00), or empty. Throws FileError, and Error for a text that is no moment.
std::shared_ptr<const traffic::Network> open_network(const std::filesystem::path& path,
                                                     std::vector<traffic::Repair>& repairs,
                                                     const std::string& rules_at = {});

/// How large a network is, on one line.
void print_network(const traffic::Network& network);
/// The repairs by their rule, with the first of each as an example.
void print_repairs(const std::vector<traffic::Repair>& repairs);
/// The first ten problems, and how many more there are.
void print_problems(const std::vector<traffic::TripProblem>& problems);

/// Opens a network, builds and changes what a file of edits says, and reads the trips for it,
/// telling of all what a user has to know. Throws FileError, and Error where there are no trips.
struct TrafficInputs {
  /// `edits_path`: a file of measures (see read_network_edits), or empty. `timetable`: of buses
  /// that drive with the trips. `rules_at`: see open_network.
  TrafficInputs(const std::filesystem::path& network_path,
                const std::vector<std::filesystem::path>& routes,
                const std::filesystem::path& edits_path = {},
                const TimetableOptions& timetable = {}, const std::string& rules_at = {});

  std::shared_ptr<const traffic::Network> network;
  traffic::TripTable trips;
  std::vector<traffic::MomentEdit> edits;
};

}  // namespace kontwin
