#include "scenarios/evacuation/crowd/pedestrians.hpp"

#include "scenarios/evacuation/crowd/lanes.hpp"

namespace kontwin::crowd {

void Pedestrians::resize(std::size_t count) {
  count_ = count;
  const std::size_t room = count + lanes;
  for (auto* column : {&x_m, &y_m, &z_m, &vx_mps, &vy_mps, &heading_x, &heading_y, &radius_m,
                       &wish_x, &wish_y, &wish_mps}) {
    column->resize(room);
  }
  person.resize(room);
  surface.resize(room);
}

void Pedestrians::copy_row(std::size_t from, Pedestrians& into, std::size_t to) const {
  into.x_m[to] = x_m[from];
  into.y_m[to] = y_m[from];
  into.z_m[to] = z_m[from];
  into.vx_mps[to] = vx_mps[from];
  into.vy_mps[to] = vy_mps[from];
  into.heading_x[to] = heading_x[from];
  into.heading_y[to] = heading_y[from];
  into.radius_m[to] = radius_m[from];
  into.person[to] = person[from];
  into.surface[to] = surface[from];
}

void Pedestrians::keep_only(std::span<const std::uint8_t> keep) {
  std::size_t kept = 0;
  for (std::size_t row = 0; row < count_; ++row) {
    if (keep[row] == 0) continue;
    if (kept != row) copy_row(row, *this, kept);
    ++kept;
  }
  resize(kept);
}

}  // namespace kontwin::crowd
