#pragma once

#include <string>

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

/// Appends junctions, links and signals.
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
