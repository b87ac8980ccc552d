#include "io/synthesis/road_embankments.hpp"

#include <algorithm>
#include <optional>

namespace kontwin::synthesis {

namespace {

constexpr double freeboard_m = 0.5;
constexpr double most_m = 6;
constexpr double reach_widths = 8;
constexpr double widest_reach_m = 2500;
constexpr double sample_m = 40;

/// The design flood over a river's bed, in heights of its banks; nothing for roads without one.
std::optional<double> flood_banks(const DraftRoad& road, bool bridge) {
  if (bridge) return 2.2;
  if (road.road_class == RoadClass::national) return 2.0;
  if (road.road_class == RoadClass::provincial) return 1.75;
  return std::nullopt;
}

}  // namespace

double deck_height_m(const DraftRoad& road, bool bridge, const RiverIndex& rivers,
                     const Terrain& terrain) {
  const auto banks = flood_banks(road, bridge);
  if (!banks) return 0;
  const double long_m = length_m(road.line);
  double highest_m = 0;
  for (double along_m = 0; along_m < long_m + sample_m; along_m += sample_m) {
    const LocalPoint place = point_along(road.line, along_m);
    for (const RiverIndex::Bank& river : rivers.each_near(place, widest_reach_m)) {
      if (river.distance_m > reach_widths * 2 * river.half_width_m) continue;
      double ground_m = terrain.elevation_m(place);
      if (river.clear_m() <= 0) {
        ground_m = std::max(ground_m, river.bed_m + river.bank_depth_m);
      }
      const double flood_m = river.bed_m + *banks * river.bank_depth_m;
      highest_m = std::max(highest_m, flood_m + freeboard_m - ground_m);
    }
  }
  return std::min(highest_m, most_m);
}

}  // namespace kontwin::synthesis
