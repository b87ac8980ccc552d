#pragma once

#include <osg/Vec3>

#include <array>
#include <memory>

#include "render/relief.hpp"
#include "twin/grid_turn.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// What the ground looks like from above: land cover (read from Manning's n) tinted by height and
/// slope, shaded by the sun, paler outside the province.
class GroundColour {
 public:
  /// The sun keeps to the plane that the world's axes are turned on.
  GroundColour(const World& world, const Relief& relief, const GridTurn& turn = {});

  /// The lit colour at a point with this height and slope (dz/dx, dz/dy), at a sample spacing.
  osg::Vec3f at(LocalPoint point, float height_m, float slope_x, float slope_y,
                double spacing_m) const;

 private:
  float inside_province(LocalPoint point) const;

  struct Lamp {
    osg::Vec3f to;  ///< unit vector
    float share;    ///< of all light
  };

  const Relief& relief_;
  std::array<Lamp, 3> lamps_;
  Raster<float> inside_;  ///< 1 inside the province's outline; empty without an outline
};

/// Smooth noise of a place, -1 to 1, with features of about `size_m`; the same on every machine.
float noise(LocalPoint point, double size_m, std::uint32_t seed);

}  // namespace kontwin
