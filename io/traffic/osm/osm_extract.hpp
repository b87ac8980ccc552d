#pragma once

#include <cstdint>
#include <filesystem>
#include <osmium/osm/location.hpp>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "io/import/osm_restrictions.hpp"
#include "io/import/osm_tags.hpp"
#include "io/traffic/osm/repair_book.hpp"
#include "scenarios/traffic/network/vehicle_kind.hpp"
#include "twin/entity_ref.hpp"

namespace kontwin::traffic {

/// One direction of a road, in little room.
struct OsmRoadWay {
  VehicleKinds kinds = 0;
  std::uint8_t lanes = 1;
  float speed_mps = 0;
  std::uint32_t turn_lanes = 0;                            ///< text
  std::uint32_t lane_kinds_begin = 0, lane_kinds_end = 0;  ///< in OsmExtract::lane_kinds
};

/// A way that is a road.
struct OsmRoad {
  std::int64_t id = 0;
  OsmRoadWay forward, backward;
  std::uint32_t name = 0;                      ///< text
  std::uint32_t node_begin = 0, node_end = 0;  ///< in OsmExtract::nodes
  const RoadDefaults* defaults = nullptr;      ///< of its class
  std::int16_t priority = 0;
  bool roundabout = false;
  bool lanes_assumed = false, speed_assumed = false;
};

/// A node that tells how traffic is ruled.
struct OsmSign {
  enum class What : std::uint8_t { signal, stop, all_stop, give_way, mini_roundabout, barrier };
  std::uint32_t node = 0;
  What what = What::signal;
  /// Whom it concerns, by the direction of its way; 0: not said.
  std::int8_t direction = 0;
  VehicleKinds lets = all_vehicles;  ///< who passes a barrier
};

/// What of an OpenStreetMap file makes a road network: in columns, for files of whole countries.
struct OsmExtract {
  std::vector<OsmRoad> roads;            ///< by rising id
  std::vector<std::uint32_t> nodes;      ///< of the roads, one after the other: rows of node_ids
  std::vector<std::int64_t> node_ids;    ///< rising
  std::vector<osmium::Location> places;  ///< [row]; invalid where the file does not hold the node
  std::vector<OsmSign> signs;            ///< by rising node
  std::vector<OsmRestriction> restrictions;
  std::vector<VehicleKinds> lane_kinds;
  std::vector<std::string> texts{""};
  bool drives_on_right = true;

  std::span<const std::uint32_t> nodes_of(const OsmRoad& road) const {
    return std::span(nodes).subspan(road.node_begin, road.node_end - road.node_begin);
  }
};

/// Reads a file (`.osm`, `.osm.pbf`, each also `.gz` or `.bz2`) in two passes, the second for the
/// places of the nodes in use alone. Throws FileError for a file that cannot be read to its end,
/// and for one without roads.
/// Rules about turns at times are those of `rules_at`, none without it.
OsmExtract read_osm_extract(const std::filesystem::path& path, const RoadRules& rules,
                            const std::optional<LocalMoment>& rules_at, RepairBook& repairs);

}  // namespace kontwin::traffic
