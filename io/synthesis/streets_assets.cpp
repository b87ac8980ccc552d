#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>
#include <sstream>

#include "io/synthesis/streets.hpp"
#include "twin/error.hpp"

namespace kontwin::synthesis {

namespace {

/// The points of `lat lon; lat lon; ...`.
std::vector<LocalPoint> points_of(const CsvTable& table, std::size_t row, const LocalFrame& frame) {
  std::vector<LocalPoint> points;
  std::istringstream text(AssetFolder::required_text(table, row, "through"));
  std::string pair;
  while (std::getline(text, pair, ';')) {
    std::istringstream numbers(pair);
    double latitude = 0;
    double longitude = 0;
    if (!(numbers >> latitude >> longitude) || std::abs(latitude) > 90 ||
        std::abs(longitude) > 180) {
      table.fail(row, "'" + pair + "' in column 'through' is not a latitude and a longitude");
    }
    points.push_back(frame.to_local({longitude, latitude}));
  }
  if (points.size() < 2) table.fail(row, "column 'through' names fewer than two points");
  return points;
}

Town& town_named(std::vector<Town>& towns, const std::string& id) {
  const auto found = std::ranges::find(towns, id, &Town::id);
  if (found != towns.end()) return *found;
  towns.emplace_back().id = id;
  return towns.back();
}

}  // namespace

std::optional<RoadClass> parse_road_class(std::string_view name) {
  constexpr std::string_view names[] = {"national", "provincial",  "district", "commune",
                                        "street",   "residential", "track"};
  for (std::size_t i = 0; i < std::size(names); ++i) {
    if (names[i] == name) return static_cast<RoadClass>(i);
  }
  return std::nullopt;
}

bool Town::contains(LocalPoint point, double margin_m) const {
  return std::ranges::any_of(quarters, [&](const Quarter& quarter) {
    return distance_m(quarter.center, point) <= quarter.radius_m + margin_m;
  });
}

int Town::fineness(LocalPoint point) const {
  int finest = 0;
  for (const Quarter& quarter : quarters) {
    if (distance_m(quarter.center, point) > quarter.radius_m) continue;
    finest = finest == 0 ? quarter.every : std::min(finest, quarter.every);
  }
  return finest;
}

StreetAssets StreetAssets::read(const AssetFolder& folder, const LocalFrame& frame) {
  StreetAssets assets;
  const CsvTable quarters = folder.table(
      "quarters.csv", {"town", "name", "lat", "lon", "radius_m", "spacing_m", "turn_deg", "every"});
  for (std::size_t row = 0; row < quarters.rows(); ++row) {
    Town& town = town_named(assets.towns, AssetFolder::required_text(quarters, row, "town"));
    town.spacing_m = quarters.required_number(row, "spacing_m");
    if (town.spacing_m < 50) quarters.fail(row, "column 'spacing_m' is below 50");
    town.turn_rad = quarters.required_number(row, "turn_deg") * std::numbers::pi / 180;
    town.quarters.push_back({quarters.text(row, "name"),
                             frame.to_local(AssetFolder::place(quarters, row)),
                             quarters.required_number(row, "radius_m"),
                             static_cast<int>(quarters.required_number(row, "every"))});
  }

  const CsvTable bridges = folder.table("bridges.csv", {"town", "name", "lat", "lon", "lanes",
                                                        "width_m", "speed_kmh", "capacity_vph"});
  for (std::size_t row = 0; row < bridges.rows(); ++row) {
    TownBridge bridge;
    bridge.town = AssetFolder::required_text(bridges, row, "town");
    bridge.name = bridges.text(row, "name");
    bridge.place = frame.to_local(AssetFolder::place(bridges, row));
    bridge.road.name = bridge.name;
    bridge.road.bridge = true;
    bridge.road.in_town = true;
    bridge.road.road_class = RoadClass::street;
    bridge.road.lanes = bridges.required_number(row, "lanes");
    bridge.road.width_m = bridges.required_number(row, "width_m");
    bridge.road.speed_kmh = bridges.required_number(row, "speed_kmh");
    bridge.road.capacity_vph = bridges.required_number(row, "capacity_vph");
    bridge.road.provenance = AssetFolder::provenance(bridges, row);
    bridge.road.source = folder.source(bridges, row);
    assets.bridges.push_back(std::move(bridge));
  }

  const CsvTable streets =
      folder.table("streets.csv", {"town", "name", "number", "class", "lanes", "through"});
  for (std::size_t row = 0; row < streets.rows(); ++row) {
    NamedStreet street;
    street.town = AssetFolder::required_text(streets, row, "town");
    street.through = points_of(streets, row, frame);
    street.road.name = AssetFolder::required_text(streets, row, "name");
    street.road.number = streets.text(row, "number");
    const auto road_class = parse_road_class(streets.text(row, "class"));
    if (!road_class) streets.fail(row, "'" + streets.text(row, "class") + "' is no road class");
    street.road.road_class = *road_class;
    street.road.lanes = streets.required_number(row, "lanes");
    street.road.provenance = AssetFolder::provenance(streets, row);
    street.road.source = folder.source(streets, row);
    assets.named.push_back(std::move(street));
  }

  const CsvTable names = folder.table("street_names.csv", {"name"});
  for (std::size_t row = 0; row < names.rows(); ++row)
    assets.names.push_back(names.text(row, "name"));
  if (assets.names.empty()) {
    throw FileError(folder.path("street_names.csv").string(), "names no street");
  }
  return assets;
}

}  // namespace kontwin::synthesis
