#include "io/world/world_file.hpp"

#include <string>
#include <vector>

#include "io/hdf5/column.hpp"
#include "io/hdf5/place_file.hpp"
#include "io/world/world_format.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

using hdf5::File;
using hdf5::write_column;
using namespace world_format;

/// One value of every item of a list, as a column.
template <typename Items, typename Get>
auto column_of(const Items& items, Get get) {
  std::vector<std::decay_t<decltype(get(items.front()))>> column;
  column.reserve(items.size());
  for (const auto& item : items) column.push_back(get(item));
  return column;
}

/// Lists of different lengths, end to end: where each begins, plus the end of the last.
template <typename Items, typename Get>
std::vector<std::uint32_t> begins_of(const Items& items, Get get) {
  std::vector<std::uint32_t> begins{0};
  for (const auto& item : items) {
    begins.push_back(begins.back() + static_cast<std::uint32_t>(get(item).size()));
  }
  return begins;
}

template <typename Value, typename Items, typename Get>
void write_joined(File& file, const std::string& name, const Items& items, Get get) {
  std::vector<Value> all;
  for (const auto& item : items) all.insert(all.end(), get(item).begin(), get(item).end());
  write_column(file, name, all);
}

std::int64_t to_number(const std::optional<Instant>& at) {
  return at ? at->time_since_epoch().count() : no_instant;
}

void save_sources(File& file, const std::vector<Source>& sources) {
  write_column(file, "/sources/id", column_of(sources, [](const Source& s) { return s.id; }));
  write_column(file, "/sources/title", column_of(sources, [](const Source& s) { return s.title; }));
  write_column(file, "/sources/license",
               column_of(sources, [](const Source& s) { return s.license; }));
}

void save_admin_units(File& file, const std::vector<AdminUnit>& units) {
  const auto save = [&](const char* name, auto get) {
    write_column(file, std::string("/admin_units/") + name, column_of(units, get));
  };
  save("code", [](const AdminUnit& u) { return u.code; });
  save("name", [](const AdminUnit& u) { return u.name; });
  save("level", [](const AdminUnit& u) { return u.level; });
  save("valid_from", [](const AdminUnit& u) { return to_number(u.valid_from); });
  save("valid_until", [](const AdminUnit& u) { return to_number(u.valid_until); });
  save("parent_code", [](const AdminUnit& u) { return u.parent_code; });
  save("successor_code", [](const AdminUnit& u) { return u.successor_code; });
  save("center", [](const AdminUnit& u) { return u.center; });
  save("population", [](const AdminUnit& u) { return u.population; });
  save("provenance", [](const AdminUnit& u) { return u.provenance; });
  save("source", [](const AdminUnit& u) { return u.source; });
  write_column(file, "/admin_units/outline_begin", begins_of(units, outline_of));
  write_joined<LocalPoint>(file, "/admin_units/outline", units, outline_of);
}

void save_entities(File& file, Kind kind, const EntityTable& table) {
  const std::string group = "/entities/" + std::string(names_of(kind).id) + "/";
  write_column(file, group + "urn", table.urn);
  write_column(file, group + "name", table.name);
  write_column(file, group + "place", table.place);
  write_column(file, group + "provenance", table.provenance);
  write_column(file, group + "source", table.source);
  write_column(file, group + "commune_code", table.commune_code);
  const auto specs = schema_of(kind).attributes;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    const std::string name = group + "attributes/" + std::string(specs[i].id);
    write_column(file, name, table.attributes[i]);
    file.set(name, "units", specs[i].unit);
  }
}

void save_roads(File& file, const RoadNetwork& roads) {
  write_column(file, "/roads/from", roads.from);
  write_column(file, "/roads/to", roads.to);
  write_column(file, "/roads/opposite", roads.opposite);
  write_column(file, "/roads/number", roads.number);
  write_column(file, "/roads/shape_begin", roads.shape_begin);
  write_column(file, "/roads/shape", roads.shape);
  // A world without any has the same file as before there were any.
  if (roads.forbidden_turns.empty()) return;
  const auto save = [&](const char* name, std::uint32_t ForbiddenTurn::*member) {
    write_column(file, std::string("/roads/forbidden_") + name,
                 column_of(roads.forbidden_turns,
                           [member](const ForbiddenTurn& turn) { return turn.*member; }));
  };
  save("from", &ForbiddenTurn::from);
  save("to", &ForbiddenTurn::to);
  save("kinds", &ForbiddenTurn::kinds);
}

void save_rivers(File& file, const std::vector<River>& rivers) {
  write_column(file, "/rivers/name", column_of(rivers, [](const River& r) { return r.name; }));
  write_column(file, "/rivers/flows_into",
               column_of(rivers, [](const River& r) { return r.flows_into; }));
  write_column(file, "/rivers/provenance",
               column_of(rivers, [](const River& r) { return r.provenance; }));
  write_column(file, "/rivers/source", column_of(rivers, [](const River& r) { return r.source; }));
  write_column(file, "/rivers/begin", begins_of(rivers, line_of));
  write_joined<LocalPoint>(file, "/rivers/line", rivers, line_of);
  write_joined<float>(file, "/rivers/bed_m", rivers, bed_of);
  write_joined<float>(file, "/rivers/width_m", rivers, width_of);
  write_joined<float>(file, "/rivers/bank_depth_m", rivers, bank_of);
}

void save_terrain(File& file, const Terrain& terrain) {
  file.make_group("/terrain");
  for (std::size_t i = 0; i < terrain.grids.size(); ++i) {
    const TerrainGrid& grid = terrain.grids[i];
    const GridShape& shape = grid.elevation_m.shape;
    const std::string group = "/terrain/" + std::to_string(i);
    file.make_group(group);
    file.set(group, "name", grid.name);
    file.set(group, "left_m", shape.left_m);
    file.set(group, "bottom_m", shape.bottom_m);
    file.set(group, "cell_m", shape.cell_m);
    file.set(group, "columns", static_cast<std::int64_t>(shape.columns));
    file.set(group, "rows", static_cast<std::int64_t>(shape.rows));
    file.write(group + "/elevation_m", std::span<const float>(grid.elevation_m.values),
               shape.columns);
    file.set(group + "/elevation_m", "units", "m");
    file.write(group + "/manning_n", std::span<const float>(grid.manning_n.values), shape.columns);
    file.set(group + "/manning_n", "units", "s/m^(1/3)");
  }
}

void write_world(File& file, const World& world) {
  file.set("/", "format", format_name);
  file.set("/", "format_version", format_version);
  file.set("/", "name", world.name());
  file.set("/", "content_hash", world.content_hash());
  file.set("/", "origin_longitude_deg", world.frame().origin().longitude_deg);
  file.set("/", "origin_latitude_deg", world.frame().origin().latitude_deg);
  file.set("/", "min_x_m", world.extent().min_x_m);
  file.set("/", "min_y_m", world.extent().min_y_m);
  file.set("/", "max_x_m", world.extent().max_x_m);
  file.set("/", "max_y_m", world.extent().max_y_m);
  save_sources(file, world.sources());
  save_admin_units(file, world.admin_units());
  for (const Kind kind : all_kinds()) save_entities(file, kind, world.entities(kind));
  save_roads(file, world.roads());
  save_rivers(file, world.rivers());
  save_terrain(file, world.terrain());
}

}  // namespace

void save_world(const World& world, const std::filesystem::path& path) {
  hdf5::place_file(path, [&world](File& file) { write_world(file, world); });
}

}  // namespace kontwin
