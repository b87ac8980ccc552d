#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "io/import/import_report.hpp"
#include "io/import/osm.hpp"
#include "io/import/osm_file.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// What the parts of the OpenStreetMap importer share.
struct OsmImport {
  const OsmFile& file;
  const OsmOptions& options;
  std::string path;          ///< for messages
  std::uint32_t source = 0;  ///< in the world's sources
  WorldParts& parts;
  ImportReport& report;

  /// A node's place in the world's frame. Throws FileError when it lies too far from the world.
  LocalPoint local(std::int64_t node, GeoPoint place) const;

  void note(std::string_view what, std::int64_t way, const std::string& text) const {
    report.note(what, path + ": way " + std::to_string(way) + ": " + text);
  }
};

/// Where the roads of a file went.
struct OsmRoadIndex {
  std::unordered_map<std::int64_t, std::uint32_t> junctions;                  ///< [node]
  std::unordered_map<std::int64_t, std::vector<std::uint32_t>> links_of_way;  ///< [way]
};
/// Appends the turns that relations forbid. A rule over ways is left out and told: a world has no
/// place for it.
void add_osm_turn_rules(const OsmImport& import, const OsmRoadIndex& index);

/// Appends junctions, links, signals and forbidden turns.
void add_osm_roads(const OsmImport& import);
/// Appends residences, gathered by block.
void add_osm_residences(const OsmImport& import);
/// Appends named places.
void add_osm_places(const OsmImport& import);

/// The middle and the area of a closed way in the local frame; nothing when a node is missing.
struct OsmFootprint {
  LocalPoint middle;
  double area_m2 = 0;
};
std::optional<OsmFootprint> footprint_of(const OsmWay& way, const OsmImport& import);

}  // namespace kontwin
