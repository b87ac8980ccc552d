#include "render/building_node.hpp"

#include <osgUtil/CullVisitor>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "render/building.hpp"
#include "render/shaders.hpp"
#include "render/solid.hpp"

namespace kontwin {

namespace {

constexpr double square_m = 800;
constexpr double finest_m = 20;

const std::array<Colour, 4> walls{{{0.93F, 0.89F, 0.80F, 1},
                                   {0.90F, 0.90F, 0.88F, 1},
                                   {0.86F, 0.80F, 0.66F, 1},
                                   {0.80F, 0.86F, 0.86F, 1}}};
const std::array<Colour, 4> roofs{{{0.69F, 0.33F, 0.24F, 1},
                                   {0.58F, 0.63F, 0.68F, 1},
                                   {0.36F, 0.49F, 0.62F, 1},
                                   {0.74F, 0.44F, 0.31F, 1}}};

/// A building people look for.
struct Landmark {
  Kind kind;
  double length_m, width_m, height_m;
  Colour wall, roof;
};

const std::array<Landmark, 7> landmarks{{
    {Kind::hospital, 60, 34, 16, {0.97F, 0.97F, 0.97F, 1}, {0.93F, 0.93F, 0.94F, 1}},
    {Kind::health_station, 22, 12, 5, {0.97F, 0.97F, 0.97F, 1}, {0.93F, 0.93F, 0.94F, 1}},
    {Kind::shelter, 34, 22, 8, {0.86F, 0.93F, 0.84F, 1}, {0.18F, 0.55F, 0.28F, 1}},
    {Kind::school, 42, 14, 8, {0.96F, 0.87F, 0.58F, 1}, {0.72F, 0.36F, 0.24F, 1}},
    {Kind::lodging, 18, 12, 8, {0.93F, 0.88F, 0.93F, 1}, {0.49F, 0.34F, 0.56F, 1}},
    {Kind::office, 30, 16, 10, {0.95F, 0.90F, 0.74F, 1}, {0.66F, 0.27F, 0.22F, 1}},
    {Kind::power_facility, 30, 20, 7, {0.75F, 0.76F, 0.78F, 1}, {0.52F, 0.54F, 0.58F, 1}},
}};

/// Everything that stands in one square of the map.
struct Content {
  std::vector<std::uint32_t> residences;
  std::vector<std::pair<const Landmark*, std::uint32_t>> landmarks;
};

struct Shared {
  const World& world;
  const Relief& relief;
  const SegmentIndex& roads;
  const BuildingDetail& detail;
};

class Square final : public osg::Group {
 public:
  Square(Shared shared, Content content, LocalPoint corner)
      : shared_(shared), content_(std::move(content)), corner_(corner) {
    ground_m_ = shared.relief.height_m(middle(), square_m / 8);
  }

  osg::BoundingSphere computeBound() const override {
    const LocalPoint at = middle();
    return {osg::Vec3(float(at.x_m), float(at.y_m), ground_m_), float(square_m)};
  }

  void traverse(osg::NodeVisitor& visitor) override {
    if (visitor.getVisitorType() == osg::NodeVisitor::CULL_VISITOR) {
      const osg::Vec3 eye = visitor.getEyePoint();
      const double away_m = std::hypot(eye.x() - middle().x_m, eye.y() - middle().y_m,
                                       double(eye.z()) - double(ground_m_));
      if (away_m > shared_.detail.range_m) return;
      build();
    }
    if (made_) made_->accept(visitor);
  }

 private:
  LocalPoint middle() const { return {corner_.x_m + square_m / 2, corner_.y_m + square_m / 2}; }

  void build() {
    if (made_) return;
    SolidSet solids;
    const auto foot = [&](LocalPoint place) {
      return static_cast<double>(shared_.relief.height_m(place, finest_m));
    };
    for (const House& house :
         houses_of(shared_.world, shared_.roads, content_.residences, shared_.detail.most_each)) {
      if (shared_.relief.cover(house.place, finest_m).water > 0.15F) continue;
      const SolidSet::Stand stand{house.place, foot(house.place), house.angle_rad};
      const Colour wall = walls[house.look % 4];
      const Colour roof = roofs[house.look / 2 % 4];
      if (house.height_m > 8) {
        solids.box(stand, house.length_m, house.width_m, house.height_m, wall, roofs[1]);
      } else {
        solids.house(stand, house.length_m, house.width_m, house.height_m, wall, roof);
      }
    }
    for (const auto& [landmark, row] : content_.landmarks) {
      add_landmark(solids, *landmark, shared_.world.place({landmark->kind, row}));
    }
    made_ = solids.geometry();
  }

  void add_landmark(SolidSet& solids, const Landmark& landmark, LocalPoint place) const {
    SolidSet::Stand stand{place, 0, 0};
    // Entities often lie on the junction that leads to them: the building stands beside the road.
    if (const auto near = shared_.roads.nearest(place, 120)) {
      const RoadSegment& road = *near->segment;
      const double dx = road.to.x_m - road.from.x_m;
      const double dy = road.to.y_m - road.from.y_m;
      stand.angle_rad = std::atan2(dy, dx);
      const double length = std::max(1e-6, std::hypot(dx, dy));
      const double needed_m = road.half_width_m + landmark.width_m / 2 + 4;
      if (near->distance_m < needed_m) {
        stand.place = {near->foot.x_m - dy / length * needed_m,
                       near->foot.y_m + dx / length * needed_m};
      }
    }
    stand.foot_m = static_cast<double>(shared_.relief.height_m(stand.place, finest_m));
    if (landmark.kind == Kind::hospital || landmark.kind == Kind::health_station) {
      solids.box(stand, landmark.length_m, landmark.width_m, landmark.height_m, landmark.wall,
                 landmark.roof);
      solids.cross(stand, landmark.height_m, landmark.width_m * 0.8, {0.84F, 0.05F, 0.12F, 1});
    } else {
      solids.house(stand, landmark.length_m, landmark.width_m, landmark.height_m, landmark.wall,
                   landmark.roof);
    }
  }

  Shared shared_;
  Content content_;
  LocalPoint corner_;
  float ground_m_ = 0;
  osg::ref_ptr<osg::Geometry> made_;
};

}  // namespace

osg::ref_ptr<osg::Group> make_buildings(const World& world, const Relief& relief,
                                        const SegmentIndex& roads, const BuildingDetail& detail) {
  std::map<std::pair<std::int64_t, std::int64_t>, Content> squares;
  const auto square_of = [&](LocalPoint place) -> Content& {
    return squares[{static_cast<std::int64_t>(std::floor(place.x_m / square_m)),
                    static_cast<std::int64_t>(std::floor(place.y_m / square_m))}];
  };
  const EntityTable& residences = world.entities(Kind::residence);
  for (std::uint32_t row = 0; row < residences.size(); ++row) {
    square_of(residences.place[row]).residences.push_back(row);
  }
  for (const Landmark& landmark : landmarks) {
    const EntityTable& table = world.entities(landmark.kind);
    for (std::uint32_t row = 0; row < table.size(); ++row) {
      square_of(table.place[row]).landmarks.emplace_back(&landmark, row);
    }
  }
  osg::ref_ptr<osg::Group> group = new osg::Group;
  group->setName("buildings");
  for (auto& [key, content] : squares) {
    group->addChild(new Square(
        {world, relief, roads, detail}, std::move(content),
        {static_cast<double>(key.first) * square_m, static_cast<double>(key.second) * square_m}));
  }
  osg::StateSet* const state = group->getOrCreateStateSet();
  state->setAttributeAndModes(program_of(Shading::solid));
  state->setRenderBinDetails(1, "RenderBin");
  return group;
}

}  // namespace kontwin
