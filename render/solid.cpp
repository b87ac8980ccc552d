#include "render/solid.hpp"

#include <algorithm>
#include <cmath>

#include "render/mesh.hpp"

namespace kontwin {

namespace {

/// A solid's own axes: x along its length, y along its width.
struct Axes {
  osg::Vec3 origin, along, across;

  explicit Axes(const SolidSet::Stand& stand)
      : origin(float(stand.place.x_m), float(stand.place.y_m), float(stand.foot_m)),
        along(float(std::cos(stand.angle_rad)), float(std::sin(stand.angle_rad)), 0),
        across(-along.y(), along.x(), 0) {}

  osg::Vec3 at(double x_m, double y_m, double z_m) const {
    return origin + along * float(x_m) + across * float(y_m) + osg::Vec3(0, 0, float(z_m));
  }
};

}  // namespace

SolidSet::SolidSet()
    : points_(new osg::Vec3Array),
      geometry_(mesh_of(points_)),
      feet_(new osg::Vec2Array),
      colours_(new osg::Vec4ubArray),
      index_(new osg::DrawElementsUInt(osg::PrimitiveSet::TRIANGLES)) {
  colours_->setNormalize(true);
  geometry_->setTexCoordArray(0, feet_, osg::Array::BIND_PER_VERTEX);
  geometry_->setColorArray(colours_, osg::Array::BIND_PER_VERTEX);
  geometry_->addPrimitiveSet(index_);
}

void SolidSet::face(double foot_m, std::initializer_list<osg::Vec3> corners, Colour colour) {
  const osg::Vec3* const corner = corners.begin();
  osg::Vec3 normal = (corner[1] - corner[0]) ^ (corner[2] - corner[0]);
  normal.normalize();
  static const osg::Vec3 sun = [] {
    osg::Vec3 way(-0.62F, 0.35F, 0.70F);
    way.normalize();
    return way;
  }();
  const float light = 0.62F + 0.42F * std::max(0.0F, normal * sun);
  const auto byte = [light](float part) {
    return static_cast<unsigned char>(std::lround(std::min(1.0F, part * light) * 255));
  };
  const auto first = static_cast<GLuint>(points_->size());
  for (const osg::Vec3& point : corners) {
    points_->push_back(point);
    feet_->push_back({float(foot_m), 0});
    colours_->push_back({byte(colour.red), byte(colour.green), byte(colour.blue), 255});
  }
  for (GLuint i = 2; i < corners.size(); ++i) {
    for (const GLuint vertex : {0U, i - 1, i}) index_->push_back(first + vertex);
  }
}

void SolidSet::box(const Stand& stand, double length_m, double width_m, double height_m,
                   Colour wall, Colour top) {
  const Axes axes(stand);
  const double x = length_m / 2;
  const double y = width_m / 2;
  const double z = height_m;
  // Walls reach below the foot, so that they meet a slope.
  const double below = -2;
  face(stand.foot_m,
       {axes.at(-x, -y, below), axes.at(x, -y, below), axes.at(x, -y, z), axes.at(-x, -y, z)},
       wall);
  face(stand.foot_m,
       {axes.at(x, -y, below), axes.at(x, y, below), axes.at(x, y, z), axes.at(x, -y, z)}, wall);
  face(stand.foot_m,
       {axes.at(x, y, below), axes.at(-x, y, below), axes.at(-x, y, z), axes.at(x, y, z)}, wall);
  face(stand.foot_m,
       {axes.at(-x, y, below), axes.at(-x, -y, below), axes.at(-x, -y, z), axes.at(-x, y, z)},
       wall);
  face(stand.foot_m, {axes.at(-x, -y, z), axes.at(x, -y, z), axes.at(x, y, z), axes.at(-x, y, z)},
       top);
}

void SolidSet::house(const Stand& stand, double length_m, double width_m, double height_m,
                     Colour wall, Colour roof) {
  const Axes axes(stand);
  const double x = length_m / 2;
  const double y = width_m / 2;
  const double z = height_m;
  const double ridge = height_m + width_m * 0.32;
  const double below = -2;
  const double eave = 0.5;
  face(stand.foot_m,
       {axes.at(-x, -y, below), axes.at(x, -y, below), axes.at(x, -y, z), axes.at(-x, -y, z)},
       wall);
  face(stand.foot_m,
       {axes.at(x, y, below), axes.at(-x, y, below), axes.at(-x, y, z), axes.at(x, y, z)}, wall);
  face(stand.foot_m,
       {axes.at(x, -y, below), axes.at(x, y, below), axes.at(x, y, z), axes.at(x, 0, ridge),
        axes.at(x, -y, z)},
       wall);
  face(stand.foot_m,
       {axes.at(-x, y, below), axes.at(-x, -y, below), axes.at(-x, -y, z), axes.at(-x, 0, ridge),
        axes.at(-x, y, z)},
       wall);
  face(stand.foot_m,
       {axes.at(-x - eave, -y - eave, z), axes.at(x + eave, -y - eave, z),
        axes.at(x + eave, 0, ridge + 0.2), axes.at(-x - eave, 0, ridge + 0.2)},
       roof);
  face(stand.foot_m,
       {axes.at(x + eave, y + eave, z), axes.at(-x - eave, y + eave, z),
        axes.at(-x - eave, 0, ridge + 0.2), axes.at(x + eave, 0, ridge + 0.2)},
       roof);
}

void SolidSet::cross(const Stand& stand, double above_m, double size_m, Colour colour) {
  const Axes axes(stand);
  const double arm = size_m / 2;
  const double thick = size_m / 6;
  const double over = above_m + 0.4;
  face(stand.foot_m,
       {axes.at(-arm, -thick, over), axes.at(arm, -thick, over), axes.at(arm, thick, over),
        axes.at(-arm, thick, over)},
       colour);
  face(stand.foot_m,
       {axes.at(-thick, -arm, over), axes.at(thick, -arm, over), axes.at(thick, arm, over),
        axes.at(-thick, arm, over)},
       colour);
}

}  // namespace kontwin
