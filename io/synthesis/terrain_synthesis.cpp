#include "io/synthesis/terrain_synthesis.hpp"

#include <algorithm>
#include <cmath>

#include "io/synthesis/terrain_channels.hpp"
#include "io/synthesis/terrain_cover.hpp"
#include "io/synthesis/terrain_drainage.hpp"
#include "io/synthesis/terrain_noise.hpp"
#include "io/synthesis/terrain_relief.hpp"
#include "io/synthesis/terrain_valleys.hpp"

namespace kontwin {

namespace {

/// The cell size from which on a grid shows brooks of its own, not only those of the coarse grid.
constexpr double brooks_below_m = 50;

double smooth_step(double t) {
  t = std::clamp(t, 0.0, 1.0);
  return t * t * (3 - 2 * t);
}

/// Calls `visit(cell, centre)` for the cells within `radius_m` of `place`.
template <typename Visit>
void around(const GridShape& shape, LocalPoint place, double radius_m, const Visit& visit) {
  const auto clamp = [](double index, std::size_t count) {
    return static_cast<std::size_t>(std::clamp(index, 0.0, static_cast<double>(count)));
  };
  const double column = (place.x_m - shape.left_m) / shape.cell_m;
  const double row = (place.y_m - shape.bottom_m) / shape.cell_m;
  const double reach = radius_m / shape.cell_m + 1;
  for (std::size_t r = clamp(row - reach, shape.rows); r < clamp(row + reach, shape.rows); ++r) {
    for (std::size_t c = clamp(column - reach, shape.columns);
         c < clamp(column + reach, shape.columns); ++c) {
      visit(shape.at(c, r), shape.center(c, r));
    }
  }
}

/// Binomial smoothing of 3 x 3 cells, `passes` times.
void smooth(Raster<float>& surface, int passes) {
  const std::size_t columns = surface.shape.columns;
  const std::size_t rows = surface.shape.rows;
  std::vector<float> half(surface.values.size());
  for (int pass = 0; pass < passes; ++pass) {
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t c = 0; c < columns; ++c) {
        const float west = surface.at(c == 0 ? 0 : c - 1, r);
        const float east = surface.at(std::min(c + 1, columns - 1), r);
        half[r * columns + c] = 0.25F * (west + east) + 0.5F * surface.at(c, r);
      }
    }
    for (std::size_t r = 0; r < rows; ++r) {
      const float* const south = &half[(r == 0 ? 0 : r - 1) * columns];
      const float* const north = &half[std::min(r + 1, rows - 1) * columns];
      for (std::size_t c = 0; c < columns; ++c) {
        surface.at(c, r) = 0.25F * (south[c] + north[c]) + 0.5F * half[r * columns + c];
      }
    }
  }
}

/// Lifts or lowers the ground around each summit and pass so that it has its height; around a
/// summit nothing rises above it, unless it belongs to a higher one.
void raise_summits(Raster<float>& surface, const std::vector<KnownHeight>& heights) {
  constexpr double radius_m = 2400;
  constexpr double own_m = 900;  // the part of it that is surely lower than the summit
  std::vector<KnownHeight> pinned;
  for (const KnownHeight& height : heights) {
    const bool point = height.kind == HeightKind::peak || height.kind == HeightKind::pass;
    if (point && surface.shape.contains(height.place)) pinned.push_back(height);
  }
  std::ranges::stable_sort(pinned, {}, &KnownHeight::elevation_m);
  // Twice: neighbours within each other's reach disturb each other once.
  for (int pass = 0; pass < 2; ++pass) {
    for (const KnownHeight& height : pinned) {
      const bool peak = height.kind == HeightKind::peak;
      const double missing_m = height.elevation_m - interpolate(surface, height.place);
      around(surface.shape, height.place, radius_m, [&](std::size_t cell, LocalPoint at) {
        const double away_m = distance_m(at, height.place);
        if (away_m > radius_m) return;
        const double t = 1 - away_m / radius_m;
        const double was_m = surface.values[cell];
        double now_m = was_m + missing_m * t * t;
        if (peak) {
          const double below_m = height.elevation_m - 0.04 * away_m;
          now_m = std::min(now_m, std::max(was_m, below_m));
          now_m = std::min(now_m, below_m + 0.7 * std::max(0.0, away_m - own_m));
        }
        surface.values[cell] = static_cast<float>(now_m);
      });
    }
  }
}

/// No ground is made up that is higher than the highest known: what would be is pressed together
/// below it.
void hold_below_highest(Raster<float>& surface, const std::vector<KnownHeight>& heights) {
  if (heights.empty()) return;
  const auto highest_m = static_cast<float>(
      std::ranges::max_element(heights, {}, &KnownHeight::elevation_m)->elevation_m);
  const float room_m = 0.1F * highest_m;
  const float from_m = highest_m - room_m;
  for (float& height_m : surface.values) {
    if (height_m > from_m) {
      height_m = from_m + room_m * (1 - std::exp((from_m - height_m) / room_m));
    }
  }
}

/// Flat ground at towns, gently rolling ground at plains, away from the rivers.
void level_settled_ground(Raster<float>& surface, const std::vector<KnownHeight>& heights,
                          const ValleyField& valleys, const TerrainNoise& noise) {
  const GridShape& shape = surface.shape;
  std::vector<float> weight(shape.cells(), 0);
  std::vector<float> wanted_m(shape.cells(), 0);
  for (const KnownHeight& height : heights) {
    if (height.kind == HeightKind::peak || height.radius_m <= 0) continue;
    const double roll_m = height.kind == HeightKind::town ? 4 : 11;
    around(shape, height.place, 2.2 * height.radius_m, [&](std::size_t cell, LocalPoint at) {
      // No settlement ends in a circle.
      const double ragged = 1 + 0.3 * noise.fractal(at.x_m, at.y_m, 1300, 300);
      const double t = distance_m(at, height.place) / height.radius_m * ragged;
      const auto w = static_cast<float>(1 - smooth_step((t - 0.3) / 1.2));
      const double ground_m =
          height.elevation_m +
          roll_m * smooth_step(t) * noise.fractal(at.x_m, at.y_m, 1400, 200, 0.45) +
          0.4 * noise.fractal(at.x_m, at.y_m, 180, 60);
      weight[cell] += w;
      wanted_m[cell] += w * static_cast<float>(ground_m);
    });
  }
  for (std::size_t cell = 0; cell < weight.size(); ++cell) {
    if (weight[cell] <= 0) continue;
    const auto share = static_cast<float>(std::min(1.0F, weight[cell]) *
                                          smooth_step(valleys.beyond_m.values[cell] / 160.0));
    surface.values[cell] += share * (wanted_m[cell] / weight[cell] - surface.values[cell]);
  }
}

void lay_floors(Raster<float>& surface, const ValleyField& valleys, const TerrainNoise& noise) {
  const GridShape& shape = surface.shape;
  for (std::size_t cell = 0; cell < surface.values.size(); ++cell) {
    if (valleys.river[cell] == ValleyField::no_river) continue;
    const float floor_m = valleys.floor_m.values[cell];
    const float beyond_m = valleys.beyond_m.values[cell];
    float& height_m = surface.values[cell];
    if (beyond_m <= 0) {
      height_m = floor_m;
      continue;
    }
    // The riser between terrace and hillside is steep here and drawn out there.
    const LocalPoint at = shape.center(cell % shape.columns, cell / shape.columns);
    const double riser_m = 130 + 90 * noise.octave(at.x_m, at.y_m, 800);
    const auto share = static_cast<float>(smooth_step(beyond_m / riser_m));
    // Near its foot the hillside is above the floor; farther off a steep river may have dropped
    // away.
    const auto held = static_cast<float>(1 - smooth_step((beyond_m - 100) / 300.0));
    const float hill_m = height_m + held * std::max(0.0F, floor_m + 0.01F * beyond_m - height_m);
    height_m = floor_m + share * (hill_m - floor_m);
  }
}

/// Brooks: where water gathers, the ground is cut a little, never below what it drains to.
void cut_brooks(Raster<float>& surface, const std::vector<std::uint8_t>& on_course,
                const ValleyField& valleys) {
  const Drainage drainage = drain(surface, on_course);
  const std::vector<float> area_m2 = drained_area_m2(drainage, surface.shape.cell_m);
  for (const std::uint32_t cell : drainage.order) {
    const std::uint32_t to = drainage.receiver[cell];
    if (to == cell || valleys.channel[cell] != 0) continue;
    const double area_km2 = area_m2[cell] / 1e6;
    const double cut_m = area_km2 < 0.08 ? 0 : std::min(3.0, 1.6 * std::sqrt(area_km2));
    float& height_m = surface.values[cell];
    height_m = std::max(height_m - static_cast<float>(cut_m), surface.values[to] + 0.005F);
  }
}

TerrainGrid finish(const std::string& name, Raster<float> surface,
                   const std::vector<RiverCourse>& courses, const std::vector<KnownHeight>& heights,
                   const std::vector<Lake>& lakes, std::uint64_t seed) {
  const GridShape shape = surface.shape;
  const TerrainNoise noise(seed + 3);
  const ValleyField valleys = lay_valleys(shape, courses, seed);
  level_settled_ground(surface, heights, valleys, noise);
  lay_floors(surface, valleys, noise);
  const std::vector<std::uint8_t> on_course = carve_channels(surface, courses);
  fill_hollows(surface, drain(surface, on_course), 0.005F);
  if (shape.cell_m < brooks_below_m) cut_brooks(surface, on_course, valleys);
  Raster<float> manning = roughness(surface, valleys, on_course, courses, heights, lakes, seed);
  return {name, std::move(surface), std::move(manning)};
}

/// The coarse relief on a finer grid, with the small forms that the coarse one cannot hold.
Raster<float> refined(const Raster<float>& relief, const GridShape& shape,
                      const TerrainNoise& noise) {
  Raster<float> fine(shape);
  for (std::size_t row = 0; row < shape.rows; ++row) {
    for (std::size_t column = 0; column < shape.columns; ++column) {
      fine.at(column, row) = static_cast<float>(interpolate(relief, shape.center(column, row)));
    }
  }
  // Bilinear interpolation leaves creases along the coarse cells: smooth over one of them.
  const double ratio = relief.shape.cell_m / shape.cell_m;
  smooth(fine, static_cast<int>(std::lround(0.4 * ratio * ratio)));
  for (std::size_t row = 0; row < shape.rows; ++row) {
    for (std::size_t column = 0; column < shape.columns; ++column) {
      const LocalPoint at = shape.center(column, row);
      const double reach_m = relief.shape.cell_m;
      const double fall = std::hypot(interpolate(relief, {at.x_m + reach_m, at.y_m}) -
                                         interpolate(relief, {at.x_m - reach_m, at.y_m}),
                                     interpolate(relief, {at.x_m, at.y_m + reach_m}) -
                                         interpolate(relief, {at.x_m, at.y_m - reach_m})) /
                          (2 * reach_m);
      const double rough_m = std::min(6.0, 0.3 + 12 * fall);
      fine.at(column, row) +=
          static_cast<float>(rough_m * noise.fractal(at.x_m, at.y_m, 240, 3 * shape.cell_m, 0.55));
    }
  }
  return fine;
}

}  // namespace

Terrain synthesize_terrain(const TerrainPlan& plan, const std::vector<RiverCourse>& courses,
                           const std::vector<KnownHeight>& heights,
                           const std::vector<Lake>& lakes) {
  Raster<float> relief = shape_relief(plan.province, courses, heights, plan.seed);
  smooth(relief, 2);
  hold_below_highest(relief, heights);
  raise_summits(relief, heights);
  Terrain terrain;
  const TerrainNoise noise(plan.seed + 4);
  std::vector<Raster<float>> fine;
  for (const auto& inset : plan.insets) fine.push_back(refined(relief, inset.shape, noise));
  terrain.grids.push_back(
      finish("province", std::move(relief), courses, heights, lakes, plan.seed));
  for (std::size_t i = 0; i < fine.size(); ++i) {
    terrain.grids.push_back(
        finish(plan.insets[i].name, std::move(fine[i]), courses, heights, lakes, plan.seed));
  }
  return terrain;
}

}  // namespace kontwin
