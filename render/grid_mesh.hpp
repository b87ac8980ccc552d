#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace kontwin {

/// A triangle of grid points (row * side + column), against the clock seen from above.
using GridTriangle = std::array<std::uint16_t, 3>;

/// Few triangles for a square grid of heights: right-angled ones, as large as the ground allows, in
/// one closed sheet without gaps (Evans, Kirkpatrick and Townsend 2001, Right-triangulated
/// irregular networks). A grid point is left out only where it, and each point that splitting there
/// would lead to, lies within `tolerance_m` of the edge drawn instead.
/// `height_m`: row by row from the south-west, `side` points a row, side = 2^k + 1, 3 to 129.
std::vector<GridTriangle> triangulate(std::span<const float> height_m, int side, float tolerance_m);

}  // namespace kontwin
