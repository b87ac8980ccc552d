#include "twin/world.hpp"

#include <cmath>

#include "twin/content_hash.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

void append(EntityTable& table, Kind kind, EntityRecord record) {
  const std::size_t wanted = schema_of(kind).attributes.size();
  if (record.attributes.size() != wanted) {
    throw WorldError(record.urn + ": " + std::to_string(record.attributes.size()) +
                     " attributes where a " + std::string(names_of(kind).id) + " has " +
                     std::to_string(wanted));
  }
  table.attributes.resize(wanted);
  table.urn.push_back(std::move(record.urn));
  table.name.push_back(std::move(record.name));
  table.place.push_back(record.place);
  table.provenance.push_back(record.provenance);
  table.source.push_back(record.source);
  table.commune_code.push_back(std::move(record.commune_code));
  for (std::size_t i = 0; i < wanted; ++i) table.attributes[i].push_back(record.attributes[i]);
}

void check_table(const WorldParts& parts, Kind kind) {
  const EntityTable& table = parts.entities[index_of(kind)];
  const std::size_t rows = table.size();
  const std::string which = "the table of kind " + std::string(names_of(kind).id);
  const bool equal = table.name.size() == rows && table.place.size() == rows &&
                     table.provenance.size() == rows && table.source.size() == rows &&
                     table.commune_code.size() == rows;
  if (!equal) throw WorldError(which + " has columns of unequal length");
  if (table.attributes.size() != schema_of(kind).attributes.size()) {
    throw WorldError(which + " does not have the attributes of its kind");
  }
  for (const auto& attribute : table.attributes) {
    if (attribute.size() != rows) throw WorldError(which + " has columns of unequal length");
  }
  for (std::size_t row = 0; row < rows; ++row) {
    if (table.source[row] >= parts.sources.size()) {
      throw WorldError(table.urn[row] + ": its source is not in the list of sources");
    }
  }
}

/// Rows that point into another table must exist there, or be NaN for "none".
void check_row_references(const WorldParts& parts, Kind kind, std::string_view attribute,
                          Kind target) {
  const auto index = find_attribute(kind, attribute);
  if (!index) return;
  const EntityTable& table = parts.entities[index_of(kind)];
  const auto limit = static_cast<double>(parts.entities[index_of(target)].size());
  for (std::size_t row = 0; row < table.size(); ++row) {
    const double value = table.attribute(*index, row);
    if (std::isnan(value)) continue;
    if (value < 0 || value >= limit || value != std::floor(value)) {
      throw WorldError(table.urn[row] + ": " + std::string(attribute) + " names no " +
                       std::string(names_of(target).id));
    }
  }
}

void check_roads(const WorldParts& parts) {
  const RoadNetwork& roads = parts.roads;
  const EntityTable& table = parts.entities[index_of(Kind::road)];
  const std::size_t junctions = parts.entities[index_of(Kind::junction)].size();
  if (roads.links() != table.size() || roads.to.size() != table.size() ||
      roads.opposite.size() != table.size() || roads.number.size() != table.size() ||
      roads.shape_begin.size() != table.size() + 1) {
    throw WorldError("the road network and the road entities differ in number");
  }
  for (std::size_t link = 0; link < roads.links(); ++link) {
    const std::string& urn = table.urn[link];
    if (roads.from[link] >= junctions || roads.to[link] >= junctions) {
      throw WorldError(urn + ": one of its junctions is not there");
    }
    if (roads.shape_begin[link + 1] < roads.shape_begin[link] + 2 ||
        roads.shape_begin[link + 1] > roads.shape.size()) {
      throw WorldError(urn + ": its shape has fewer than two points");
    }
    for (const auto attribute : {road_attribute::length_m, road_attribute::lanes,
                                 road_attribute::free_speed_mps, road_attribute::capacity_vph}) {
      const double value = table.attribute(attribute, link);
      if (!(value > 0) || !std::isfinite(value)) {
        throw WorldError(urn + ": " + std::string(schema_of(Kind::road).attributes[attribute].id) +
                         " must be a number above 0");
      }
    }
  }
}

void check_forbidden_turns(const WorldParts& parts) {
  const RoadNetwork& roads = parts.roads;
  const std::vector<std::string>& urn = parts.entities[index_of(Kind::road)].urn;
  const ForbiddenTurn* before = nullptr;
  for (const ForbiddenTurn& turn : roads.forbidden_turns) {
    if (turn.from >= roads.links() || turn.to >= roads.links()) {
      throw WorldError("a forbidden turn names a road that is not there");
    }
    const std::string name = "forbidden turn from " + urn[turn.from] + " into " + urn[turn.to];
    if (roads.to[turn.from] != roads.from[turn.to]) {
      throw WorldError(name + ": the second road does not start where the first one ends");
    }
    if (turn.kinds == 0) throw WorldError(name + ": it is for nobody");
    if (before != nullptr && std::pair(before->from, before->to) >= std::pair(turn.from, turn.to)) {
      throw WorldError(name + ": it stands twice, or they are not sorted");
    }
    before = &turn;
  }
}

std::string hash_of(const WorldParts& parts) {
  ContentHash hash;
  hash.add(parts.name);
  hash.add(parts.frame.origin().longitude_deg);
  hash.add(parts.frame.origin().latitude_deg);
  for (const double edge :
       {parts.extent.min_x_m, parts.extent.min_y_m, parts.extent.max_x_m, parts.extent.max_y_m}) {
    hash.add(edge);
  }
  const auto add_points = [&hash](const std::vector<LocalPoint>& points) {
    hash.add(points.size());
    hash.add_bytes(points.data(), points.size() * sizeof(LocalPoint));
  };
  for (const Source& source : parts.sources) {
    hash.add(source.id);
    hash.add(source.title);
    hash.add(source.license);
  }
  for (const AdminUnit& unit : parts.admin_units) {
    hash.add(unit.code);
    hash.add(unit.name);
    hash.add(unit.level);
    hash.add(unit.valid_from ? to_cell(*unit.valid_from) : 0.0);
    hash.add(unit.valid_until ? to_cell(*unit.valid_until) : 0.0);
    hash.add(unit.parent_code);
    hash.add(unit.successor_code);
    hash.add(unit.center.x_m);
    hash.add(unit.center.y_m);
    add_points(unit.outline);
    hash.add(unit.population);
    hash.add(unit.provenance);
    hash.add(unit.source);
  }
  for (const EntityTable& table : parts.entities) {
    hash.add(table.size());
    for (const auto& urn : table.urn) hash.add(urn);
    for (const auto& name : table.name) hash.add(name);
    add_points(table.place);
    hash.add_bytes(table.provenance.data(), table.provenance.size());
    hash.add(table.source);
    for (const auto& code : table.commune_code) hash.add(code);
    for (const auto& attribute : table.attributes) hash.add(attribute);
  }
  hash.add(parts.roads.from);
  hash.add(parts.roads.to);
  hash.add(parts.roads.opposite);
  for (const auto& number : parts.roads.number) hash.add(number);
  hash.add(parts.roads.shape_begin);
  add_points(parts.roads.shape);
  if (!parts.roads.forbidden_turns.empty()) hash.add(parts.roads.forbidden_turns);
  for (const River& river : parts.rivers) {
    hash.add(river.name);
    hash.add(river.flows_into);
    add_points(river.line);
    hash.add(river.bed_m);
    hash.add(river.width_m);
    hash.add(river.bank_depth_m);
    hash.add(river.provenance);
    hash.add(river.source);
  }
  for (const TerrainGrid& grid : parts.terrain->grids) {
    const GridShape& shape = grid.elevation_m.shape;
    hash.add(grid.name);
    hash.add(shape.left_m);
    hash.add(shape.bottom_m);
    hash.add(shape.cell_m);
    hash.add(shape.columns);
    hash.add(shape.rows);
    hash.add(grid.elevation_m.values);
    hash.add(grid.manning_n.values);
  }
  return hash.finish();
}

}  // namespace

std::string make_urn(Kind kind, std::string_view local_id) {
  return "urn:ngsi-ld:" + std::string(names_of(kind).type) + ":" + std::string(local_id);
}

std::uint32_t WorldParts::add(Kind kind, EntityRecord record) {
  EntityTable& table = entities[index_of(kind)];
  append(table, kind, std::move(record));
  return static_cast<std::uint32_t>(table.size() - 1);
}

std::uint32_t WorldParts::add_road(EntityRecord record, std::uint32_t from, std::uint32_t to,
                                   std::span<const LocalPoint> line, std::string number) {
  const std::uint32_t row = add(Kind::road, std::move(record));
  if (roads.shape_begin.empty()) roads.shape_begin.push_back(0);
  roads.from.push_back(from);
  roads.to.push_back(to);
  roads.opposite.push_back(no_row);
  roads.number.push_back(std::move(number));
  roads.shape.insert(roads.shape.end(), line.begin(), line.end());
  roads.shape_begin.push_back(static_cast<std::uint32_t>(roads.shape.size()));
  return row;
}

std::uint32_t WorldParts::add_source(const Source& source) {
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (sources[i].id == source.id) return static_cast<std::uint32_t>(i);
  }
  sources.push_back(source);
  return static_cast<std::uint32_t>(sources.size() - 1);
}

std::shared_ptr<const World> World::seal(WorldParts parts) {
  if (parts.terrain == nullptr || parts.terrain->grids.empty()) {
    throw WorldError("the world has no terrain");
  }
  for (const TerrainGrid& grid : parts.terrain->grids) {
    const std::size_t cells = grid.elevation_m.shape.cells();
    if (cells == 0 || grid.elevation_m.values.size() != cells ||
        grid.manning_n.values.size() != cells ||
        !(grid.manning_n.shape == grid.elevation_m.shape)) {
      throw WorldError("terrain " + grid.name + ": its rasters do not fit its shape");
    }
  }
  for (const River& river : parts.rivers) {
    const std::size_t points = river.line.size();
    if (points < 2 || river.bed_m.size() != points || river.width_m.size() != points ||
        river.bank_depth_m.size() != points) {
      throw WorldError("river " + river.name + ": its columns do not fit its line");
    }
  }
  if (parts.roads.shape_begin.empty()) parts.roads.shape_begin.push_back(0);
  for (const Kind kind : all_kinds()) {
    parts.entities[index_of(kind)].attributes.resize(schema_of(kind).attributes.size());
    check_table(parts, kind);
    check_row_references(parts, kind, "junction_row", Kind::junction);
    check_row_references(parts, kind, "road_row", Kind::road);
  }
  check_roads(parts);
  check_forbidden_turns(parts);
  return std::shared_ptr<const World>(new World(std::move(parts)));
}

World::World(WorldParts parts) : parts_(std::move(parts)) {
  for (const Kind kind : all_kinds()) {
    const EntityTable& table = entities(kind);
    for (std::size_t row = 0; row < table.size(); ++row) {
      const EntityRef ref{kind, static_cast<std::uint32_t>(row)};
      if (!by_urn_.emplace(table.urn[row], ref).second) {
        throw WorldError("the id " + table.urn[row] + " is used twice");
      }
    }
  }
  content_hash_ = hash_of(parts_);
}

std::shared_ptr<const World> World::with_roads(std::span<const NewRoad> added) const {
  WorldParts parts = parts_;
  for (const NewRoad& road : added) {
    parts.add_road(road.record, road.from, road.to, road.shape, road.number);
  }
  return seal(std::move(parts));
}

std::array<std::size_t, 3> World::count_by_provenance() const {
  std::array<std::size_t, 3> counts{};
  for (const EntityTable& table : parts_.entities) {
    for (const Provenance provenance : table.provenance) {
      ++counts[static_cast<std::size_t>(provenance)];
    }
  }
  return counts;
}

std::optional<EntityRef> World::find(std::string_view urn) const {
  const auto found = by_urn_.find(urn);
  if (found == by_urn_.end()) return std::nullopt;
  return found->second;
}

std::uint32_t World::junction_of(EntityRef ref) const {
  if (ref.kind == Kind::junction) return ref.row;
  const auto index = find_attribute(ref.kind, "junction_row");
  if (!index) return no_row;
  const double row = entities(ref.kind).attribute(*index, ref.row);
  return std::isnan(row) ? no_row : static_cast<std::uint32_t>(row);
}

const AdminUnit* World::find_admin_unit(std::string_view code) const {
  const AdminUnit* found = nullptr;
  for (const AdminUnit& unit : parts_.admin_units) {
    if (unit.code != code) continue;
    if (!unit.valid_until) return &unit;
    if (found == nullptr || *unit.valid_until > *found->valid_until) found = &unit;
  }
  return found;
}

}  // namespace kontwin
