#include "render/ground_target.hpp"

#include <osgUtil/IntersectionVisitor>
#include <osgUtil/LineSegmentIntersector>

#include <algorithm>

namespace kontwin {

GroundTarget::GroundTarget(const World& world) : world_(world) {
  const auto& heights = world.terrain().grids.front().elevation_m.values;
  const auto [lowest, highest] = std::minmax_element(heights.begin(), heights.end());
  // An inset may lie a little outside the range of the coarse grid.
  lowest_m_ = static_cast<double>(*lowest) - 100;
  highest_m_ = static_cast<double>(*highest) + 100;
  setCullingActive(false);
}

double GroundTarget::above_m(const osg::Vec3d& place) const {
  return place.z() - world_.terrain().elevation_m({place.x(), place.y()}) * exaggeration_;
}

void GroundTarget::set_exaggeration(double exaggeration) {
  exaggeration_ = exaggeration;
  dirtyBound();
}

osg::BoundingSphere GroundTarget::computeBound() const {
  const LocalBox box = world_.terrain().grids.front().elevation_m.shape.box();
  return osg::BoundingSphere(
      osg::BoundingBox(float(box.min_x_m), float(box.min_y_m), float(lowest_m_ * exaggeration_),
                       float(box.max_x_m), float(box.max_y_m), float(highest_m_ * exaggeration_)));
}

void GroundTarget::traverse(osg::NodeVisitor& visitor) {
  auto* const seeker = dynamic_cast<osgUtil::IntersectionVisitor*>(&visitor);
  if (seeker == nullptr) return;
  auto* const ray = dynamic_cast<osgUtil::LineSegmentIntersector*>(seeker->getIntersector());
  if (ray == nullptr) return;
  const auto met = meet(ray->getStart(), ray->getEnd());
  if (!met) return;
  osgUtil::LineSegmentIntersector::Intersection found;
  found.ratio = (*met - ray->getStart()).length() / (ray->getEnd() - ray->getStart()).length();
  found.localIntersectionPoint = *met;
  ray->insertIntersection(found);
}

std::optional<osg::Vec3d> GroundTarget::meet(const osg::Vec3d& start, const osg::Vec3d& end) const {
  const osg::Vec3d way = end - start;
  // Only the part between the lowest and the highest ground can meet it.
  double from = 0;
  double to = 1;
  if (way.z() != 0) {
    const double a = (lowest_m_ * exaggeration_ - start.z()) / way.z();
    const double b = (highest_m_ * exaggeration_ - start.z()) / way.z();
    from = std::max(from, std::min(a, b));
    to = std::min(to, std::max(a, b));
  }
  if (from >= to || above_m(start + way * from) < 0) return std::nullopt;
  constexpr int steps = 400;
  double above = from;
  for (int step = 1; step <= steps; ++step) {
    double below = from + (to - from) * step / steps;
    if (above_m(start + way * below) > 0) {
      above = below;
      continue;
    }
    for (int halving = 0; halving < 30; ++halving) {
      const double half = (above + below) / 2;
      (above_m(start + way * half) > 0 ? above : below) = half;
    }
    return start + way * below;
  }
  return std::nullopt;
}

}  // namespace kontwin
