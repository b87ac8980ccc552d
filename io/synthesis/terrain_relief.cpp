#include "io/synthesis/terrain_relief.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "io/synthesis/terrain_channels.hpp"
#include "io/synthesis/terrain_drainage.hpp"
#include "io/synthesis/terrain_noise.hpp"
#include "io/synthesis/terrain_valleys.hpp"

namespace kontwin {

namespace {

constexpr double concavity = 0.45;
constexpr double hillslope_area_km2 = 0.25;  ///< below it slopes are straight
constexpr double steepest = 0.75;            ///< about the angle of repose
constexpr double least_reach_m = 1500;       ///< how far a steep river steepens its hillsides
constexpr double first_steepness = 0.06;

/// How often a level is drained and its slopes set anew between two adjustments of the steepness.
struct Effort {
  std::size_t coarsening;
  int rounds;
  int passes;
};
constexpr Effort efforts[] = {{8, 10, 4}, {4, 4, 5}, {2, 2, 3}, {1, 1, 1}};

GridShape coarser(const GridShape& shape, std::size_t factor) {
  return {shape.left_m, shape.bottom_m, shape.cell_m * static_cast<double>(factor),
          shape.columns / factor, shape.rows / factor};
}

struct Weighted {
  LocalPoint place;
  double value;
};

/// Inverse distance weighting with a softened centre.
Raster<float> spread(const GridShape& shape, const std::vector<Weighted>& known, double soft_m) {
  Raster<float> result(shape);
  for (std::size_t row = 0; row < shape.rows; ++row) {
    for (std::size_t column = 0; column < shape.columns; ++column) {
      const LocalPoint at = shape.center(column, row);
      double sum = 0;
      double weights = 0;
      for (const Weighted& one : known) {
        const double dx = one.place.x_m - at.x_m;
        const double dy = one.place.y_m - at.y_m;
        const double near = dx * dx + dy * dy + soft_m * soft_m;
        const double weight = 1 / (near * near);
        sum += weight * one.value;
        weights += weight;
      }
      result.at(column, row) = static_cast<float>(sum / weights);
    }
  }
  return result;
}

Raster<float> first_surface(const GridShape& shape, const std::vector<RiverCourse>& courses,
                            const std::vector<KnownHeight>& heights, const TerrainNoise& noise) {
  std::vector<Weighted> known;
  for (const KnownHeight& height : heights) known.push_back({height.place, height.elevation_m});
  for (const RiverCourse& course : courses) {
    for (double along_m = 0; along_m < course.along_m.back(); along_m += 3000) {
      known.push_back({point_along(course.river.line, along_m),
                       value_along(course, course.river.bed_m, along_m)});
    }
  }
  Raster<float> surface = spread(shape, known, 500);
  for (std::size_t row = 0; row < shape.rows; ++row) {
    for (std::size_t column = 0; column < shape.columns; ++column) {
      const LocalPoint at = shape.center(column, row);
      surface.at(column, row) +=
          static_cast<float>(70 * noise.fractal(at.x_m, at.y_m, 9000, 1400, 0.6));
    }
  }
  return surface;
}

/// The fall of a river over a kilometre around a point of its course.
float slope_along(const RiverCourse& course, double along_m) {
  constexpr double reach_m = 500;
  const auto& bed_m = course.river.bed_m;
  return static_cast<float>((value_along(course, bed_m, along_m - reach_m) -
                             value_along(course, bed_m, along_m + reach_m)) /
                            (2 * reach_m));
}

/// One level's grid and what does not change while it is worked on.
struct Level {
  Raster<float> surface;
  std::vector<std::uint8_t> outlet;  ///< river courses and valley floors
  std::vector<float> resistance;     ///< local factor on the steepness
  std::vector<float> river_slope;    ///< at outlets, of the river there

  Level(Raster<float> start, const std::vector<RiverCourse>& courses, std::uint64_t seed)
      : surface(std::move(start)),
        resistance(surface.values.size()),
        river_slope(surface.values.size(), 0) {
    const GridShape& shape = surface.shape;
    const ValleyField valleys = lay_valleys(shape, courses, seed);
    outlet = carve_channels(surface, courses);
    const TerrainNoise noise(seed + 1);
    for (std::size_t cell = 0; cell < outlet.size(); ++cell) {
      const LocalPoint at = shape.center(cell % shape.columns, cell / shape.columns);
      resistance[cell] = static_cast<float>(
          std::exp(0.7 * noise.fractal(at.x_m, at.y_m, 3000, 2 * shape.cell_m, 0.7)));
      if (outlet[cell] == 0 && valleys.beyond_m.values[cell] <= 0) {
        outlet[cell] = 1;
        surface.values[cell] = valleys.floor_m.values[cell];
      }
      if (outlet[cell] != 0 && valleys.river[cell] != ValleyField::no_river) {
        river_slope[cell] = slope_along(courses[valleys.river[cell]], valleys.along_m.values[cell]);
      }
    }
  }
};

/// Sets all slopes from the area that drains over them; the drainage it was done with.
Drainage set_slopes(Level& level, const Raster<float>& log_steepness, float share_of_new) {
  const GridShape& shape = level.surface.shape;
  auto& z = level.surface.values;
  Drainage drainage = drain(level.surface, level.outlet);
  const std::vector<float> area_m2 = drained_area_m2(drainage, shape.cell_m);
  std::vector<float> least = level.river_slope;
  for (const std::uint32_t cell : drainage.order) {
    const std::uint32_t to = drainage.receiver[cell];
    if (to == cell) continue;
    const bool straight =
        cell % shape.columns == to % shape.columns || cell / shape.columns == to / shape.columns;
    const double step_m = shape.cell_m * (straight ? 1 : std::numbers::sqrt2);
    const LocalPoint at = shape.center(cell % shape.columns, cell / shape.columns);
    const double area_km2 = std::max(hillslope_area_km2, area_m2[cell] / 1e6);
    const double slope = std::exp(interpolate(log_steepness, at) - concavity * std::log(area_km2)) *
                         level.resistance[cell];
    // A hillside is no flatter than the river at its foot falls, or the river would ride on a dam.
    least[cell] = least[to] * static_cast<float>(std::exp(-step_m / least_reach_m));
    const auto risen_m =
        static_cast<float>(std::clamp(slope, 1.2 * least[cell], steepest) * step_m);
    z[cell] += share_of_new * (z[to] + risen_m - z[cell]);
  }
  return drainage;
}

/// Moves the steepness at each known height so that the surface comes nearer to it.
void adjust(std::vector<Weighted>& log_steepness, const std::vector<KnownHeight>& heights,
            const Raster<float>& surface, const Drainage& drainage) {
  for (std::size_t i = 0; i < heights.size(); ++i) {
    if (!surface.shape.contains(heights[i].place)) continue;
    const auto cell = static_cast<std::uint32_t>(surface.shape.cell_of(heights[i].place));
    std::uint32_t mouth = cell;
    while (drainage.receiver[mouth] != mouth) mouth = drainage.receiver[mouth];
    if (mouth == cell) continue;
    const double base_m = surface.values[mouth];
    const double wanted_m = std::max(6.0, heights[i].elevation_m - base_m);
    const double found_m = std::max(6.0, surface.values[cell] - base_m);
    double& value = log_steepness[i].value;
    value += 0.7 * std::clamp(std::log(wanted_m / found_m), -0.7, 0.7);
    value = std::clamp(value, std::log(0.004), std::log(0.35));
  }
}

Raster<float> refine(const Raster<float>& coarse, const GridShape& shape,
                     const TerrainNoise& noise) {
  Raster<float> fine(shape);
  for (std::size_t row = 0; row < shape.rows; ++row) {
    for (std::size_t column = 0; column < shape.columns; ++column) {
      const LocalPoint at = shape.center(column, row);
      fine.at(column, row) =
          static_cast<float>(interpolate(coarse, at) +
                             0.05 * shape.cell_m * noise.octave(at.x_m, at.y_m, 3 * shape.cell_m));
    }
  }
  return fine;
}

}  // namespace

Raster<float> shape_relief(const GridShape& shape, const std::vector<RiverCourse>& courses,
                           const std::vector<KnownHeight>& heights, std::uint64_t seed) {
  const TerrainNoise noise(seed + 2);
  const GridShape coarsest = coarser(shape, efforts[0].coarsening);
  Raster<float> surface = first_surface(coarsest, courses, heights, noise);
  std::vector<Weighted> known;
  for (const KnownHeight& height : heights) {
    known.push_back({height.place, std::log(first_steepness)});
  }
  Raster<float> log_steepness = spread(coarsest, known, 2500);
  for (const Effort& effort : efforts) {
    const GridShape now = coarser(shape, effort.coarsening);
    Level level(effort.coarsening == efforts[0].coarsening ? surface : refine(surface, now, noise),
                courses, seed);
    for (int round = 0; round < effort.rounds; ++round) {
      // The first rounds move slowly, so that the known summits keep their ridges.
      const float share_of_new = effort.coarsening == 8 && round < 5 ? 0.5F : 1.0F;
      Drainage drainage;
      for (int pass = 0; pass < effort.passes; ++pass) {
        drainage = set_slopes(level, log_steepness, share_of_new);
      }
      if (effort.coarsening == 1) continue;
      adjust(known, heights, level.surface, drainage);
      log_steepness = spread(coarsest, known, 2500);
    }
    surface = std::move(level.surface);
  }
  return surface;
}

}  // namespace kontwin
