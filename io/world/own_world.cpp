#include "io/world/own_world.hpp"

#include <algorithm>
#include <array>

#include "io/import/network_links.hpp"
#include "io/import/rivers.hpp"
#include "scenarios/toml/toml_reader.hpp"

namespace kontwin {

namespace {

/// A file that a field names; it must be there.
std::filesystem::path file_of(TomlReader& toml, std::string_view field) {
  const auto file = toml.resolve(toml.required_text(field));
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) {
    toml.fail(field, "there is no file " + file.string());
  }
  return file;
}

/// The smallest rectangle of the local frame that holds the four corners.
LocalBox extent_of(TomlReader toml, const LocalFrame& frame) {
  const double west = toml.required_number("west", -180, 180);
  const double south = toml.required_number("south", -90, 90);
  const double east = toml.required_number("east", -180, 180);
  const double north = toml.required_number("north", -90, 90);
  toml.finish();
  if (east <= west) toml.fail("east", "must lie east of 'west'");
  if (north <= south) toml.fail("north", "must lie north of 'south'");
  const std::array corners{frame.to_local({west, south}), frame.to_local({east, south}),
                           frame.to_local({east, north}), frame.to_local({west, north})};
  LocalBox box{corners[0].x_m, corners[0].y_m, corners[0].x_m, corners[0].y_m};
  for (const LocalPoint& corner : corners) {
    box.min_x_m = std::min(box.min_x_m, corner.x_m);
    box.min_y_m = std::min(box.min_y_m, corner.y_m);
    box.max_x_m = std::max(box.max_x_m, corner.x_m);
    box.max_y_m = std::max(box.max_y_m, corner.y_m);
  }
  return box;
}

LocalFrame frame_of(TomlReader toml) {
  const GeoPoint origin{toml.required_number("lon", -180, 180),
                        toml.required_number("lat", -89, 89)};
  toml.finish();
  return LocalFrame(origin);
}

OwnWorldPlan::TerrainFile terrain_of(TomlReader& toml, const LocalBox& extent) {
  OwnWorldPlan::TerrainFile terrain{toml.required_text("name"), file_of(toml, "file"), {}};
  GeoTiffOptions& options = terrain.options;
  options.cell_m = toml.number("cell_m", 0.1, 10'000).value_or(0);
  options.band = static_cast<int>(toml.whole("band", 1, 1000).value_or(0));
  options.manning_n = toml.number("manning_n", 0.005, 1).value_or(options.manning_n);
  if (toml.has("land_cover")) options.land_cover = file_of(toml, "land_cover");
  options.crs = toml.text("crs").value_or("");
  options.extent = extent;
  toml.finish();
  return terrain;
}

OwnWorldPlan::EntityFile entities_of(TomlReader& toml) {
  OwnWorldPlan::EntityFile entities;
  entities.csv = toml.has("csv");
  if (entities.csv == toml.has("geojson")) {
    toml.fail("", "[[entities]] needs one of 'csv' and 'geojson'");
  }
  entities.file = file_of(toml, entities.csv ? "csv" : "geojson");
  if (const auto kind = toml.text("kind")) {
    entities.options.kind = parse_kind(*kind);
    if (!entities.options.kind) toml.fail("kind", "'" + *kind + "' is not a kind");
  }
  if (const auto zone = toml.text("zone")) {
    entities.options.zone = parse_vn2000_zone(*zone);
    if (!entities.options.zone) toml.fail("zone", "'" + *zone + "' is not a zone (107-30, 48N)");
  }
  if (const auto word = toml.text("provenance")) {
    const auto provenance = parse_provenance(*word);
    if (!provenance) toml.fail("provenance", "'" + *word + "' is none of fact, derived, synthetic");
    entities.options.provenance = *provenance;
  }
  if (auto source = toml.table("source")) {
    entities.options.source = {.id = source->required_text("id"),
                               .title = source->required_text("title"),
                               .license = source->text("license").value_or("none stated")};
    source->finish();
  }
  toml.finish();
  return entities;
}

void read_roads(TomlReader& toml, OwnWorldPlan& plan) {
  plan.osm = file_of(toml, "osm");
  OsmOptions& options = plan.osm_options;
  options.buildings = toml.flag("buildings").value_or(options.buildings);
  options.places = toml.flag("places").value_or(options.places);
  options.floor_area_per_person_m2 =
      toml.number("floor_area_per_person_m2", 1, 1000).value_or(options.floor_area_per_person_m2);
  options.people_per_household =
      toml.number("people_per_household", 1, 20).value_or(options.people_per_household);
  if (const auto at = toml.text("rules_at")) {
    options.rules_at = parse_instant(*at);
    if (!options.rules_at) toml.fail("rules_at", "is no moment such as 2026-11-26T07:30:00+07:00");
  }
  options.block_m = toml.number("block_m", 10, 10'000).value_or(options.block_m);
  plan.reach_m = toml.number("reach_m", 1, 100'000).value_or(plan.reach_m);
  toml.finish();
}

}  // namespace

std::vector<std::filesystem::path> OwnWorldPlan::files() const {
  std::vector<std::filesystem::path> files;
  for (const TerrainFile& grid : terrain) {
    files.push_back(grid.file);
    if (grid.options.land_cover) files.push_back(*grid.options.land_cover);
  }
  if (osm) files.push_back(*osm);
  if (rivers) files.push_back(*rivers);
  for (const EntityFile& list : entities) files.push_back(list.file);
  return files;
}

OwnWorldPlan read_own_world_plan(const std::filesystem::path& file) {
  TomlReader toml = TomlReader::read(file);
  OwnWorldPlan plan;
  plan.name = toml.required_text("name");
  auto origin = toml.table("origin");
  if (!origin) toml.fail("", "the table [origin] (lon, lat) is missing");
  plan.frame = frame_of(*origin);
  auto extent = toml.table("extent");
  if (!extent) toml.fail("", "the table [extent] (west, south, east, north) is missing");
  plan.extent = extent_of(*extent, plan.frame);
  for (TomlReader& grid : toml.tables("terrain")) {
    plan.terrain.push_back(terrain_of(grid, plan.extent));
  }
  if (plan.terrain.empty()) toml.fail("", "there is no [[terrain]]: a world needs heights");
  if (auto roads = toml.table("roads")) read_roads(*roads, plan);
  if (auto rivers = toml.table("rivers")) {
    plan.rivers = file_of(*rivers, "geojson");
    plan.river_spacing_m = rivers->number("spacing_m", 1, 10'000).value_or(plan.river_spacing_m);
    rivers->finish();
  }
  for (TomlReader& list : toml.tables("entities")) plan.entities.push_back(entities_of(list));
  toml.finish();
  return plan;
}

WorldParts import_own_world(const OwnWorldPlan& plan, const BuildProgress& progress,
                            ImportReport* report) {
  // Stages are weighed alike: nobody knows beforehand which file is the long one.
  const double stages = static_cast<double>(plan.files().size() + 1);
  double done = 0;
  const auto stage = [&](const std::filesystem::path& file) {
    if (progress) progress(file.filename().string(), done / stages);
    ++done;
  };
  WorldParts parts;
  parts.name = plan.name;
  parts.frame = plan.frame;
  parts.extent = plan.extent;
  auto terrain = std::make_shared<Terrain>();
  for (const auto& grid : plan.terrain) {
    stage(grid.file);
    terrain->grids.push_back(
        import_geotiff(grid.file, plan.frame, grid.name, grid.options, report));
  }
  parts.terrain = std::move(terrain);
  if (plan.osm) {
    stage(*plan.osm);
    import_osm(*plan.osm, parts, plan.osm_options, report);
  }
  if (plan.rivers) {
    stage(*plan.rivers);
    import_rivers_geojson(*plan.rivers, parts, plan.river_spacing_m, report);
  }
  for (const auto& list : plan.entities) {
    stage(list.file);
    if (list.csv) {
      import_entities_csv(list.file, parts, list.options, report);
    } else {
      import_entities_geojson(list.file, parts, list.options, report);
    }
  }
  if (progress) progress("mạng lưới / network", done / stages);
  link_to_network(parts, plan.reach_m, report);
  return parts;
}

}  // namespace kontwin
