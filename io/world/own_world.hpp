#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "io/import/entities.hpp"
#include "io/import/geotiff.hpp"
#include "io/import/osm.hpp"
#include "io/world/build_world.hpp"

namespace kontwin {

/// What the world.toml of a user's own world says (docs/importing.md), with paths resolved.
struct OwnWorldPlan {
  struct TerrainFile {
    std::string name;
    std::filesystem::path file;
    GeoTiffOptions options;
  };
  struct EntityFile {
    std::filesystem::path file;
    bool csv = true;  // else GeoJSON
    EntityFileOptions options;
  };

  std::string name;
  LocalFrame frame;
  LocalBox extent;
  std::vector<TerrainFile> terrain;
  std::optional<std::filesystem::path> osm;
  OsmOptions osm_options;
  double reach_m = 2000;  ///< from an entity to the junction that leads to it
  std::optional<std::filesystem::path> rivers;
  double river_spacing_m = 200;
  std::vector<EntityFile> entities;

  /// Every file the plan reads.
  std::vector<std::filesystem::path> files() const;
};

/// Reads and checks a world.toml. Throws FileError with line and field.
OwnWorldPlan read_own_world_plan(const std::filesystem::path& file);

/// Imports all that a plan names.
WorldParts import_own_world(const OwnWorldPlan& plan, const BuildProgress& progress,
                            ImportReport* report);

}  // namespace kontwin
