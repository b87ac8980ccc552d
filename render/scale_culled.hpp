#pragma once

#include <osg/Group>

#include <algorithm>
#include <vector>

namespace kontwin {

/// The scale of the view that is being drawn.
struct ViewScale {
  double metres_a_pixel = 0.001;  ///< a nominal pixel, at 1 m from the eye
};

/// How large a pixel is at the nearest point of a node's bound, metres; 0 inside the bound.
inline double nearest_scale(const osg::Node& node, osg::Vec3 eye, const ViewScale& scale) {
  const osg::BoundingSphere& bound = node.getBound();
  const double nearest_m =
      static_cast<double>((eye - bound.center()).length()) - static_cast<double>(bound.radius());
  return std::max(0.0, nearest_m) * scale.metres_a_pixel;
}

/// Leaves its children out where a pixel is larger than a limit at the nearest of them: detail that
/// its shader would fade out need not be sent at all.
class ScaleCulled final : public osg::Group {
 public:
  /// `scale` must outlive the node.
  ScaleCulled(const ViewScale& scale, double hidden_above_m_px)
      : scale_(scale), hidden_above_m_px_(hidden_above_m_px) {}

  void traverse(osg::NodeVisitor& visitor) override {
    if (visitor.getVisitorType() == osg::NodeVisitor::CULL_VISITOR &&
        nearest_scale(*this, visitor.getEyePoint(), scale_) > hidden_above_m_px_) {
      return;
    }
    osg::Group::traverse(visitor);
  }

 private:
  const ViewScale& scale_;
  double hidden_above_m_px_;
};

/// Draws one of its children, the coarser the larger a pixel is at the nearest of them.
class ScaleSwitch final : public osg::Group {
 public:
  /// `scale` must outlive the node.
  explicit ScaleSwitch(const ViewScale& scale) : scale_(scale) {}

  /// Children come from the finest to the coarsest; each is drawn from its scale on.
  void add(double from_m_px, osg::Node* child) {
    from_m_px_.push_back(from_m_px);
    addChild(child);
  }

  void traverse(osg::NodeVisitor& visitor) override {
    if (visitor.getVisitorType() != osg::NodeVisitor::CULL_VISITOR) {
      return osg::Group::traverse(visitor);
    }
    const double scale = nearest_scale(*this, visitor.getEyePoint(), scale_);
    for (auto child = static_cast<unsigned>(from_m_px_.size()); child-- > 0;) {
      if (scale < from_m_px_[child] && child > 0) continue;
      return getChild(child)->accept(visitor);
    }
  }

 private:
  const ViewScale& scale_;
  std::vector<double> from_m_px_;
};

}  // namespace kontwin
