#pragma once

#include <osg/Geometry>

#include "render/palette.hpp"
#include "twin/geometry.hpp"

namespace kontwin {

/// Boxes and houses gathered in one geometry, lit by the sun of the ground's shading. Each vertex
/// carries the height of its foot, so that an exaggerated scene does not make towers of houses.
class SolidSet {
 public:
  SolidSet();

  /// Where a solid stands: its middle, the height of its foot, and the direction of its length.
  struct Stand {
    LocalPoint place;
    double foot_m = 0;
    double angle_rad = 0;  ///< of its length, from the east to the north
  };

  /// A box without a floor.
  void box(const Stand& stand, double length_m, double width_m, double height_m, Colour wall,
           Colour top);
  /// A house with a gabled roof along its length; `height_m` to the eaves.
  void house(const Stand& stand, double length_m, double width_m, double height_m, Colour wall,
             Colour roof);
  /// A flat cross `above_m` over the foot (a roof), arms of `size_m` from end to end.
  void cross(const Stand& stand, double above_m, double size_m, Colour colour);

  bool empty() const { return points_->empty(); }
  std::size_t triangles() const { return index_->size() / 3; }
  osg::Geometry* geometry() { return geometry_.get(); }

 private:
  void face(double foot_m, std::initializer_list<osg::Vec3> corners, Colour colour);

  osg::ref_ptr<osg::Vec3Array> points_;
  osg::ref_ptr<osg::Geometry> geometry_;
  osg::ref_ptr<osg::Vec2Array> feet_;
  osg::ref_ptr<osg::Vec4ubArray> colours_;
  osg::ref_ptr<osg::DrawElementsUInt> index_;
};

}  // namespace kontwin
