#include "render/ribbon.hpp"

#include <osg/BlendFunc>
#include <osg/Depth>

#include <algorithm>
#include <cmath>

#include "render/mesh.hpp"
#include "render/shaders.hpp"

namespace kontwin {

namespace {

osg::Vec4ub bytes(Colour colour) {
  const auto byte = [](float part) {
    return static_cast<unsigned char>(std::lround(std::clamp(part, 0.0F, 1.0F) * 255));
  };
  return {byte(colour.red), byte(colour.green), byte(colour.blue), byte(colour.alpha)};
}

/// The way to the right of a line at one of its points, longer in a bend so that the width holds.
osg::Vec3 right_of(std::span<const RibbonPoint> line, std::size_t i) {
  const auto direction = [&](std::size_t a, std::size_t b) {
    osg::Vec2 way(float(line[b].place.x_m - line[a].place.x_m),
                  float(line[b].place.y_m - line[a].place.y_m));
    way.normalize();
    return way;
  };
  const osg::Vec2 in = i > 0 ? direction(i - 1, i) : direction(0, 1);
  const osg::Vec2 out = i + 1 < line.size() ? direction(i, i + 1) : in;
  osg::Vec2 mean = in + out;
  if (mean.normalize() < 1e-3F) mean = in;
  const float stretch = 1 / std::max(0.5F, mean * in);
  return osg::Vec3(mean.y(), -mean.x(), 0) * stretch;
}

void drape_between(const Relief& relief, const RibbonPoint& a, const RibbonPoint& b,
                   double spacing_m, double tolerance_m, std::vector<RibbonPoint>& out) {
  const double length = distance_m(a.place, b.place);
  const int steps = static_cast<int>(length / spacing_m);
  double worst_m = tolerance_m;
  RibbonPoint worst;
  for (int step = 1; step < steps; ++step) {
    const double share = static_cast<double>(step) / steps;
    const LocalPoint place{std::lerp(a.place.x_m, b.place.x_m, share),
                           std::lerp(a.place.y_m, b.place.y_m, share)};
    const float ground_m = relief.height_m(place, spacing_m);
    const double off_m = std::abs(ground_m - std::lerp(a.height_m, b.height_m, float(share)));
    if (off_m <= worst_m) continue;
    worst_m = off_m;
    worst = {place, ground_m, a.half_width_m};
  }
  if (worst_m > tolerance_m) {
    drape_between(relief, a, worst, spacing_m, tolerance_m, out);
    drape_between(relief, worst, b, spacing_m, tolerance_m, out);
  } else {
    out.push_back(b);
  }
}

osg::Vec3d vector(const RibbonPoint& point) {
  return {point.place.x_m, point.place.y_m, double(point.height_m)};
}

/// Keeps the point of line[first..last] that is farthest from the straight way, where it is farther
/// than the tolerance, and looks at both halves; the ends are the caller's.
void keep_far_points(std::span<const RibbonPoint> line, std::size_t first, std::size_t last,
                     double tolerance_m, std::vector<char>& kept) {
  const osg::Vec3d from = vector(line[first]);
  osg::Vec3d way = vector(line[last]) - from;
  const double length_m = way.normalize();
  double farthest_m = tolerance_m;
  std::size_t farthest = first;
  for (std::size_t i = first + 1; i < last; ++i) {
    const osg::Vec3d to = vector(line[i]) - from;
    const double along_m = std::clamp(to * way, 0.0, length_m);
    const double away_m = (to - way * along_m).length();
    if (away_m <= farthest_m) continue;
    farthest_m = away_m;
    farthest = i;
  }
  if (farthest == first) return;
  kept[farthest] = 1;
  keep_far_points(line, first, farthest, tolerance_m, kept);
  keep_far_points(line, farthest, last, tolerance_m, kept);
}

}  // namespace

std::vector<RibbonPoint> simplified(std::span<const RibbonPoint> line, double tolerance_m) {
  if (line.size() < 3 || tolerance_m <= 0) return {line.begin(), line.end()};
  std::vector<char> kept(line.size(), 0);
  kept.front() = kept.back() = 1;
  keep_far_points(line, 0, line.size() - 1, tolerance_m, kept);
  std::vector<RibbonPoint> result;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (kept[i] != 0) result.push_back(line[i]);
  }
  return result;
}

RibbonSet::RibbonSet()
    : points_(new osg::Vec3Array),
      geometry_(mesh_of(points_)),
      across_(new osg::Vec3Array),
      measures_(new osg::Vec4Array),
      colours_(new osg::Vec4ubArray),
      index_(new osg::DrawElementsUInt(osg::PrimitiveSet::TRIANGLES)) {
  colours_->setNormalize(true);
  geometry_->setNormalArray(across_, osg::Array::BIND_PER_VERTEX);
  geometry_->setTexCoordArray(0, measures_, osg::Array::BIND_PER_VERTEX);
  geometry_->setColorArray(colours_, osg::Array::BIND_PER_VERTEX);
  geometry_->addPrimitiveSet(index_);
}

void RibbonSet::add(std::span<const RibbonPoint> line, const RibbonStyle& style) {
  if (line.size() < 2) return;
  const osg::Vec4ub colour = bytes(style.colour);
  float along_m = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (i > 0) along_m += float(distance_m(line[i - 1].place, line[i].place));
    const osg::Vec3 right = right_of(line, i);
    // The half that belongs to one direction is as wide as the whole of a one-way ribbon's half.
    const osg::Vec3 left = style.right_half ? osg::Vec3() : -right;
    for (const osg::Vec3& across : {left, right}) {
      points_->push_back({float(line[i].place.x_m), float(line[i].place.y_m), line[i].height_m});
      across_->push_back(across);
      measures_->push_back(
          {line[i].half_width_m, along_m, style.least_half_px, style.hidden_above_m_px});
      colours_->push_back(colour);
    }
    if (i == 0) continue;
    const auto last = static_cast<GLuint>(points_->size() - 4);
    for (const GLuint vertex : {0U, 1U, 3U, 0U, 3U, 2U}) index_->push_back(last + vertex);
  }
}

std::vector<RibbonPoint> drape(const Relief& relief, std::span<const LocalPoint> line,
                               float half_width_m, double spacing_m, double tolerance_m) {
  std::vector<RibbonPoint> draped;
  for (const LocalPoint place : line) {
    const RibbonPoint point{place, relief.height_m(place, spacing_m), half_width_m};
    if (draped.empty()) {
      draped.push_back(point);
    } else if (distance_m(draped.back().place, place) > 0.5) {
      const RibbonPoint from = draped.back();
      drape_between(relief, from, point, spacing_m, tolerance_m, draped);
    }
  }
  return draped;
}

RibbonLine levels_of(std::vector<RibbonPoint> line) {
  RibbonLine levels;
  for (std::size_t level = 1; level < levels.size(); ++level) {
    levels[level] = simplified(line, ribbon_levels[level].tolerance_m);
  }
  levels.front() = std::move(line);
  return levels;
}

void RibbonLevels::add(const RibbonLine& line, const RibbonStyle& style) {
  for (std::size_t level = 0; level < sets_.size(); ++level) {
    if (ribbon_levels[level].from_m_px > double{style.hidden_above_m_px}) continue;
    sets_[level].add(line[level], style);
  }
}

osg::ref_ptr<osg::Node> RibbonLevels::node(const ViewScale& scale) {
  osg::ref_ptr<ScaleSwitch> levels = new ScaleSwitch(scale);
  for (std::size_t level = 0; level < sets_.size(); ++level) {
    if (!sets_[level].empty()) levels->add(ribbon_levels[level].from_m_px, sets_[level].geometry());
  }
  return levels;
}

void set_ribbon_state(osg::StateSet* state, int bin, bool casing, float widen_px) {
  state->setAttributeAndModes(program_of(Shading::ribbon));
  state->addUniform(new osg::Uniform("u_casing", casing ? 1.0F : 0.0F));
  state->addUniform(new osg::Uniform("u_widen_px", widen_px));
  state->setAttributeAndModes(
      new osg::BlendFunc(osg::BlendFunc::SRC_ALPHA, osg::BlendFunc::ONE_MINUS_SRC_ALPHA));
  state->setAttributeAndModes(new osg::Depth(osg::Depth::LEQUAL, 0, 1, false));
  state->setRenderBinDetails(bin, "RenderBin");
}

}  // namespace kontwin
