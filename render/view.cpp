#include "render/view.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace kontwin {

namespace {
constexpr double radians = std::numbers::pi / 180;
}

std::optional<osg::Vec2> View::pixel_of(osg::Vec3d place) const {
  const osg::Vec4d clip = osg::Vec4d(place, 1) * view * projection;
  if (clip.w() <= 0) return std::nullopt;
  const double x = clip.x() / clip.w();
  const double y = clip.y() / clip.w();
  if (std::abs(x) > 1 || std::abs(y) > 1) return std::nullopt;
  return osg::Vec2(float((x + 1) / 2 * width_px), float((y + 1) / 2 * height_px));
}

double View::scale_at(osg::Vec3d place) const {
  const osg::Vec3d in_eye = place * view;
  return std::max(1.0, -in_eye.z()) * metres_a_pixel * unit_px;
}

View view_of(const osg::Matrixd& view, const osg::Matrixd& projection, int width_px, int height_px,
             double unit_px, double exaggeration, double focus_m) {
  View result;
  result.view = view;
  result.projection = projection;
  const osg::Matrixd inverse = osg::Matrixd::inverse(view);
  result.eye = inverse.getTrans();
  result.width_px = width_px;
  result.height_px = height_px;
  result.unit_px = unit_px;
  result.exaggeration = exaggeration;
  result.focus_m = focus_m;
  const osg::Vec3d forward = osg::Matrixd::transform3x3(osg::Vec3d(0, 0, -1), inverse);
  result.heading_deg = std::atan2(forward.x(), forward.y()) / radians;
  result.metres_a_pixel = 2 / projection(1, 1) / height_px;
  return result;
}

View view_of(const World& world, const Camera& camera, int width_px, int height_px,
             double unit_px) {
  const double heading = camera.heading_deg * radians;
  const double pitch = camera.pitch_deg * radians;
  const osg::Vec3d eye(camera.eye.x_m, camera.eye.y_m, camera.eye_height_m);
  const osg::Vec3d forward(std::sin(heading) * std::cos(pitch), std::cos(heading) * std::cos(pitch),
                           std::sin(pitch));
  const double above_m =
      camera.eye_height_m - world.terrain().elevation_m(camera.eye) * camera.exaggeration;
  const double near_m = std::clamp(above_m * 0.15, 2.0, 5'000.0);
  const osg::Matrixd view = osg::Matrixd::lookAt(eye, eye + forward, osg::Vec3d(0, 0, 1));
  const osg::Matrixd projection = osg::Matrixd::perspective(
      camera.field_of_view_deg, static_cast<double>(width_px) / height_px, near_m, 600'000);
  return view_of(view, projection, width_px, height_px, unit_px, camera.exaggeration,
                 camera.focus_m);
}

}  // namespace kontwin
