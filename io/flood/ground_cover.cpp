#include "io/flood/ground_cover.hpp"

#include <algorithm>
#include <cmath>

namespace kontwin::flood {

namespace {

/// What has no height is so much higher than the highest ground.
constexpr float wall_over_all_m = 100;

Raster<float> roughness_of(const GroundCover& cover, const GridShape& shape,
                           const FloodCase& flood_case, std::vector<std::string>& notes) {
  Raster<float> manning_n(shape, static_cast<float>(cover.manning_n));
  std::size_t unknown = 0;
  const auto take = [&](const CaseRaster& from, const RasterFile::Range& possible,
                        const std::string& what, const auto& value_of) {
    const Raster<float> raster = read_onto(from, flood_case.plane, shape, possible, what);
    for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
      const auto n = value_of(raster.values[cell]);
      if (n) manning_n.values[cell] = *n;
      if (!n) ++unknown;
    }
    if (unknown == 0) return;
    notes.push_back(from.path.string() + ": " + std::to_string(unknown) + " of " +
                    std::to_string(shape.cells()) + " cells have no roughness; the default, " +
                    std::to_string(cover.manning_n) + ", was used there");
  };
  if (cover.roughness) {
    take(*cover.roughness, possible_roughness, "the roughness",
         [](float n) { return std::isnan(n) ? std::nullopt : std::optional(n); });
  }
  if (cover.classes) {
    take(*cover.classes, {-1e6, 1e6}, "the class", [&](float number) -> std::optional<float> {
      if (std::isnan(number)) return std::nullopt;
      const auto found = cover.of_class.find(static_cast<int>(number));
      return found == cover.of_class.end() ? std::nullopt : std::optional(found->second);
    });
  }
  return manning_n;
}

std::size_t for_cells_of(const CoveredArea& area, const std::string& plane, const GridShape& shape,
                         const std::function<void(std::size_t)>& visit) {
  if (!area.raster) return for_cells_inside(area.polygons, shape, visit);
  const Raster<float> raster =
      read_onto(*area.raster, plane, shape, {-HUGE_VAL, HUGE_VAL}, "the value");
  std::size_t count = 0;
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    if (std::isnan(raster.values[cell])) continue;
    visit(cell);
    ++count;
  }
  return count;
}

}  // namespace

void add_grid(const std::string& name, Ground ground, const GroundCover& cover,
              const GroundOptions& from, FloodCase& flood_case) {
  TerrainGrid grid{name, std::move(ground.elevation_m), {}};
  const GridShape& shape = grid.elevation_m.shape;
  grid.manning_n = roughness_of(cover, shape, flood_case, flood_case.notes);
  if (ground.holes > 0) {
    flood_case.notes.push_back(from.file.path.string() + ": " + std::to_string(ground.holes) +
                               " of " + std::to_string(shape.cells()) + " cells have no height; " +
                               (from.fill ? "they took that of the nearest cell that has one"
                                          : "they are outside, behind a wall"));
  }
  std::vector<char> outside(shape.cells(), 0);
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    outside[cell] = static_cast<char>(std::isnan(grid.elevation_m.values[cell]));
  }
  for (const CoveredGround& on : cover.areas) {
    const std::size_t cells = for_cells_of(on.area, flood_case.plane, shape, [&](std::size_t cell) {
      if (on.height_m) grid.elevation_m.values[cell] += static_cast<float>(*on.height_m);
      if (on.manning_n) grid.manning_n.values[cell] = static_cast<float>(*on.manning_n);
    });
    if (cells == 0 && flood_case.terrain.grids.empty()) {
      flood_case.notes.push_back("shapes of " + on.area.name +
                                 ": none holds the middle of a cell; they change nothing");
    }
  }
  float highest_m = -HUGE_VALF;
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    if (outside[cell] == 0) highest_m = std::max(highest_m, grid.elevation_m.values[cell]);
  }
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    if (outside[cell] != 0) grid.elevation_m.values[cell] = highest_m + wall_over_all_m;
  }
  flood_case.terrain.grids.push_back(std::move(grid));
  flood_case.outside.push_back(std::move(outside));
}

}  // namespace kontwin::flood
