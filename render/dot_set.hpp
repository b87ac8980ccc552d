#pragma once

#include <osg/Geometry>

#include "render/palette.hpp"

namespace kontwin {

/// How a dot is drawn.
struct DotStyle {
  Colour colour;
  float size_m = 1;                ///< its real size
  float least_px = 4;              ///< never smaller than this, in a picture 720 pixels high
  float hidden_above_m_px = 1e9F;  ///< not drawn where a pixel is larger than this, metres
};

/// Round dots gathered in one geometry, drawn in the order they were added, over what stands on the
/// ground.
class DotSet {
 public:
  DotSet();

  void add(osg::Vec3 place, const DotStyle& style);
  bool empty() const { return points_->empty(); }
  /// The geometry of what was added so far, drawn in `bin`.
  osg::Geometry* geometry(int bin);

 private:
  osg::ref_ptr<osg::Vec3Array> points_;
  osg::ref_ptr<osg::Geometry> geometry_;
  osg::ref_ptr<osg::Vec3Array> measures_;
  osg::ref_ptr<osg::Vec4Array> colours_;
  osg::ref_ptr<osg::DrawArrays> all_;
};

}  // namespace kontwin
