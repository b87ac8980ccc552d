#include "scenarios/evacuation/crowd/way_book.hpp"

#include "scenarios/evacuation/crowd/ground_grid.hpp"

namespace kontwin::crowd {

namespace {

constexpr double foot_radius_m = 0.05, wheels_radius_m = 0.35;
/// Cells nearer to a wall than this are closed to wheels: half of 0.7 m, less what the centre of a
/// cell may lie beside the middle of a passage.
constexpr float least_clearance_m = 0.29F;

std::vector<float> factors_for_wheels(const Ground& ground, std::span<const float> water) {
  const GroundGrid& grid = ground.grid();
  std::vector<float> factors(grid.cells(), 1.0F);
  if (!water.empty()) factors.assign(water.begin(), water.end());
  for (std::size_t cell = 0; cell < factors.size(); ++cell) {
    if (grid.clearance_m[cell] < least_clearance_m) factors[cell] = 0;
  }
  const auto& surfaces = ground.building().surfaces;
  for (std::size_t i = 0; i < surfaces.size(); ++i) {
    if (surfaces[i].kind != Surface::Kind::stairs) continue;
    const WayField::Sheet& sheet = grid.sheets[i];
    const std::size_t cells = static_cast<std::size_t>(sheet.columns) * sheet.rows;
    std::fill_n(factors.begin() + sheet.begin, cells, 0.0F);
  }
  return factors;
}

}  // namespace

void WayBook::renew(const Ground& ground, std::span<const float> water, ComputeArena& arena) {
  std::vector<float> for_wheels;
  if (wheels_) for_wheels = factors_for_wheels(ground, water);
  fields_.resize(goals_.size() * (wheels_ ? 2 : 1));
  arena.for_each_part(fields_.size(), [&](std::size_t part) {
    const bool on_foot = part < goals_.size();
    fields_[part] =
        way_to(ground, goals_[part % goals_.size()], on_foot ? foot_radius_m : wheels_radius_m,
               on_foot ? water : std::span<const float>(for_wheels));
  });
}

}  // namespace kontwin::crowd
