#pragma once

#include <map>
#include <string>
#include <vector>

#include "io/synthesis/asset_folder.hpp"
#include "io/synthesis/network_draft.hpp"
#include "io/synthesis/network_ground.hpp"

namespace kontwin::synthesis {

/// A named place that roads run through (waypoints.csv).
struct Waypoint {
  std::string id;
  std::string name;
  LocalPoint place;
  std::string commune;  ///< code of the unit of June 2025 whose seat it is; empty for none
  Provenance provenance = Provenance::synthetic;
  std::uint32_t source = 0;
};

/// A main road as the waypoints it runs through (roads.csv), or the link of a commune to the
/// others.
struct CountryRoad {
  std::vector<std::size_t> through;  ///< indices of waypoints
  DraftRoad road;                    ///< its attributes
};

/// What the country roads are made from.
struct CountryAssets {
  std::vector<Waypoint> waypoints;
  std::vector<CountryRoad> roads;

  /// Throws FileError naming file, line and reason.
  static CountryAssets read(const AssetFolder& folder, const LocalFrame& frame);
};

/// Adds a waypoint at each seat of a commune of June 2025 that has none yet: at the unit's centre.
void add_missing_seats(const WorldParts& parts, CountryAssets& assets);

/// Draws the country roads into a network that holds the streets of the towns already: each road
/// over the ground through its waypoints, a link from every other waypoint to the nearest road, cut
/// into links of about 1 to 3 km and at wide rivers, where they become bridges. Where a road comes
/// to a town it joins the streets, and its number runs on through them. Junctions at seats get the
/// id `kontum-seat-<code of the commune>`.
void draw_country_roads(const CountryAssets& assets, const std::vector<Town>& towns,
                        const RiverIndex& rivers, RoadGround& ground, NetworkDraft& draft);

/// The local part of the URN of the junction at a commune's seat.
std::string seat_id(std::string_view commune_code);

}  // namespace kontwin::synthesis
