#include <cmath>

#include "scenarios/evacuation/crowd/crowd_run.hpp"
#include "scenarios/evacuation/crowd/pace.hpp"

namespace kontwin::crowd {

void CrowdSimulation::Impl::wish_rows(std::size_t begin, std::size_t end) {
  Pedestrians& rows = motion.people;
  const double time_s = now_s();
  for (std::size_t row = begin; row < end; ++row) {
    const std::uint32_t person = rows.person[row];
    state.fetch(rows.person[row + rows_ahead]);
    const PersonNow& now = state.now[person];
    rows.wish_mps[row] = 0;
    rows.wish_x[row] = rows.wish_y[row] = 0;
    if (now.status == Status::waiting && time_s >= state.sets_out_s[person] - 1e-9) {
      state.sets_out_s[person] = time_s;
      decide(person, row);
    }
    if (now.status == Status::out) {
      rows.wish_x[row] = outward[now.exit].x;
      rows.wish_y[row] = outward[now.exit].y;
      rows.wish_mps[row] = now.speed_mps;
      continue;
    }
    if (now.status != Status::walking || static_cast<float>(time_s) < now.stop_until_s) continue;
    const WayField::Direction way = way_of(row);
    rows.wish_x[row] = way.x;
    rows.wish_y[row] = way.y;
    if (way.x != 0 || way.y != 0) rows.wish_mps[row] = pace_of(row, way);
  }
}

float CrowdSimulation::Impl::pace_of(std::size_t row, WayField::Direction way) const {
  const Pedestrians& rows = motion.people;
  const std::uint32_t person = rows.person[row], on = rows.surface[row];
  const Surface& surface = ground.building().surfaces[on];
  float speed = state.now[person].speed_mps;
  if (surface.kind != Surface::Kind::floor) {
    const double uphill = static_cast<double>(way.x) * (surface.high.x_m - surface.low.x_m) +
                          static_cast<double>(way.y) * (surface.high.y_m - surface.low.y_m);
    const bool up = (uphill > 0) == (surface.rise_m > 0);
    if (surface.kind == Surface::Kind::stairs) {
      // Along the slope; the step is in plan.
      speed = (up ? state.given[person].stairs_up_mps : state.given[person].stairs_down_mps) *
              slope_share[on];
    } else if (up) {
      const double length_m = distance_m(surface.low, surface.high);
      speed *= static_cast<float>(share_on_ramp(std::fabs(surface.rise_m) / length_m));
    }
  }
  speed *= smoke_share[on] * state.now[person].pace;
  if (!water_share.empty()) speed *= water_share[cell_of(row)];
  return speed;
}

void CrowdSimulation::Impl::use_smoke() {
  smoke_share.assign(ground.building().surfaces.size(), 1.0F);
  for (const Smoke& smoke : options.smoke) {
    if (!smoke.lasts.at(now_s())) continue;
    float& share = smoke_share[smoke.surface];
    share = std::min(share, static_cast<float>(share_in_smoke(smoke.extinction_per_m)));
  }
}

}  // namespace kontwin::crowd
