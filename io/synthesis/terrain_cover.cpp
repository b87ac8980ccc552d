#include "io/synthesis/terrain_cover.hpp"

#include <algorithm>
#include <cmath>

#include "io/synthesis/terrain_noise.hpp"

namespace kontwin {

namespace {

constexpr float water = 0.03F;
constexpr float houses = 0.06F;
constexpr float fields = 0.045F;
constexpr float scrub = 0.07F;
constexpr float forest = 0.10F;

/// A dam on its river.
struct Dam {
  std::uint16_t river;
  double along_m;
  double full_level_m;
};

std::vector<Dam> dams_of(const std::vector<Lake>& lakes, const std::vector<RiverCourse>& courses) {
  std::vector<Dam> dams;
  for (const Lake& lake : lakes) {
    Dam dam{ValleyField::no_river, 0, lake.full_level_m};
    double nearest_m = 3000;
    for (std::size_t i = 0; i < courses.size(); ++i) {
      const Foot foot = nearest_on(courses[i].river.line, lake.dam);
      if (foot.distance_m >= nearest_m) continue;
      nearest_m = foot.distance_m;
      dam.river = static_cast<std::uint16_t>(i);
      dam.along_m = foot.along_m;
    }
    if (dam.river != ValleyField::no_river) dams.push_back(dam);
  }
  return dams;
}

double slope_at(const Raster<float>& surface, std::size_t column, std::size_t row) {
  const GridShape& shape = surface.shape;
  const std::size_t west = column == 0 ? 0 : column - 1;
  const std::size_t east = std::min(column + 1, shape.columns - 1);
  const std::size_t south = row == 0 ? 0 : row - 1;
  const std::size_t north = std::min(row + 1, shape.rows - 1);
  return std::hypot(surface.at(east, row) - surface.at(west, row),
                    surface.at(column, north) - surface.at(column, south)) /
         (2 * shape.cell_m);
}

}  // namespace

Raster<float> roughness(const Raster<float>& surface, const ValleyField& valleys,
                        const std::vector<std::uint8_t>& on_course,
                        const std::vector<RiverCourse>& courses,
                        const std::vector<KnownHeight>& heights, const std::vector<Lake>& lakes,
                        std::uint64_t seed) {
  const GridShape& shape = surface.shape;
  const std::vector<Dam> dams = dams_of(lakes, courses);
  const TerrainNoise noise(seed + 5);
  std::vector<KnownHeight> towns;
  for (const KnownHeight& height : heights) {
    if (height.kind == HeightKind::town) towns.push_back(height);
  }
  Raster<float> manning(shape, forest);
  for (std::size_t row = 0; row < shape.rows; ++row) {
    // Only the towns that this row can touch.
    std::vector<KnownHeight> near;
    for (const KnownHeight& town : towns) {
      if (std::abs(shape.center(0, row).y_m - town.place.y_m) < 1.3 * town.radius_m) {
        near.push_back(town);
      }
    }
    for (std::size_t column = 0; column < shape.columns; ++column) {
      const std::size_t cell = shape.at(column, row);
      const LocalPoint at = shape.center(column, row);
      const bool under_lake = std::ranges::any_of(dams, [&](const Dam& dam) {
        return valleys.river[cell] == dam.river && valleys.along_m.values[cell] <= dam.along_m &&
               surface.values[cell] <= dam.full_level_m;
      });
      const bool built_up = std::ranges::any_of(near, [&](const KnownHeight& town) {
        return distance_m(at, town.place) <
               town.radius_m * (1 + 0.25 * noise.octave(at.x_m, at.y_m, 500));
      });
      float& value = manning.values[cell];
      const double steep =
          slope_at(surface, column, row) + 0.03 * noise.octave(at.x_m, at.y_m, 1500);
      if (valleys.channel[cell] != 0 || on_course[cell] != 0 || under_lake) {
        value = water;
      } else if (built_up) {
        value = houses;
      } else if (valleys.beyond_m.values[cell] <= 0 || steep < 0.07) {
        value = fields;
      } else if (steep < 0.16) {
        value = scrub;
      }
    }
  }
  return manning;
}

}  // namespace kontwin
