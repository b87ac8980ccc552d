#include "scenarios/slope/earthquake.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/slope/ground_motion.hpp"
#include "scenarios/slope/newmark.hpp"

namespace kontwin::slope {

namespace {

constexpr double largest_of_atkinson = 6;
constexpr std::size_t places_a_part = 256;

double shaking_at(const Earthquake& quake, const World& world, LocalPoint at) {
  return shaking_g(quake, at, vs30_from_slope(regional_slope(world.terrain(), at)));
}

template <typename Work>
void for_each(ComputeArena& arena, std::size_t count, Work work) {
  arena.for_each_part((count + places_a_part - 1) / places_a_part, [&](std::size_t part) {
    const std::size_t end = std::min(count, (part + 1) * places_a_part);
    for (std::size_t i = part * places_a_part; i < end; ++i) work(i);
  });
}

}  // namespace

double shaking_g(const Earthquake& quake, LocalPoint at, double vs30_mps) {
  const double epicentral_km = distance_m(quake.epicentre, at) / 1000;
  const bool atkinson =
      quake.motion == Earthquake::Motion::atkinson_2015 ||
      (quake.motion == Earthquake::Motion::by_magnitude && quake.magnitude <= largest_of_atkinson);
  if (atkinson) {
    const double rock_g =
        atkinson_2015_g(quake.magnitude, std::hypot(epicentral_km, quake.depth_km));
    return rock_g * site_factor(vs30_mps, rock_g);
  }
  const double half_rupture_km = std::pow(10.0, -2.44 + 0.59 * quake.magnitude) / 2;
  return boore_2014_g(quake.magnitude, std::max(0.0, epicentral_km - half_rupture_km), vs30_mps);
}

Shaking shake(const Earthquake& quake, const World& world, const SlopeCells& cells,
              const SlopeStability& stability, ComputeArena& arena) {
  std::vector<double> of_cell(cells.count());
  for_each(arena, cells.count(), [&](std::size_t cell) {
    const double critical_g =
        critical_acceleration_g(stability.safety()[cell], cells.slope_rad[cell]);
    const double peak_g = shaking_at(quake, world, cells.middle[cell]);
    of_cell[cell] = failure_share(newmark_displacement_cm(critical_g, peak_g, quake.magnitude));
  });
  const std::size_t roads = world.roads().links();
  Shaking shaking{std::vector<double>(roads), std::vector<double>(roads),
                  std::vector<std::uint32_t>(roads, no_row)};
  for_each(arena, roads, [&](std::size_t row) {
    const auto road = static_cast<std::uint32_t>(row);
    shaking.road_g[row] = shaking_at(quake, world, world.place({Kind::road, road}));
    double& most = shaking.failure_probability[row];
    for (const std::uint32_t cell : cells.of(road)) {
      if (!(of_cell[cell] > most)) continue;
      most = of_cell[cell];
      shaking.cell[row] = cell;
    }
  });
  return shaking;
}

}  // namespace kontwin::slope
