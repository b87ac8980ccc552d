#include "render/mover_node.hpp"

#include <cmath>
#include <map>
#include <vector>

#include "render/dot_set.hpp"
#include "render/palette.hpp"
#include "render/shaders.hpp"
#include "render/solid.hpp"

namespace kontwin {

namespace {

constexpr double square_m = 500;
constexpr double region_m = 6'000;
constexpr float boxes_within_m = 900;

/// Length, width and height of a mover, metres.
osg::Vec3 size_of(Mover::Kind kind) {
  switch (kind) {
    case Mover::Kind::car:
      return {4.5F, 1.8F, 1.5F};
    case Mover::Kind::motorbike:
      return {1.9F, 0.7F, 1.5F};
    case Mover::Kind::bus:
      return {11, 2.5F, 3.2F};
    case Mover::Kind::lorry:
      return {8.5F, 2.5F, 3.2F};
    case Mover::Kind::pedestrian:
      return {0.5F, 0.5F, 1.7F};
    case Mover::Kind::boat:
      return {6, 2, 1.2F};
    case Mover::Kind::ambulance:
      return {5.8F, 2.1F, 2.6F};
    case Mover::Kind::boulder:
      return {2.2F, 2, 1.8F};
  }
  return {4, 2, 1.5F};
}

bool matters(const Mover& mover) {
  return mover.evacuating != 0 || mover.kind == Mover::Kind::ambulance ||
         mover.kind == Mover::Kind::boat || mover.kind == Mover::Kind::boulder;
}

/// A mover with its place on the ground.
struct Placed {
  Mover mover;
  osg::Vec3 place;
};

osg::ref_ptr<osg::Geometry> boxes(std::span<const Placed> movers, const SegmentIndex& roads) {
  SolidSet solids;
  for (const auto& [mover, ground] : movers) {
    const LocalPoint place{mover.x_m, mover.y_m};
    SolidSet::Stand stand{place, static_cast<double>(ground.z()) + 0.4, 0};
    if (const auto near = roads.nearest(place, 60)) {
      const RoadSegment& road = *near->segment;
      stand.angle_rad = std::atan2(road.to.y_m - road.from.y_m, road.to.x_m - road.from.x_m);
    }
    const osg::Vec3 size = size_of(mover.kind);
    const Colour colour = colour_of(mover);
    solids.box(stand, size.x(), size.y(), size.z(), colour, colour);
  }
  osg::StateSet* const state = solids.geometry()->getOrCreateStateSet();
  state->setAttributeAndModes(program_of(Shading::solid));
  state->setRenderBinDetails(1, "RenderBin");
  return solids.geometry();
}

/// Adds dots of the movers that matter, or of the others, as a child that is left out where none of
/// them would be seen.
void add_dots(osg::Group& group, std::span<const Placed> movers, bool that_matter,
              const ViewScale& scale) {
  const float hidden_above_m_px = that_matter ? 450.0F : 40.0F;
  DotSet set;
  for (const auto& [mover, place] : movers) {
    if (matters(mover) != that_matter) continue;
    set.add(place + osg::Vec3(0, 0, 1), {.colour = colour_of(mover),
                                         .size_m = size_of(mover.kind).x(),
                                         .least_px = that_matter ? 5.0F : 3.4F,
                                         .hidden_above_m_px = hidden_above_m_px});
  }
  if (set.empty()) return;
  osg::ref_ptr<ScaleCulled> dots = new ScaleCulled(scale, double{hidden_above_m_px});
  // Those that matter lie over the others.
  dots->addChild(set.geometry(that_matter ? 41 : 40));
  group.addChild(dots);
}

osg::BoundingSphere sphere_of(std::span<const Placed> movers) {
  osg::BoundingBox box;
  for (const Placed& one : movers) box.expandBy(one.place);
  return osg::BoundingSphere(box);
}

/// The movers of a square: boxes where the eye is near, dots where it is not, each made when it is
/// first seen.
class Square final : public osg::Group {
 public:
  Square(std::vector<Placed> movers, const SegmentIndex& roads, const ViewScale& scale)
      : movers_(std::move(movers)), roads_(roads), scale_(scale) {}

  osg::BoundingSphere computeBound() const override { return sphere_of(movers_); }

  void traverse(osg::NodeVisitor& visitor) override {
    if (visitor.getVisitorType() != osg::NodeVisitor::CULL_VISITOR) return;
    if ((visitor.getEyePoint() - getBound().center()).length() < boxes_within_m) {
      if (!boxes_) boxes_ = boxes(movers_, roads_);
      return boxes_->accept(visitor);
    }
    if (!dots_) {
      dots_ = new osg::Group;
      for (const bool that_matter : {false, true}) add_dots(*dots_, movers_, that_matter, scale_);
    }
    dots_->accept(visitor);
  }

 private:
  std::vector<Placed> movers_;
  const SegmentIndex& roads_;
  const ViewScale& scale_;
  osg::ref_ptr<osg::Geometry> boxes_;
  osg::ref_ptr<osg::Group> dots_;
};

/// Many squares, which are one set of dots while all of them are far away.
class Region final : public osg::Group {
 public:
  Region(const std::vector<std::vector<Placed>>& squares, const SegmentIndex& roads,
         const ViewScale& scale)
      : far_(new osg::Group) {
    std::vector<Placed> all;
    for (const auto& square : squares) {
      near_.emplace_back(new Square(square, roads, scale));
      all.insert(all.end(), square.begin(), square.end());
    }
    sphere_ = sphere_of(all);
    for (const bool that_matter : {false, true}) add_dots(*far_, all, that_matter, scale);
  }

  osg::BoundingSphere computeBound() const override { return sphere_; }

  void traverse(osg::NodeVisitor& visitor) override {
    if (visitor.getVisitorType() != osg::NodeVisitor::CULL_VISITOR) return;
    const float away_m = (visitor.getEyePoint() - sphere_.center()).length() - sphere_.radius();
    if (away_m > boxes_within_m) return far_->accept(visitor);
    for (const auto& square : near_) square->accept(visitor);
  }

 private:
  osg::BoundingSphere sphere_;
  osg::ref_ptr<osg::Group> far_;
  std::vector<osg::ref_ptr<Square>> near_;
};

using Cell = std::pair<std::int64_t, std::int64_t>;

Cell cell_of(double x_m, double y_m, double side_m) {
  return {static_cast<std::int64_t>(std::floor(x_m / side_m)),
          static_cast<std::int64_t>(std::floor(y_m / side_m))};
}

}  // namespace

osg::ref_ptr<osg::Group> make_movers(std::span<const Mover> movers, const Relief& relief,
                                     const SegmentIndex& roads, const ViewScale& scale) {
  std::map<Cell, std::map<Cell, std::vector<Placed>>> regions;
  for (const Mover& mover : movers) {
    const float ground_m = relief.height_m({mover.x_m, mover.y_m}, 20);
    regions[cell_of(mover.x_m, mover.y_m, region_m)][cell_of(mover.x_m, mover.y_m, square_m)]
        .push_back({mover, {mover.x_m, mover.y_m, ground_m}});
  }
  osg::ref_ptr<osg::Group> group = new osg::Group;
  group->setName("movers");
  for (auto& [cell, inside] : regions) {
    std::vector<std::vector<Placed>> squares;
    for (auto& [square, some] : inside) squares.push_back(std::move(some));
    group->addChild(new Region(squares, roads, scale));
  }
  return group;
}

}  // namespace kontwin
