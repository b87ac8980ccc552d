#include "io/import/osm.hpp"

#include "io/import/osm_builders.hpp"
#include "twin/error.hpp"

namespace kontwin {

LocalPoint OsmImport::local(std::int64_t node, GeoPoint place) const {
  try {
    return parts.frame.to_local(place);
  } catch (const WorldError& error) {
    throw FileError(path, "node " + std::to_string(node) + ": " + error.what());
  }
}

void import_osm(const std::filesystem::path& path, WorldParts& parts, const OsmOptions& options,
                ImportReport* report) {
  ImportReport unread;
  ImportReport& told = report != nullptr ? *report : unread;
  std::optional<LocalMoment> rules_at;
  if (options.rules_at) rules_at = local_moment(*options.rules_at);
  const OsmFile file = OsmFile::read(path, rules_at);
  const std::uint32_t source =
      parts.add_source({.id = "osm",
                        .title = "OpenStreetMap contributors, " + path.filename().string(),
                        .license = "ODbL 1.0"});
  const OsmImport import{file, options, path.string(), source, parts, told};
  if (options.roads) add_osm_roads(import);
  if (options.buildings) add_osm_residences(import);
  if (options.places) add_osm_places(import);
  if (file.repeated() > 0) told.count("elements replaced by a later version", file.repeated());
  if (file.relations_left_out() > 0) {
    told.count("relations left out (multipolygons are not read)", file.relations_left_out());
  }
}

}  // namespace kontwin
