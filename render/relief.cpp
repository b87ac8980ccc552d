#include "render/relief.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kontwin {

namespace {

Cover operator+(Cover a, Cover b) { return {a.water + b.water, a.town + b.town, a.wood + b.wood}; }
Cover operator*(Cover a, float share) { return {a.water * share, a.town * share, a.wood * share}; }

/// The classes of Manning's n that the sample world and the importers use: open water 0.03,
/// built-up ground 0.06 or 0.08, paving less than 0.02, scrub 0.07, forest 0.1 (after Chow 1959,
/// table 5-6).
Cover cover_of(float manning_n) {
  const auto is = [manning_n](float value) { return std::abs(manning_n - value) < 0.0015F; };
  if (manning_n < 0.02F || is(0.06F) || is(0.08F)) return {.town = 1};
  if (is(0.03F)) return {.water = 1};
  return {.wood = std::clamp((manning_n - 0.05F) / 0.05F, 0.0F, 1.0F)};
}

template <typename Value>
Raster<Value> halved(const Raster<Value>& fine) {
  const GridShape& shape = fine.shape;
  Raster<Value> coarse(GridShape{.left_m = shape.left_m,
                                 .bottom_m = shape.bottom_m,
                                 .cell_m = shape.cell_m * 2,
                                 .columns = (shape.columns + 1) / 2,
                                 .rows = (shape.rows + 1) / 2});
  for (std::size_t row = 0; row < coarse.shape.rows; ++row) {
    const std::size_t south = row * 2;
    const std::size_t north = std::min(south + 1, shape.rows - 1);
    for (std::size_t column = 0; column < coarse.shape.columns; ++column) {
      const std::size_t west = column * 2;
      const std::size_t east = std::min(west + 1, shape.columns - 1);
      coarse.at(column, row) = (fine.at(west, south) + fine.at(east, south) + fine.at(west, north) +
                                fine.at(east, north)) *
                               0.25F;
    }
  }
  return coarse;
}

template <typename Value>
std::vector<Raster<Value>> pyramid(Raster<Value> finest) {
  std::vector<Raster<Value>> levels{std::move(finest)};
  while (levels.back().shape.columns > 16 && levels.back().shape.rows > 16) {
    levels.push_back(halved(levels.back()));
  }
  return levels;
}

Raster<Cover> covers(const Raster<float>& manning_n) {
  Raster<Cover> result(manning_n.shape);
  std::transform(manning_n.values.begin(), manning_n.values.end(), result.values.begin(), cover_of);
  return result;
}

/// Between the four nearest cell centres, as interpolate() of twin/raster.hpp, for any value.
template <typename Value>
Value between(const Raster<Value>& raster, LocalPoint point) {
  const CellSquare at = centres_around(raster.shape, point);
  const auto fx = static_cast<float>(at.eastward);
  const auto fy = static_cast<float>(at.northward);
  return (raster.at(at.west, at.south) * (1 - fx) + raster.at(at.east, at.south) * fx) * (1 - fy) +
         (raster.at(at.west, at.north) * (1 - fx) + raster.at(at.east, at.north) * fx) * fy;
}

template <typename Value>
Value at_spacing(const std::vector<Raster<Value>>& levels, LocalPoint point, double spacing_m) {
  const double cell_m = levels.front().shape.cell_m;
  const double wanted = spacing_m > cell_m ? std::log2(spacing_m / cell_m) : 0;
  const auto level = std::min(static_cast<std::size_t>(std::lround(wanted)), levels.size() - 1);
  return between(levels[level], point);
}

/// How far inside its box a point lies, metres; negative outside.
double inset_m(const GridShape& shape, LocalPoint point) {
  const LocalBox box = shape.box();
  return std::min({point.x_m - box.min_x_m, box.max_x_m - point.x_m, point.y_m - box.min_y_m,
                   box.max_y_m - point.y_m});
}

}  // namespace

Relief::Relief(const Terrain& terrain) {
  for (const TerrainGrid& grid : terrain.grids) {
    grids_.push_back({pyramid(grid.elevation_m), pyramid(covers(grid.manning_n)),
                      grid.elevation_m.shape.cell_m * 10});
  }
}

template <typename Value>
Value Relief::sample(LocalPoint point, double spacing_m,
                     std::vector<Raster<Value>> Pyramid::*layer) const {
  float weight_left = 1;
  Value total{};
  for (auto grid = grids_.rbegin(); grid != grids_.rend() - 1; ++grid) {
    const double inside_m = inset_m(grid->elevation.front().shape, point);
    if (inside_m <= 0) continue;
    const auto share = static_cast<float>(std::min(1.0, inside_m / grid->rim_m));
    total = total + at_spacing((*grid).*layer, point, spacing_m) * (weight_left * share);
    weight_left *= 1 - share;
    if (weight_left <= 0) return total;
  }
  return total + at_spacing(grids_.front().*layer, point, spacing_m) * weight_left;
}

float Relief::height_m(LocalPoint point, double spacing_m) const {
  return sample(point, spacing_m, &Pyramid::elevation);
}

Cover Relief::cover(LocalPoint point, double spacing_m) const {
  return sample(point, spacing_m, &Pyramid::cover);
}

double Relief::finest_cell_m(const LocalBox& box) const {
  for (auto grid = grids_.rbegin(); grid != grids_.rend(); ++grid) {
    const GridShape& shape = grid->elevation.front().shape;
    const LocalBox own = shape.box();
    if (own.min_x_m < box.max_x_m && own.max_x_m > box.min_x_m && own.min_y_m < box.max_y_m &&
        own.max_y_m > box.min_y_m) {
      return shape.cell_m;
    }
  }
  return grids_.front().elevation.front().shape.cell_m;
}

bool Relief::sees(LocalPoint eye, double eye_height_m, LocalPoint point, double point_height_m,
                  double exaggeration) const {
  constexpr int steps = 96;
  const double step_m = distance_m(eye, point) / steps;
  // The last steps lie at the point itself, which stands on the ground.
  for (int step = 1; step < steps - 3; ++step) {
    const double share = static_cast<double>(step) / steps;
    const LocalPoint here{std::lerp(eye.x_m, point.x_m, share),
                          std::lerp(eye.y_m, point.y_m, share)};
    const double ray_m = std::lerp(eye_height_m, point_height_m, share);
    if (height_m(here, step_m) * exaggeration > ray_m + 5) return false;
  }
  return true;
}

}  // namespace kontwin
