#pragma once

#include <osg/Matrixd>
#include <osg/Vec2>
#include <osg/Vec3d>

#include <optional>

#include "render/camera.hpp"

namespace kontwin {

/// A camera with the picture it makes.
struct View {
  osg::Matrixd view;  ///< from the drawn space
  osg::Matrixd projection;
  osg::Vec3d eye;  ///< in the drawn space
  int width_px = 0;
  int height_px = 0;
  double unit_px = 1;  ///< pixels a nominal pixel of a picture 720 pixels high
  double exaggeration = 1;
  double focus_m = 10'000;
  double heading_deg = 0;
  double metres_a_pixel = 0.001;  ///< at 1 m from the eye

  friend bool operator==(const View&, const View&) = default;

  /// Where a place of the drawn space falls, pixels from the lower left; nothing outside.
  std::optional<osg::Vec2> pixel_of(osg::Vec3d place) const;
  /// Metres a nominal pixel at a place of the drawn space.
  double scale_at(osg::Vec3d place) const;
};

/// The view of a camera; near and far planes from its height over the ground.
View view_of(const World& world, const Camera& camera, int width_px, int height_px, double unit_px);

/// The same from the matrices of an interactive camera.
View view_of(const osg::Matrixd& view, const osg::Matrixd& projection, int width_px, int height_px,
             double unit_px, double exaggeration, double focus_m);

}  // namespace kontwin
