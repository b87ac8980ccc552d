#include "scenarios/slope/slope_cells.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

#include "scenarios/slope/hillside.hpp"

namespace kontwin::slope {

namespace {

using CellName = std::uint64_t;  // grid number, then cell

constexpr unsigned grid_shift = 48;
constexpr std::size_t roads_a_part = 64;

/// The finest grid at a point, as its number; grids.size() outside all.
std::size_t grid_at(const Terrain& terrain, LocalPoint point) {
  for (std::size_t grid = terrain.grids.size(); grid-- > 0;) {
    if (terrain.grids[grid].elevation_m.shape.contains(point)) return grid;
  }
  return terrain.grids.size();
}

struct FoundCell {
  CellName name;
  LocalPoint middle;
  double slope_rad;
  double area_m2;
  GroundClass ground;
};

/// Cells of one grid near a segment; those that a finer grid covers are left out.
void add_near(const Terrain& terrain, std::size_t grid, LocalPoint from, LocalPoint to,
              double beside_m, double least_slope_rad, std::vector<FoundCell>& found) {
  const Raster<float>& ground = terrain.grids[grid].elevation_m;
  const GridShape& shape = ground.shape;
  const auto range = [&](double low_m, double high_m, double origin_m, std::size_t count) {
    const auto cell = [&](double at_m) {
      return std::clamp(std::floor((at_m - origin_m) / shape.cell_m), 0.0, double(count));
    };
    return std::pair{static_cast<std::size_t>(cell(low_m - beside_m)),
                     static_cast<std::size_t>(
                         std::min(cell(high_m + beside_m) + 1, static_cast<double>(count)))};
  };
  const auto columns =
      range(std::min(from.x_m, to.x_m), std::max(from.x_m, to.x_m), shape.left_m, shape.columns);
  const auto rows =
      range(std::min(from.y_m, to.y_m), std::max(from.y_m, to.y_m), shape.bottom_m, shape.rows);
  const std::array line{from, to};
  for (std::size_t row = rows.first; row < rows.second; ++row) {
    for (std::size_t column = columns.first; column < columns.second; ++column) {
      const LocalPoint middle = shape.center(column, row);
      if (nearest_on(line, middle).distance_m > beside_m) continue;
      if (grid_at(terrain, middle) != grid) continue;
      const double steepness = slope_deg(terrain, middle) * std::numbers::pi / 180;
      if (!(steepness >= least_slope_rad)) continue;
      const Raster<float>& cover = terrain.grids[grid].manning_n;
      const GroundClass cell_ground =
          cover.shape.contains(middle) ? ground_class_of(cover.values[cover.shape.cell_of(middle)])
                                       : GroundClass::scrub;
      found.push_back({(static_cast<CellName>(grid) << grid_shift) | shape.at(column, row), middle,
                       steepness, shape.cell_m * shape.cell_m, cell_ground});
    }
  }
}

bool by_name(const FoundCell& a, const FoundCell& b) { return a.name < b.name; }

void keep_once(std::vector<FoundCell>& cells) {
  std::ranges::sort(cells, by_name);
  const auto same = [](const FoundCell& a, const FoundCell& b) { return a.name == b.name; };
  cells.erase(std::unique(cells.begin(), cells.end(), same), cells.end());
}

}  // namespace

bool has_slopes(const World& world, std::uint32_t road) {
  const auto road_class = static_cast<RoadClass>(
      static_cast<int>(world.entities(Kind::road).attribute(road_attribute::road_class, road)));
  return world.roads().shape_of(road).size() >= 2 && road_class != RoadClass::street &&
         road_class != RoadClass::residential;
}

SlopeCells cells_beside_roads(const World& world, double beside_m, double least_slope_rad,
                              ComputeArena& arena) {
  const std::size_t roads = world.roads().links();
  const Terrain& terrain = world.terrain();
  std::vector<std::vector<FoundCell>> found(roads);
  const auto owner = [&world](std::uint32_t road) {
    const std::uint32_t back = world.roads().opposite[road];
    return back != no_row && back < road ? back : road;
  };
  arena.for_each_part((roads + roads_a_part - 1) / roads_a_part, [&](std::size_t part) {
    const auto end = static_cast<std::uint32_t>(std::min(roads, (part + 1) * roads_a_part));
    for (auto road = static_cast<std::uint32_t>(part * roads_a_part); road < end; ++road) {
      if (owner(road) != road || !has_slopes(world, road)) continue;
      const auto line = world.roads().shape_of(road);
      for (std::size_t i = 1; i < line.size(); ++i) {
        for (std::size_t grid = 0; grid < terrain.grids.size(); ++grid) {
          add_near(terrain, grid, line[i - 1], line[i], beside_m, least_slope_rad, found[road]);
        }
      }
      keep_once(found[road]);
    }
  });
  std::vector<FoundCell> all;
  for (const auto& cells : found) all.insert(all.end(), cells.begin(), cells.end());
  keep_once(all);

  SlopeCells cells;
  for (const FoundCell& cell : all) {
    cells.middle.push_back(cell.middle);
    cells.slope_rad.push_back(cell.slope_rad);
    cells.area_m2.push_back(cell.area_m2);
    cells.ground.push_back(cell.ground);
  }
  cells.first_of_road.push_back(0);
  for (std::uint32_t road = 0; road < roads; ++road) {
    for (const FoundCell& cell : found[owner(road)]) {
      const auto at = std::ranges::lower_bound(all, cell, by_name);
      cells.cell_of_road.push_back(static_cast<std::uint32_t>(at - all.begin()));
    }
    cells.first_of_road.push_back(static_cast<std::uint32_t>(cells.cell_of_road.size()));
  }
  return cells;
}

}  // namespace kontwin::slope
