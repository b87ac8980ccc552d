#include <cmath>

#include "scenarios/evacuation/crowd/crowd_run.hpp"
#include "scenarios/evacuation/crowd/ground_grid.hpp"
#include "scenarios/evacuation/crowd/pace.hpp"
#include "scenarios/flood/stability.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd {

void CrowdSimulation::Impl::set_water(std::vector<float> depth_m, std::vector<float> speed_mps) {
  const std::size_t cells = ground.grid().cells();
  if (depth_m.size() != cells || speed_mps.size() != cells) {
    throw ScenarioError("water: " + std::to_string(depth_m.size()) + " depths and " +
                        std::to_string(speed_mps.size()) + " speeds for " + std::to_string(cells) +
                        " cells of ground");
  }
  water_depth_m = std::move(depth_m);
  water_speed_mps = std::move(speed_mps);
  water_share.resize(cells);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    const auto depth = static_cast<double>(water_depth_m[cell]);
    const bool stands =
        flood::passes(flood::Traveller::adult, depth, static_cast<double>(water_speed_mps[cell]));
    water_share[cell] = stands ? static_cast<float>(share_in_water(depth)) : 0.0F;
  }
  renew_ways();
}

std::size_t CrowdSimulation::Impl::cell_of(std::size_t row) const {
  const Pedestrians& rows = motion.people;
  const WayField::Sheet& sheet = ground.grid().sheets[rows.surface[row]];
  const auto nearest = [&](float metres, float first_m, std::uint32_t count) {
    const float cell = std::round((metres - first_m) * sheet.per_m);
    return cell > 0 ? std::min(static_cast<std::uint32_t>(cell), count - 1) : 0U;
  };
  const std::uint32_t column = nearest(rows.x_m[row], sheet.x0_m, sheet.columns);
  const std::uint32_t line = nearest(rows.y_m[row], sheet.y0_m, sheet.rows);
  return sheet.begin + static_cast<std::size_t>(line) * sheet.columns + column;
}

void CrowdSimulation::Impl::find_caught() {
  Pedestrians& rows = motion.people;
  keep.assign(rows.count(), 1);
  each_part([this, &rows](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      if (state.now[rows.person[row]].status == Status::out) continue;
      const std::size_t cell = cell_of(row);
      if (!(water_depth_m[cell] > 0)) continue;
      // Who sits in a wheelchair or lies on a stretcher stands as little as a child.
      const bool walks = state.given[rows.person[row]].mobility == Mobility::walking;
      keep[row] = flood::passes(walks ? flood::Traveller::adult : flood::Traveller::child,
                                static_cast<double>(water_depth_m[cell]),
                                static_cast<double>(water_speed_mps[cell]));
    }
  });
  take_out_caught(none);
}

}  // namespace kontwin::crowd
