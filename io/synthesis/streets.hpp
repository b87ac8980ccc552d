#pragma once

#include <string>
#include <vector>

#include "io/synthesis/asset_folder.hpp"
#include "io/synthesis/network_draft.hpp"
#include "io/synthesis/network_rivers.hpp"
#include "twin/local_frame.hpp"
#include "twin/terrain.hpp"

namespace kontwin::synthesis {

/// A built-up part of a town: a circle in which a street grid is laid.
struct Quarter {
  std::string name;
  LocalPoint center;
  double radius_m = 0;
  int every = 1;  ///< 1 keeps each line of the grid, 2 each second one
};

/// A town: its quarters share one street grid.
struct Town {
  std::string id;
  std::vector<Quarter> quarters;
  double spacing_m = 130;  ///< between the lines of the grid
  double turn_rad = 0;     ///< of the grid, anticlockwise

  bool contains(LocalPoint point, double margin_m = 0) const;
  /// 1 or 2 as Quarter::every says, the finest that holds the point; 0 outside all quarters.
  int fineness(LocalPoint point) const;
};

/// A bridge that streets lead to.
struct TownBridge {
  std::string town;
  std::string name;
  LocalPoint place;
  DraftRoad road;  ///< its attributes
};

/// What the streets of the towns are made from: quarters.csv, bridges.csv, streets.csv and
/// street_names.csv of an asset folder.
struct StreetAssets {
  struct NamedStreet {
    std::string town;
    std::vector<LocalPoint> through;
    DraftRoad road;  ///< its attributes
  };
  std::vector<Town> towns;
  std::vector<TownBridge> bridges;
  std::vector<NamedStreet> named;
  std::vector<std::string> names;

  /// Throws FileError naming file, line and reason.
  static StreetAssets read(const AssetFolder& folder, const LocalFrame& frame);
};

/// `national`, `provincial`, `district`, `commune`, `street`, `residential` or `track`.
std::optional<RoadClass> parse_road_class(std::string_view name);

/// Draws the streets of one town as a network of its own: a grid bent a little out of square and
/// cut back from the rivers, streets along both banks of wide rivers, and the town's bridges, which
/// alone cross wide rivers. All of it hangs together.
NetworkDraft lay_streets(const Town& town, const StreetAssets& assets,
                         std::span<const River> rivers, const RiverIndex& index,
                         const Terrain& terrain);

/// Lays the named streets of a town over its grid: their roads get name, number, class and lanes.
void name_streets(const Town& town, const StreetAssets& assets, NetworkDraft& streets);

}  // namespace kontwin::synthesis
