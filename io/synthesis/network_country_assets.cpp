#include <algorithm>
#include <sstream>

#include "io/synthesis/network_country.hpp"
#include "io/synthesis/places_communes.hpp"

namespace kontwin::synthesis {

CountryAssets CountryAssets::read(const AssetFolder& folder, const LocalFrame& frame) {
  CountryAssets assets;
  const CsvTable waypoints = folder.table("waypoints.csv", {"id", "name", "lat", "lon", "commune"});
  std::map<std::string, std::size_t> by_id;
  for (std::size_t row = 0; row < waypoints.rows(); ++row) {
    Waypoint waypoint;
    waypoint.id = AssetFolder::required_text(waypoints, row, "id");
    waypoint.name = waypoints.text(row, "name");
    waypoint.place = frame.to_local(AssetFolder::place(waypoints, row));
    waypoint.commune = waypoints.text(row, "commune");
    waypoint.provenance = AssetFolder::provenance(waypoints, row);
    waypoint.source = folder.source(waypoints, row);
    if (!by_id.emplace(waypoint.id, row).second) {
      waypoints.fail(row, "the id '" + waypoint.id + "' is used twice");
    }
    assets.waypoints.push_back(std::move(waypoint));
  }

  const CsvTable roads = folder.table("roads.csv", {"number", "name", "class", "through"});
  for (std::size_t row = 0; row < roads.rows(); ++row) {
    CountryRoad road;
    road.road.number = roads.text(row, "number");
    road.road.name = AssetFolder::required_text(roads, row, "name");
    const auto road_class = parse_road_class(roads.text(row, "class"));
    if (!road_class) roads.fail(row, "'" + roads.text(row, "class") + "' is no road class");
    road.road.road_class = *road_class;
    road.road.provenance = AssetFolder::provenance(roads, row);
    road.road.source = folder.source(roads, row);
    std::istringstream ids(AssetFolder::required_text(roads, row, "through"));
    for (std::string id; ids >> id;) {
      const auto found = by_id.find(id);
      if (found == by_id.end()) roads.fail(row, "waypoints.csv has no '" + id + "'");
      road.through.push_back(found->second);
    }
    if (road.through.size() < 2) roads.fail(row, "column 'through' names fewer than two waypoints");
    assets.roads.push_back(std::move(road));
  }
  return assets;
}

void add_missing_seats(const WorldParts& parts, CountryAssets& assets) {
  for (const AdminUnit* unit : communes_of_june_2025(parts)) {
    const bool known = std::ranges::any_of(
        assets.waypoints, [&](const Waypoint& waypoint) { return waypoint.commune == unit->code; });
    if (known) continue;
    assets.waypoints.push_back({"seat-" + unit->code, unit->name, unit->center, unit->code,
                                unit->provenance, unit->source});
  }
}

std::string seat_id(std::string_view commune_code) {
  return "kontum-seat-" + std::string(commune_code);
}

}  // namespace kontwin::synthesis
