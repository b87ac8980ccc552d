#include "app/drawn_run.hpp"

#include <algorithm>
#include <cmath>

#include "app/open_world.hpp"
#include "io/import/fill_holes.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

/// Nothing is known of what covers the ground: it is drawn as open land (render/relief.cpp).
constexpr float open_land_n = 0.05F;

DrawnRun own_ground(const RunFile& run, std::vector<RunFile::Ground> grids) {
  DrawnRun drawn;
  const GridShape first = grids.front().elevation_m.shape;
  drawn.placing = {
      .turn = run.header().turn, .origin = {first.left_m, first.bottom_m}, .on_plane = true};
  auto terrain = std::make_shared<Terrain>();
  for (RunFile::Ground& one : grids) {
    Raster<float> height_m = std::move(one.elevation_m);
    height_m.shape.left_m -= drawn.placing.origin.x_m;
    height_m.shape.bottom_m -= drawn.placing.origin.y_m;
    // What lies outside is drawn as high as what is next to it.
    if (std::ranges::all_of(height_m.values, [](float value) { return std::isnan(value); })) {
      throw FileError(run.path(), "the ground " + one.grid + " has no height anywhere");
    }
    fill_from_nearest(height_m);
    Raster<float> cover(height_m.shape, open_land_n);
    terrain->grids.push_back({one.grid, std::move(height_m), std::move(cover)});
  }
  WorldParts parts;
  parts.name = run.header().world_name;
  parts.extent = terrain->grids.front().elevation_m.shape.box();
  parts.terrain = std::move(terrain);
  drawn.world = World::seal(std::move(parts));
  return drawn;
}

}  // namespace

DrawnRun world_of(const RunFile& run, const CommonOptions& options) {
  if (auto grids = run.ground(); !grids.empty()) return own_ground(run, std::move(grids));
  DrawnRun drawn{open_world(options), {}};
  run.require_world(*drawn.world);
  return drawn;
}

}  // namespace kontwin
