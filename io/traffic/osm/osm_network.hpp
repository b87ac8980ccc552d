#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "io/import/osm_hours.hpp"
#include "scenarios/traffic/network/network_parts.hpp"

namespace kontwin::traffic {

/// Assumptions where a map does not say.
struct OsmNetworkOptions {
  /// Motorbikes use a `highway=path` that does not say otherwise: the paths of rural Vietnam.
  bool paths_for_motorbikes = true;
  /// Turns that are forbidden at times are forbidden as they are at this moment, for good; none of
  /// them where it is not given.
  std::optional<LocalMoment> rules_at = std::nullopt;
  /// Lights and signs stand at most so far before the junction that they are for.
  double sign_reach_m = 50;
  /// Junctions with lights that are as near to each other have one signal.
  double one_signal_m = 40;
};

/// Reads a road network from OpenStreetMap (`.osm`, `.osm.pbf`, each also `.gz` or `.bz2`): what
/// the tags mean is said in docs/traffic-networks.md. Junctions have the numbers of their nodes;
/// link `12#3` is the fourth piece of way 12 along it, `-12#3` the same against it. The frame is a
/// transverse Mercator around the middle of the map.
///
/// Repairs: `no road`, `missing node`, `tag not understood`, `speed assumed`, `lanes assumed`,
/// `odd lanes`, `one lane both ways`, `for some only`, `rule at times`, `reversible`, `repeated`,
/// `restriction`, `restriction over ways`, `lights away`, `lights joined`, `stages assumed`,
/// `sign away`, `crossing on foot`, `barrier`, `small roundabout`, `turn lanes`. Of a rule that is
/// used often the first 200 are listed one by one.
///
/// Throws FileError for a file that cannot be read to its end, one without roads, and one that
/// reaches too far for one frame.
NetworkParts read_osm_network(const std::filesystem::path& path, std::vector<Repair>* repairs,
                              const OsmNetworkOptions& options = {});

}  // namespace kontwin::traffic
