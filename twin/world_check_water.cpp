#include <algorithm>
#include <cmath>

#include "twin/world_check_parts.hpp"

namespace kontwin {

namespace {

/// Rounding of bed heights in a file.
constexpr float bed_slack_m = 0.01F;
/// Terrain along a river may rise this much over its lowest point upstream: banks seen through
/// coarse cells, and the noise of surveys.
constexpr double terrain_slack_m = 1;
/// A gauge reads a river it stands on; positions are often rounded to a minute of arc or less.
constexpr double gauge_reach_m = 500;

std::string place_on(const River& river, double along_m) {
  return "river " + river.name + ", " + number_text(along_m / 1000) + " km";
}

/// The lowest height among the cell at a point and those next to it: a river's line may run beside
/// its channel by a cell.
double channel_height(const TerrainGrid& grid, LocalPoint point) {
  const GridShape& shape = grid.elevation_m.shape;
  const std::size_t cell = shape.cell_of(point);
  const std::size_t column = cell % shape.columns;
  const std::size_t row = cell / shape.columns;
  float lowest = grid.elevation_m.values[cell];
  for (std::size_t r = row - std::min<std::size_t>(row, 1); r <= std::min(row + 1, shape.rows - 1);
       ++r) {
    for (std::size_t c = column - std::min<std::size_t>(column, 1);
         c <= std::min(column + 1, shape.columns - 1); ++c) {
      lowest = std::min(lowest, grid.elevation_m.at(c, r));
    }
  }
  return lowest;
}

void check_bed(const River& river, ProblemList& problems) {
  double along_m = 0;
  for (std::size_t i = 1; i < river.line.size(); ++i) {
    along_m += distance_m(river.line[i - 1], river.line[i]);
    const float rise_m = river.bed_m[i] - river.bed_m[i - 1];
    if (rise_m <= bed_slack_m) continue;
    problems.warning("river_runs_uphill", place_on(river, along_m),
                     "đáy sông cao lên " + number_text(rise_m, 2) + " m về phía hạ lưu",
                     "the bed rises by " + number_text(rise_m, 2) + " m downstream");
  }
}

/// One problem a river: where the terrain stands highest above its lowest point upstream. Ahead the
/// lowest cell near the line counts, upstream the line's own: a lower cell beside the line may
/// belong to another valley.
void check_terrain_along(const River& river, const Terrain& terrain, ProblemList& problems) {
  double lowest_m = HUGE_VAL;
  double worst_m = 0;
  double worst_along_m = 0;
  double start_m = 0;
  for (std::size_t i = 1; i < river.line.size(); ++i) {
    const double segment_m = distance_m(river.line[i - 1], river.line[i]);
    double step_m = terrain.finest_at(river.line[i]).elevation_m.shape.cell_m;
    step_m = std::max(std::min(step_m, segment_m), 0.1);
    for (double along_m = 0; along_m < segment_m; along_m += step_m) {
      const double share = along_m / segment_m;
      const LocalPoint point{std::lerp(river.line[i - 1].x_m, river.line[i].x_m, share),
                             std::lerp(river.line[i - 1].y_m, river.line[i].y_m, share)};
      const TerrainGrid& grid = terrain.finest_at(point);
      if (!grid.elevation_m.shape.contains(point)) continue;
      const double height_m = channel_height(grid, point);
      const double own_m = grid.elevation_m.values[grid.elevation_m.shape.cell_of(point)];
      lowest_m = std::min(lowest_m, own_m);
      if (height_m - lowest_m > worst_m) {
        worst_m = height_m - lowest_m;
        worst_along_m = start_m + along_m;
      }
    }
    start_m += segment_m;
  }
  if (worst_m <= terrain_slack_m) return;
  problems.warning(
      "terrain_blocks_river", place_on(river, worst_along_m),
      "địa hình cao hơn đoạn thượng lưu " + number_text(worst_m) + " m; nước sẽ bị chặn lại",
      "the terrain stands " + number_text(worst_m) +
          " m above a point upstream; water would be held back");
}

}  // namespace

void check_rivers(const WorldParts& parts, ProblemList& problems) {
  const bool terrain =
      parts.terrain != nullptr && !parts.terrain->grids.empty() &&
      std::ranges::all_of(parts.terrain->grids, [](const TerrainGrid& grid) {
        const auto& heights = grid.elevation_m;
        return heights.shape.cells() > 0 && heights.values.size() == heights.shape.cells();
      });
  for (const River& river : parts.rivers) {
    const std::size_t points = river.line.size();
    if (points < 2 || river.bed_m.size() != points || river.width_m.size() != points ||
        river.bank_depth_m.size() != points) {
      problems.error("unequal_columns", "river " + river.name,
                     "các cột của sông không khớp với đường sông",
                     "its columns do not fit its line");
      continue;
    }
    check_bed(river, problems);
    if (terrain) check_terrain_along(river, *parts.terrain, problems);
    const bool mouth_known =
        river.flows_into.empty() || std::ranges::any_of(parts.rivers, [&](const River& other) {
          return other.name == river.flows_into;
        });
    if (!mouth_known) {
      problems.warning("unknown_mouth", "river " + river.name,
                       "chảy vào sông '" + river.flows_into + "' không có trong thế giới",
                       "flows into '" + river.flows_into + "', which is not in the world");
    }
  }
  const EntityTable& gauges = parts.entities[index_of(Kind::river_gauge)];
  for (std::size_t row = 0; row < std::min(gauges.size(), gauges.place.size()); ++row) {
    double nearest_m = HUGE_VAL;
    for (const River& river : parts.rivers) {
      if (river.line.empty()) continue;
      nearest_m = std::min(nearest_m, nearest_on(river.line, gauges.place[row]).distance_m);
    }
    if (nearest_m <= gauge_reach_m) continue;
    const bool none = parts.rivers.empty();
    problems.warning("gauge_far_from_river", gauges.urn[row],
                     none ? "thế giới không có sông nào"
                          : "cách sông gần nhất " + number_text(nearest_m, 0) + " m",
                     none ? "the world has no river"
                          : "the nearest river is " + number_text(nearest_m, 0) + " m away");
  }
}

void check_terrain(const WorldParts& parts, ProblemList& problems) {
  if (parts.terrain == nullptr || parts.terrain->grids.empty()) {
    problems.error("no_terrain", "terrain", "thế giới không có địa hình",
                   "the world has no terrain");
    return;
  }
  for (const TerrainGrid& grid : parts.terrain->grids) {
    const std::string where = "terrain " + grid.name;
    const std::size_t cells = grid.elevation_m.shape.cells();
    if (cells == 0 || grid.elevation_m.values.size() != cells ||
        grid.manning_n.values.size() != cells ||
        !(grid.manning_n.shape == grid.elevation_m.shape)) {
      problems.error("unequal_columns", where, "lưới không khớp với kích thước của nó",
                     "its rasters do not fit its shape");
      continue;
    }
    const auto holes = std::ranges::count_if(grid.elevation_m.values,
                                             [](float height) { return !std::isfinite(height); });
    if (holes > 0) {
      problems.error("holes_in_terrain", where, std::to_string(holes) + " ô không có độ cao",
                     std::to_string(holes) + " cells have no height");
    }
    const auto rough = std::ranges::count_if(grid.manning_n.values,
                                             [](float n) { return !(n > 0 && std::isfinite(n)); });
    if (rough > 0) {
      problems.error("bad_roughness", where, std::to_string(rough) + " ô có độ nhám không hợp lệ",
                     std::to_string(rough) + " cells have a roughness that is not above 0");
    }
  }
  const LocalBox coarse = parts.terrain->grids.front().elevation_m.shape.box();
  const LocalBox& extent = parts.extent;
  if (extent.min_x_m < coarse.min_x_m || extent.min_y_m < coarse.min_y_m ||
      extent.max_x_m > coarse.max_x_m || extent.max_y_m > coarse.max_y_m) {
    problems.warning("terrain_too_small", "terrain " + parts.terrain->grids.front().name,
                     "địa hình không phủ hết phạm vi của thế giới",
                     "the terrain does not cover the world's extent");
  }
}

}  // namespace kontwin
