#pragma once

#include <osg/Group>

namespace kontwin {

/// The scale of the view that is being drawn.
struct ViewScale {
  double metres_a_pixel = 0.001;  ///< a nominal pixel, at 1 m from the eye
};

/// Leaves its children out where a pixel is larger than a limit at the nearest of them: detail that
/// its shader would fade out need not be sent at all.
class ScaleCulled final : public osg::Group {
 public:
  /// `scale` must outlive the node.
  ScaleCulled(const ViewScale& scale, double hidden_above_m_px)
      : scale_(scale), hidden_above_m_px_(hidden_above_m_px) {}

  void traverse(osg::NodeVisitor& visitor) override {
    if (visitor.getVisitorType() == osg::NodeVisitor::CULL_VISITOR) {
      const osg::BoundingSphere& bound = getBound();
      const double nearest_m =
          static_cast<double>((visitor.getEyePoint() - bound.center()).length()) -
          static_cast<double>(bound.radius());
      if (nearest_m * scale_.metres_a_pixel > hidden_above_m_px_) return;
    }
    osg::Group::traverse(visitor);
  }

 private:
  const ViewScale& scale_;
  double hidden_above_m_px_;
};

}  // namespace kontwin
