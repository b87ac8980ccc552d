#pragma once

#include <filesystem>
#include <vector>

#include "scenarios/traffic/network/network_parts.hpp"

namespace kontwin::traffic {

struct SumoNetworkOptions {
  /// In a net file the lanes end at the edge of the junction. True: each link becomes longer by the
  /// mean way over the junction at its end, so that vehicles drive as far as they do in SUMO.
  /// False: the lengths of the file, which is also what SUMO's mesoscopic model drives.
  bool length_over_junctions = false;
};

/// Reads a road network of SUMO (net.xml of SUMO 1.x, or 0.13 and later; also compressed with
/// gzip). Taken: edges, lanes, junctions with their right of way, connections, programs of signals
/// and roundabouts; not taken: footways, crossings, railways, stops and what lies beside the road.
///
/// What is odd is mended and listed in `repairs`, by these rules:
///
/// - `lanes of several speeds`: the link has the mean of those that let in cars, if any does.
/// - `lanes of several signals`: where the lanes of a turn see different signals, it goes when one
///   of them does; of two programs the first rules it.
/// - `no program`: a turn whose signal has no program gives way.
/// - `type of signal`, `type of junction`: what has no counterpart here becomes the nearest.
/// - `next stage`: stages that follow in another order than the file's follow in the file's.
///
/// Throws FileError with file, line and reason where the file is no XML, is cut short, lacks an
/// attribute, or names an edge, lane, junction or signal index that is not there.
NetworkParts read_sumo_network(const std::filesystem::path& path,
                               std::vector<Repair>* repairs = nullptr,
                               const SumoNetworkOptions& options = {});

}  // namespace kontwin::traffic
