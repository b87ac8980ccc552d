#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "scenarios/water_field.hpp"
#include "twin/world.hpp"

namespace kontwin::slope {

/// The height of a link's carriageway at a place on its line, above the datum: on a bridge straight
/// between the ground at its ends, else over the ground there; with its deck height.
double deck_m(const World& world, std::uint32_t road, const Raster<float>& ground_m,
              const Foot& foot);

/// Makes ground as high as its deck of the cells that a link lies on; the water over it keeps its
/// level.
void raise_deck(const World& world, std::uint32_t road, WaterWindow& water);

/// Where the way from `a` to `b` first crosses a line, by the order of the line.
std::optional<LocalPoint> crossing(LocalPoint a, LocalPoint b, std::span<const LocalPoint> line);

}  // namespace kontwin::slope
