#include "render/road_node.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "render/shaders.hpp"
#include "twin/state_table.hpp"

namespace kontwin {

namespace {

/// The side of the squares that roads of a class are culled by: those of minor ones are small, for
/// they are many where there are some.
double bucket_m(RoadClass road_class) { return road_class < RoadClass::street ? 12'000 : 2'500; }

using Bucket = std::pair<std::int64_t, std::int64_t>;

Bucket bucket_of(LocalPoint place, double side_m) {
  return {static_cast<std::int64_t>(std::floor(place.x_m / side_m)),
          static_cast<std::int64_t>(std::floor(place.y_m / side_m))};
}

/// How a class of road is drawn: half its least width in pixels, and the scale above which it goes.
struct ClassStyle {
  float least_half_px;
  float hidden_above_m_px;
};

ClassStyle style_of_class(RoadClass road_class) {
  switch (road_class) {
    case RoadClass::national:
      return {1.45F, 1e9F};
    case RoadClass::provincial:
      return {1.0F, 700};
    case RoadClass::district:
      return {0.75F, 190};
    case RoadClass::commune:
      return {0.6F, 110};
    case RoadClass::street:
      return {0.75F, 26};
    case RoadClass::residential:
      return {0.5F, 9};
    case RoadClass::track:
      return {0.4F, 14};
  }
  return {0.5F, 20};
}

RoadClass class_of(const World& world, std::uint32_t road) {
  const double code = world.entities(Kind::road).attribute(road_attribute::road_class, road);
  if (!(code >= 0 && code <= 6)) return RoadClass::street;
  return static_cast<RoadClass>(static_cast<int>(code));
}

bool unusable(RoadLook look) { return look == RoadLook::closed || look == RoadLook::debris; }

}  // namespace

RoadNode::RoadNode(const World& world, const Relief& relief, const ViewScale& scale,
                   bool street_rims)
    : world_(world),
      scale_(scale),
      group_(new osg::Group),
      affected_casing_(new osg::Group),
      affected_(new osg::Group),
      affected_dashed_(new osg::Group) {
  group_->setName("roads");
  const EntityTable& roads = world.entities(Kind::road);
  lines_.reserve(roads.size());
  for (std::uint32_t road = 0; road < roads.size(); ++road) {
    const auto shape = world.roads().shape_of(road);
    const LocalBox around{shape.front().x_m, shape.front().y_m, shape.front().x_m + 1,
                          shape.front().y_m + 1};
    const double cell_m = relief.finest_cell_m(around);
    double width_m = roads.attribute(road_attribute::width_m, road);
    if (!(width_m > 0)) width_m = 5;
    // The width is that of the whole road: where it has two directions, each gets its own half.
    const auto half_m = static_cast<float>(width_m / 2);
    auto line = drape(relief, shape, half_m, std::max(15.0, cell_m), 2.5);
    const double deck_m = roads.attribute(road_attribute::deck_height_m, road);
    if (deck_m > 0) {
      for (RibbonPoint& point : line) point.height_m += static_cast<float>(deck_m);
    }
    if (roads.attribute(road_attribute::bridge, road) == 1 && line.size() > 1) {
      const RibbonPoint from = line.front();
      RibbonPoint to = line.back();
      line = {from, to};
    }
    lines_.push_back(levels_of(std::move(line)));
  }
  add_plain(street_rims);
  set_ribbon_state(affected_casing_->getOrCreateStateSet(), 30, true, 1.1F);
  set_ribbon_state(affected_->getOrCreateStateSet(), 31, false, 0);
  set_ribbon_state(affected_dashed_->getOrCreateStateSet(), 31, false, 0);
  affected_dashed_->getStateSet()->setAttributeAndModes(program_of(Shading::dashed));
  for (const auto& group : {affected_casing_, affected_, affected_dashed_}) {
    group_->addChild(group);
  }
}

RibbonStyle RoadNode::style_of(std::uint32_t road) const {
  const ClassStyle style = style_of_class(class_of(world_, road));
  return {.colour = legend_of(RoadLook::free).colour,
          .least_half_px = style.least_half_px,
          .hidden_above_m_px = style.hidden_above_m_px,
          .right_half = world_.roads().opposite[road] != no_row};
}

void RoadNode::add_plain(bool street_rims) {
  // Minor roads first, so that the main ones run over them.
  std::map<std::pair<int, Bucket>, RibbonLevels> buckets;
  for (std::uint32_t road = 0; road < lines_.size(); ++road) {
    const auto& line = lines_[road].front();
    if (line.empty()) continue;
    // Both directions are one ribbon.
    const std::uint32_t opposite = world_.roads().opposite[road];
    if (opposite != no_row && opposite < road) continue;
    RibbonStyle style = style_of(road);
    style.right_half = false;
    const RoadClass road_class = class_of(world_, road);
    const Bucket bucket = bucket_of(line.front().place, bucket_m(road_class));
    buckets[{-static_cast<int>(road_class), bucket}].add(lines_[road], style);
  }
  constexpr int first_bin = 12;
  osg::ref_ptr<osg::Group> casing = new osg::Group;
  set_ribbon_state(casing->getOrCreateStateSet(), first_bin - 1, true, 0.75F);
  std::map<int, osg::ref_ptr<osg::Group>> classes;
  for (auto& [key, ribbons] : buckets) {
    const auto road_class = static_cast<RoadClass>(-key.first);
    osg::ref_ptr<ScaleCulled> bucket =
        new ScaleCulled(scale_, double{style_of_class(road_class).hidden_above_m_px});
    bucket->addChild(ribbons.node(scale_));
    if (street_rims || road_class < RoadClass::street) casing->addChild(bucket);
    auto& group = classes[key.first];
    if (!group) {
      group = new osg::Group;
      const int rank = static_cast<int>(RoadClass::track) + key.first;
      set_ribbon_state(group->getOrCreateStateSet(), first_bin + rank, false, 0);
    }
    group->addChild(bucket);
  }
  group_->addChild(casing);
  for (const auto& [rank, group] : classes) group_->addChild(group);
}

void RoadNode::show_classes(const StateTable& state, Colouring colouring) {
  std::map<std::pair<int, Bucket>, RibbonLevels> buckets;
  for (std::uint32_t road = 0; road < lines_.size(); ++road) {
    const auto& line = lines_[road].front();
    const int number = class_of_road(state, road, colouring);
    if (line.empty() || number < 1) continue;
    // Water and shaking are the same on both directions of a road.
    const std::uint32_t opposite = world_.roads().opposite[road];
    if (opposite != no_row && opposite < road) continue;
    RibbonStyle style = style_of(road);
    style.right_half = false;
    style.colour = colour_of_class(colouring, number);
    style.colour.alpha = 1;
    style.least_half_px = std::max(style.least_half_px * 1.3F, 1.3F);
    style.hidden_above_m_px *= 3;
    const Bucket bucket = bucket_of(line.front().place, bucket_m(class_of(world_, road)));
    buckets[{number, bucket}].add(lines_[road], style);
  }
  for (auto& [key, ribbons] : buckets) {
    const osg::ref_ptr<osg::Node> node = ribbons.node(scale_);
    affected_casing_->addChild(node);
    affected_->addChild(node);
  }
}

void RoadNode::show(const StateTable* state, Colouring colouring) {
  affected_casing_->removeChildren(0, affected_casing_->getNumChildren());
  affected_->removeChildren(0, affected_->getNumChildren());
  affected_dashed_->removeChildren(0, affected_dashed_->getNumChildren());
  if (state == nullptr) return;
  if (colouring != Colouring::depth) show_classes(*state, colouring);
  if (colouring != Colouring::hazard) show_looks(*state, colouring != Colouring::depth);
}

void RoadNode::show_looks(const StateTable& state, bool unusable_only) {
  const auto free_speed = world_.entities(Kind::road).column(road_attribute::free_speed_mps);
  std::map<std::pair<RoadLook, Bucket>, RibbonLevels> buckets;
  for (std::uint32_t road = 0; road < lines_.size(); ++road) {
    const auto& line = lines_[road].front();
    if (line.empty()) continue;
    const RoadLook look = look_of_road(state, road, free_speed[road]);
    if (look == RoadLook::free || (unusable_only && !unusable(look))) continue;
    RibbonStyle style = style_of(road);
    // Both directions are one ribbon where they look the same.
    const std::uint32_t opposite = world_.roads().opposite[road];
    if (opposite != no_row && look_of_road(state, opposite, free_speed[opposite]) == look) {
      if (opposite < road) continue;
      style.right_half = false;
    }
    style.colour = legend_of(look).colour;
    if (look == RoadLook::flooded || unusable(look)) {
      style.least_half_px = std::max(style.least_half_px * 1.3F, 1.3F);
      style.hidden_above_m_px *= 3;
    }
    const double side_m = bucket_m(class_of(world_, road));
    buckets[{look, bucket_of(line.front().place, side_m)}].add(lines_[road], style);
  }
  for (auto& [key, ribbons] : buckets) {
    const osg::ref_ptr<osg::Node> node = ribbons.node(scale_);
    affected_casing_->addChild(node);
    (unusable(key.first) ? affected_dashed_ : affected_)->addChild(node);
  }
}

osg::ref_ptr<osg::Group> make_rivers(const World& world, const Relief& relief,
                                     const ViewScale& scale) {
  osg::ref_ptr<osg::Group> group = new osg::Group;
  group->setName("rivers");
  for (const River& river : world.rivers()) {
    std::vector<RibbonPoint> line;
    for (std::size_t i = 0; i + 1 < river.line.size(); ++i) {
      const std::array piece{river.line[i], river.line[i + 1]};
      const float half_m = (river.width_m[i] + river.width_m[i + 1]) / 4;
      const auto draped = drape(relief, piece, half_m, 45, 3);
      line.insert(line.end(), draped.begin() + (line.empty() ? 0 : 1), draped.end());
    }
    const float widest_m = *std::max_element(river.width_m.begin(), river.width_m.end());
    const RibbonStyle style{.colour = river_colour(),
                            .least_half_px = widest_m > 90   ? 1.5F
                                             : widest_m > 40 ? 1.1F
                                                             : 0.75F,
                            .hidden_above_m_px = widest_m > 25 ? 1e9F : 160};
    RibbonLevels ribbons;
    ribbons.add(levels_of(std::move(line)), style);
    group->addChild(ribbons.node(scale));
  }
  set_ribbon_state(group->getOrCreateStateSet(), 4, false, 0);
  return group;
}

osg::ref_ptr<osg::Group> make_borders(const World& world, const Relief& relief) {
  osg::ref_ptr<osg::Group> group = new osg::Group;
  group->setName("borders");
  RibbonSet set;
  for (const AdminUnit& unit : world.admin_units()) {
    if (unit.level != AdminLevel::province || unit.outline.size() < 3) continue;
    auto ring = unit.outline;
    ring.push_back(ring.front());
    set.add(drape(relief, ring, 20, 250, 40),
            {.colour = {0.33F, 0.16F, 0.30F, 0.8F}, .least_half_px = 0.9F});
  }
  set_ribbon_state(group->getOrCreateStateSet(), 5, false, 0);
  if (!set.empty()) group->addChild(set.geometry());
  return group;
}

}  // namespace kontwin
