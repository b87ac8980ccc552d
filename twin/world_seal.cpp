#include "twin/world_seal.hpp"

#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include "twin/error.hpp"

namespace kontwin {

namespace {

void check_terrain(const WorldParts& parts) {
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
}

void check_rivers(const WorldParts& parts) {
  for (const River& river : parts.rivers) {
    const std::size_t points = river.line.size();
    if (points < 2 || river.bed_m.size() != points || river.width_m.size() != points ||
        river.bank_depth_m.size() != points) {
      throw WorldError("river " + river.name + ": its columns do not fit its line");
    }
  }
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

}  // namespace

void require_sealable(const WorldParts& parts) {
  check_terrain(parts);
  check_rivers(parts);
  for (const Kind kind : all_kinds()) {
    check_table(parts, kind);
    check_row_references(parts, kind, "junction_row", Kind::junction);
    check_row_references(parts, kind, "road_row", Kind::road);
  }
  check_roads(parts);
  check_forbidden_turns(parts);
}

}  // namespace kontwin
