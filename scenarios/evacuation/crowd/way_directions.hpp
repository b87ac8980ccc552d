#pragma once

#include <span>
#include <vector>

#include "scenarios/evacuation/crowd/ground.hpp"

namespace kontwin::crowd {

/// Sets the directions of a field whose distances are known. They follow the smoothed distances
/// where that shortens the way and no wall is nearer than `near_m`, else the way itself: so every
/// step leads nearer to the goal.
void set_directions(WayField& field, const std::vector<float>& smoothed,
                    std::span<const float> clearance_m, float near_m);

/// The direction along the distances as they are, of one cell.
WayField::Direction straight_direction(const WayField& field, std::size_t cell);

/// The directions along the distances as they are.
void set_straight_directions(WayField& field);

}  // namespace kontwin::crowd
