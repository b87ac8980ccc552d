#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/traffic/network/network.hpp"

namespace kontwin::traffic {

struct GmnsOptions {
  /// Units where config.csv names none: of link lengths, of widths, and of speeds.
  std::string long_length = "m", short_length = "m", speed = "km/h";
  bool drives_on_right = true;  ///< the format does not say
};

/// Reads a road network in the General Modeling Network Specification (Zephyr Foundation,
/// github.com/zephyr-data-specs/GMNS) from the CSV files of a folder: `node` and `link`, and where
/// they are there `config` (units, coordinate system), `geometry`, `lane`, `movement`, `use_group`
/// and the signal tables `signal_timing_plan`, `signal_timing_phase`, `signal_phase_mvmt` and
/// `signal_coordination`. Places in degrees are projected around their middle.
///
/// What is odd is mended and listed in `repairs`, by these rules:
///
/// - `no units`: no config.csv, or a unit that is not known: those of the options.
/// - `no coordinate system`: places that could be degrees are taken as such, others as metres.
/// - `both ways`: a link that is not directed becomes two, the second named `<id>_back`.
/// - `not a road`: a footway, or a link for nobody of ours, is left out, with its movements.
/// - `use not known`: a use of which no table tells is left out of the list.
/// - `several plans`: of the plans of a controller the first is taken.
/// - `phase without movement`, `movement of other links`: left out.
///
/// Throws FileError with file, line and reason where a table lacks a column or names a node, a link
/// or a movement that is not there.
NetworkParts read_gmns(const std::filesystem::path& folder, std::vector<Repair>* repairs = nullptr,
                       const GmnsOptions& options = {});

/// Writes a network as such a folder, which is made where it is not there: metres, km/h, places in
/// the network's own frame. `crs` names that frame (`EPSG:9217`); it may be empty. Each stage with
/// a green is a timing phase of one ring, with the red after it as its clearance. What GMNS has no
/// field for (`opt_control` of nodes, `opt_priority` of links) is in fields of ours, which
/// read_gmns takes. Throws FileError.
void write_gmns(const std::filesystem::path& folder, const Network& network,
                const std::string& crs = {});

}  // namespace kontwin::traffic
