#include "twin/world_hash.hpp"

#include "twin/content_hash.hpp"

namespace kontwin {

std::string world_hash(const WorldParts& parts) {
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

}  // namespace kontwin
