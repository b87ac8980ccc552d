#include "scenarios/slope/rockfall.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "twin/random.hpp"

namespace kontwin::slope {

namespace {

constexpr double window_m = 600;
constexpr double mesh_m = 10;
constexpr double longest_s = 60;
constexpr std::uint64_t purpose = 0x524F434B;  // of the random stream
/// How often it is looked at which roads a boulder is on.
constexpr int steps_a_look = 12;

Raster<float> mesh_round(const Terrain& terrain, LocalPoint middle) {
  constexpr auto corners = static_cast<std::size_t>(window_m / mesh_m);
  Raster<float> mesh(GridShape{.left_m = middle.x_m - window_m / 2,
                               .bottom_m = middle.y_m - window_m / 2,
                               .cell_m = mesh_m,
                               .columns = corners,
                               .rows = corners});
  for (std::size_t row = 0; row < corners; ++row) {
    for (std::size_t column = 0; column < corners; ++column) {
      mesh.at(column, row) =
          static_cast<float>(terrain.elevation_m(mesh.shape.center(column, row)));
    }
  }
  return mesh;
}

std::vector<GroundClass> classes_on(const Terrain& terrain, const GridShape& shape) {
  std::vector<GroundClass> classes;
  classes.reserve(shape.cells());
  for (std::size_t row = 0; row < shape.rows; ++row) {
    for (std::size_t column = 0; column < shape.columns; ++column) {
      const LocalPoint point = shape.center(column, row);
      const Raster<float>& cover = terrain.finest_at(point).manning_n;
      classes.push_back(cover.shape.contains(point)
                            ? ground_class_of(cover.values[cover.shape.cell_of(point)])
                            : GroundClass::scrub);
    }
  }
  return classes;
}

Rock::Shape shape_of(unsigned boulder) {
  switch (boulder % 4) {
    case 0:
      return Rock::Shape::ball;
    case 3:
      return Rock::Shape::slab;
    default:
      return Rock::Shape::block;
  }
}

/// The roads whose line comes into the window; of two directions, which share a line, the first.
std::vector<std::uint32_t> roads_in(const World& world, const LocalBox& box) {
  std::vector<std::uint32_t> roads;
  for (std::uint32_t road = 0; road < world.roads().links(); ++road) {
    const std::uint32_t back = world.roads().opposite[road];
    if (back != no_row && back < road) continue;
    const auto line = world.roads().shape_of(road);
    double min_x = 1e300, max_x = -1e300, min_y = 1e300, max_y = -1e300;
    for (const LocalPoint& point : line) {
      min_x = std::min(min_x, point.x_m);
      max_x = std::max(max_x, point.x_m);
      min_y = std::min(min_y, point.y_m);
      max_y = std::max(max_y, point.y_m);
    }
    if (min_x <= box.max_x_m && max_x >= box.min_x_m && min_y <= box.max_y_m &&
        max_y >= box.min_y_m) {
      roads.push_back(road);
    }
  }
  return roads;
}

/// From a road's line to where its verge ends.
double half_road_m(const World& world, std::uint32_t road) {
  constexpr double usual_width_m = 7;
  constexpr double verge_m = 1;
  const double width_m = world.entities(Kind::road).attribute(road_attribute::width_m, road);
  return (std::isfinite(width_m) ? width_m : usual_width_m) / 2 + verge_m;
}

/// What was seen of one boulder on one road.
struct Seen {
  double energy_j = 0;
  double height_m = 0;
};

}  // namespace

Rockfall drop_boulders(const World& world, std::uint32_t road, const Hillside& side,
                       const SlopeOptions& options, std::uint64_t seed, unsigned number) {
  Rockfall fall;
  const unsigned boulders = options.boulders_per_link;
  if (boulders == 0 || side.slope_deg < options.least_slope_deg) return fall;
  const Raster<float> mesh = mesh_round(world.terrain(), side.foot);
  BoulderWorld rocks(mesh, classes_on(world.terrain(), mesh.shape), default_contacts);
  std::vector<double> start_z_m;
  RandomStream random(seed, road, purpose + number);
  for (unsigned i = 0; i < boulders; ++i) {
    const double radius_m =
        std::clamp(options.boulder_median_m * std::exp(0.5 * random.normal()), 0.15, 1.2);
    const double up_m = random.uniform(40, 100);
    const double aside_m = random.uniform(-25, 25);
    const LocalPoint at{side.foot.x_m + up_m * side.uphill.x_m - aside_m * side.uphill.y_m,
                        side.foot.y_m + up_m * side.uphill.y_m + aside_m * side.uphill.x_m};
    const double z_m = interpolate(mesh, at) + radius_m + 0.5;
    const Rock::Shape shape = shape_of(i);
    const bool lies = shape == Rock::Shape::slab;
    rocks.add({.shape = shape,
               .radius_m = radius_m,
               .x_m = at.x_m,
               .y_m = at.y_m,
               .z_m = z_m,
               .vx_mps = -side.uphill.x_m,
               .vy_mps = -side.uphill.y_m,
               .tilt_rad = lies ? 0 : random.uniform(0, std::numbers::pi),
               .turn_rad = random.uniform(0, std::numbers::pi)});
    fall.boulders.push_back({.shape = shape,
                             .radius_m = radius_m,
                             .mass_kg = rocks.mass_kg(i),
                             .from = at,
                             .rest = at});
    start_z_m.push_back(z_m);
  }

  const auto near = roads_in(world, mesh.shape.box());
  std::map<std::pair<std::uint32_t, std::uint32_t>, Seen> seen;  // by road and boulder
  const auto look = [&] {
    for (std::uint32_t i = 0; i < boulders; ++i) {
      const auto now = rocks.motion(i);
      const LocalPoint at{now.x_m, now.y_m};
      for (const std::uint32_t other : near) {
        const Foot foot = nearest_on(world.roads().shape_of(other), at);
        if (foot.distance_m > half_road_m(world, other) + fall.boulders[i].radius_m) continue;
        Seen& most = seen[{other, i}];
        most.energy_j = std::max(most.energy_j, now.energy_j);
        most.height_m = std::max(most.height_m, now.z_m - interpolate(mesh, at));
      }
    }
  };
  const auto steps = static_cast<int>(longest_s / BoulderWorld::step_s);
  for (int step = 1; step <= steps && !rocks.all_at_rest(); ++step) {
    rocks.step();
    if (step % steps_a_look == 0) look();
  }
  for (std::uint32_t i = 0; i < boulders; ++i) {
    const auto now = rocks.motion(i);
    fall.boulders[i].rest = {now.x_m, now.y_m};
    fall.boulders[i].fall_m = start_z_m[i] - now.z_m;
    fall.boulders[i].went_on = !rocks.at_rest(i);
  }
  for (const auto& [which, most] : seen) {
    const auto& [hit, boulder] = which;
    const Boulder& of = fall.boulders[boulder];
    const double away_m = nearest_on(world.roads().shape_of(hit), of.rest).distance_m;
    const bool rests = !of.went_on && away_m <= half_road_m(world, hit) + of.radius_m;
    fall.hits.push_back({hit, boulder, most.energy_j, rests, most.height_m});
  }
  return fall;
}

double percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto rank =
      static_cast<std::ptrdiff_t>(std::ceil(share * static_cast<double>(values.size())) - 1);
  const auto nth = values.begin() + std::clamp<std::ptrdiff_t>(rank, 0, std::ssize(values) - 1);
  std::ranges::nth_element(values, nth);
  return *nth;
}

}  // namespace kontwin::slope
