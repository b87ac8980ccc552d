#pragma once

#include <osg/Node>

#include <optional>

#include "twin/world.hpp"

namespace kontwin {

/// What a camera manipulator aims at in place of the scene: a node that is the ground of the world
/// itself. To look for the triangle below the pointer takes longer than to draw a picture.
class GroundTarget final : public osg::Node {
 public:
  /// `world` must outlive it.
  explicit GroundTarget(const World& world);

  /// How far heights are drawn out.
  void set_exaggeration(double exaggeration);

  /// Where the way from `start` to `end` (of the drawn space) first runs into the ground; nothing
  /// when it does not.
  std::optional<osg::Vec3d> meet(const osg::Vec3d& start, const osg::Vec3d& end) const;

  osg::BoundingSphere computeBound() const override;
  /// Answers an osgUtil::LineSegmentIntersector.
  void traverse(osg::NodeVisitor& visitor) override;

 private:
  double above_m(const osg::Vec3d& place) const;

  const World& world_;
  double lowest_m_ = 0;
  double highest_m_ = 0;
  double exaggeration_ = 1;
};

}  // namespace kontwin
