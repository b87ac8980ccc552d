#include "io/world/world_file.hpp"

#include <string>
#include <vector>

#include "io/hdf5/column.hpp"
#include "io/world/world_format.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

using hdf5::File;
using hdf5::read_column;
using namespace world_format;

/// Fills one member of every item of a list from a column of the same length.
template <typename Value, typename Items, typename Put>
void fill(const File& file, const std::string& name, Items& items, Put put) {
  const auto column = read_column<Value>(file, name);
  if (column.size() != items.size()) file.fail(name + " has another length than its neighbours");
  for (std::size_t i = 0; i < items.size(); ++i) put(items[i], column[i]);
}

template <typename Value, typename Items, typename Get>
void read_joined(const File& file, const std::string& name,
                 const std::vector<std::uint32_t>& begins, Items& items, Get get) {
  const auto all = read_column<Value>(file, name);
  if (begins.size() != items.size() + 1) file.fail(name + " has another number of parts");
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (begins[i] > begins[i + 1] || begins[i + 1] > all.size()) {
      file.fail(name + " is shorter than its parts");
    }
    get(items[i]).assign(all.begin() + begins[i], all.begin() + begins[i + 1]);
  }
}

std::optional<Instant> to_instant(std::int64_t number) {
  if (number == no_instant) return std::nullopt;
  return Instant{Duration{number}};
}

std::vector<Source> load_sources(const File& file) {
  std::vector<Source> sources;
  for (std::string& id : file.read_texts("/sources/id")) sources.push_back({std::move(id), "", ""});
  fill<std::string>(file, "/sources/title", sources, [](Source& s, auto& v) { s.title = v; });
  fill<std::string>(file, "/sources/license", sources, [](Source& s, auto& v) { s.license = v; });
  return sources;
}

std::vector<AdminUnit> load_admin_units(const File& file) {
  std::vector<AdminUnit> units;
  for (std::string& code : file.read_texts("/admin_units/code")) {
    units.emplace_back().code = std::move(code);
  }
  const auto load = [&]<typename Value>(const char* name, Value AdminUnit::*member) {
    fill<Value>(file, std::string("/admin_units/") + name, units,
                [member](AdminUnit& unit, const Value& value) { unit.*member = value; });
  };
  load("name", &AdminUnit::name);
  load("level", &AdminUnit::level);
  fill<std::int64_t>(file, "/admin_units/valid_from", units,
                     [](AdminUnit& u, std::int64_t v) { u.valid_from = to_instant(v); });
  fill<std::int64_t>(file, "/admin_units/valid_until", units,
                     [](AdminUnit& u, std::int64_t v) { u.valid_until = to_instant(v); });
  load("parent_code", &AdminUnit::parent_code);
  load("successor_code", &AdminUnit::successor_code);
  load("center", &AdminUnit::center);
  load("population", &AdminUnit::population);
  load("provenance", &AdminUnit::provenance);
  load("source", &AdminUnit::source);
  const auto begins = read_column<std::uint32_t>(file, "/admin_units/outline_begin");
  read_joined<LocalPoint>(file, "/admin_units/outline", begins, units, outline_of);
  return units;
}

EntityTable load_entities(const File& file, Kind kind) {
  const std::string group = "/entities/" + std::string(names_of(kind).id) + "/";
  EntityTable table;
  if (!file.has(group + "urn")) return table;  // a kind younger than the file
  table.urn = read_column<std::string>(file, group + "urn");
  table.name = read_column<std::string>(file, group + "name");
  table.place = read_column<LocalPoint>(file, group + "place");
  table.provenance = read_column<Provenance>(file, group + "provenance");
  table.source = read_column<std::uint32_t>(file, group + "source");
  table.commune_code = read_column<std::string>(file, group + "commune_code");
  for (const AttributeSpec& spec : schema_of(kind).attributes) {
    table.attributes.push_back(
        read_column<double>(file, group + "attributes/" + std::string(spec.id)));
  }
  return table;
}

RoadNetwork load_roads(const File& file) {
  RoadNetwork roads;
  roads.from = read_column<std::uint32_t>(file, "/roads/from");
  roads.to = read_column<std::uint32_t>(file, "/roads/to");
  roads.opposite = read_column<std::uint32_t>(file, "/roads/opposite");
  roads.number = read_column<std::string>(file, "/roads/number");
  roads.shape_begin = read_column<std::uint32_t>(file, "/roads/shape_begin");
  roads.shape = read_column<LocalPoint>(file, "/roads/shape");
  if (!file.has("/roads/forbidden_from")) return roads;
  for (const auto from : read_column<std::uint32_t>(file, "/roads/forbidden_from")) {
    roads.forbidden_turns.push_back({.from = from});
  }
  const auto load = [&](const char* name, std::uint32_t ForbiddenTurn::*member) {
    fill<std::uint32_t>(file, std::string("/roads/forbidden_") + name, roads.forbidden_turns,
                        [member](ForbiddenTurn& turn, std::uint32_t v) { turn.*member = v; });
  };
  load("to", &ForbiddenTurn::to);
  load("kinds", &ForbiddenTurn::kinds);
  return roads;
}

std::vector<River> load_rivers(const File& file) {
  std::vector<River> rivers;
  for (std::string& name : file.read_texts("/rivers/name")) {
    rivers.emplace_back().name = std::move(name);
  }
  fill<std::string>(file, "/rivers/flows_into", rivers,
                    [](River& r, auto& v) { r.flows_into = v; });
  fill<Provenance>(file, "/rivers/provenance", rivers, [](River& r, auto v) { r.provenance = v; });
  fill<std::uint32_t>(file, "/rivers/source", rivers, [](River& r, auto v) { r.source = v; });
  const auto begins = read_column<std::uint32_t>(file, "/rivers/begin");
  read_joined<LocalPoint>(file, "/rivers/line", begins, rivers, line_of);
  read_joined<float>(file, "/rivers/bed_m", begins, rivers, bed_of);
  read_joined<float>(file, "/rivers/width_m", begins, rivers, width_of);
  read_joined<float>(file, "/rivers/bank_depth_m", begins, rivers, bank_of);
  return rivers;
}

std::shared_ptr<const Terrain> load_terrain(const File& file) {
  auto terrain = std::make_shared<Terrain>();
  const std::size_t count = file.names("/terrain").size();
  for (std::size_t i = 0; i < count; ++i) {
    const std::string group = "/terrain/" + std::to_string(i);
    const GridShape shape{file.number(group, "left_m"), file.number(group, "bottom_m"),
                          file.number(group, "cell_m"),
                          static_cast<std::size_t>(file.integer(group, "columns")),
                          static_cast<std::size_t>(file.integer(group, "rows"))};
    TerrainGrid grid;
    grid.name = file.text(group, "name");
    grid.elevation_m.shape = grid.manning_n.shape = shape;
    grid.elevation_m.values = file.read<float>(group + "/elevation_m");
    grid.manning_n.values = file.read<float>(group + "/manning_n");
    terrain->grids.push_back(std::move(grid));
  }
  return terrain;
}

WorldParts read_world(const File& file) {
  WorldParts parts;
  parts.name = file.text("/", "name");
  parts.frame = LocalFrame(
      {file.number("/", "origin_longitude_deg"), file.number("/", "origin_latitude_deg")});
  parts.extent = {file.number("/", "min_x_m"), file.number("/", "min_y_m"),
                  file.number("/", "max_x_m"), file.number("/", "max_y_m")};
  parts.sources = load_sources(file);
  parts.admin_units = load_admin_units(file);
  for (const Kind kind : all_kinds()) parts.entities[index_of(kind)] = load_entities(file, kind);
  parts.roads = load_roads(file);
  parts.rivers = load_rivers(file);
  parts.terrain = load_terrain(file);
  return parts;
}

}  // namespace

std::shared_ptr<const World> load_world(const std::filesystem::path& path) {
  const File file = File::open(path);
  if (!file.has("/terrain") || file.text("/", "format") != format_name) {
    file.fail("is not a Kontwin world file");
  }
  if (const auto made = file.integer("/", "format_version"); made != format_version) {
    file.fail("has format version " + std::to_string(made) + "; this program reads version " +
              std::to_string(format_version));
  }
  const std::string hash = file.text("/", "content_hash");
  std::shared_ptr<const World> world;
  try {
    world = World::seal(read_world(file));
  } catch (const WorldError& error) {
    file.fail(std::string("holds no usable world: ") + error.what());
  }
  if (world->content_hash() != hash) {
    file.fail("its content hash is " + world->content_hash().substr(0, 12) +
              "..., it was saved as " + hash.substr(0, 12) + "...: it was changed or damaged");
  }
  return world;
}

}  // namespace kontwin
