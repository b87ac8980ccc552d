#include "render/mover_node.hpp"

#include <osg/LOD>

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

osg::ref_ptr<osg::Geometry> dots(std::span<const Mover> movers, const Relief& relief) {
  DotSet set;
  // Those that matter last: they lie over the others.
  for (const bool pass : {false, true}) {
    for (const Mover& mover : movers) {
      if (matters(mover) != pass) continue;
      set.add({mover.x_m, mover.y_m, relief.height_m({mover.x_m, mover.y_m}, 20) + 1},
              {.colour = colour_of(mover),
               .size_m = size_of(mover.kind).x(),
               .least_px = pass ? 5.0F : 3.4F,
               .hidden_above_m_px = pass ? 450.0F : 40.0F});
    }
  }
  return set.geometry(40);
}

osg::ref_ptr<osg::Geometry> boxes(std::span<const Mover> movers, const Relief& relief,
                                  const SegmentIndex& roads) {
  SolidSet solids;
  for (const Mover& mover : movers) {
    const LocalPoint place{mover.x_m, mover.y_m};
    SolidSet::Stand stand{place, relief.height_m(place, 20) + 0.4, 0};
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

}  // namespace

osg::ref_ptr<osg::Group> make_movers(std::span<const Mover> movers, const Relief& relief,
                                     const SegmentIndex& roads) {
  std::map<std::pair<std::int64_t, std::int64_t>, std::vector<Mover>> squares;
  for (const Mover& mover : movers) {
    squares[{static_cast<std::int64_t>(std::floor(mover.x_m / square_m)),
             static_cast<std::int64_t>(std::floor(mover.y_m / square_m))}]
        .push_back(mover);
  }
  osg::ref_ptr<osg::Group> group = new osg::Group;
  group->setName("movers");
  for (const auto& [key, inside] : squares) {
    osg::ref_ptr<osg::LOD> lod = new osg::LOD;
    lod->addChild(boxes(inside, relief, roads), 0, boxes_within_m);
    lod->addChild(dots(inside, relief), boxes_within_m, 1e9F);
    group->addChild(lod);
  }
  return group;
}

}  // namespace kontwin
