#pragma once

#include <osg/Geometry>

#include <array>
#include <span>
#include <vector>

#include "render/palette.hpp"
#include "render/relief.hpp"
#include "render/scale_culled.hpp"
#include "twin/geometry.hpp"

namespace kontwin {

/// One point of a ribbon's middle line.
struct RibbonPoint {
  LocalPoint place;
  float height_m = 0;
  float half_width_m = 1;
};

/// How a ribbon is drawn.
struct RibbonStyle {
  Colour colour;
  float least_half_px = 1;         ///< never thinner than this
  float hidden_above_m_px = 1e9F;  ///< not drawn where a pixel is larger than this, metres
  bool right_half = false;         ///< only to the right of its line, the left being another's
};

/// Ribbons gathered in one geometry, drawn in the order they were added.
class RibbonSet {
 public:
  RibbonSet();

  void add(std::span<const RibbonPoint> line, const RibbonStyle& style);
  bool empty() const { return points_->empty(); }
  std::size_t triangles() const { return index_->size() / 3; }
  osg::Geometry* geometry() { return geometry_.get(); }

 private:
  osg::ref_ptr<osg::Vec3Array> points_;
  osg::ref_ptr<osg::Geometry> geometry_;
  osg::ref_ptr<osg::Vec3Array> across_;
  osg::ref_ptr<osg::Vec4Array> measures_;
  osg::ref_ptr<osg::Vec4ubArray> colours_;
  osg::ref_ptr<osg::DrawElementsUInt> index_;
};

/// A line laid on the ground: points are added wherever a straight piece would leave the ground by
/// more than `tolerance_m`, and nowhere else.
std::vector<RibbonPoint> drape(const Relief& relief, std::span<const LocalPoint> line,
                               float half_width_m, double spacing_m, double tolerance_m);

/// A line with as few of its points as keep it within `tolerance_m` of itself, in space (Douglas
/// and Peucker 1973).
std::vector<RibbonPoint> simplified(std::span<const RibbonPoint> line, double tolerance_m);

/// How coarsely lines may be drawn: from which scale on (metres a pixel), and how far off.
struct RibbonLevel {
  double from_m_px;
  double tolerance_m;
};
inline constexpr std::array<RibbonLevel, 3> ribbon_levels{{{0, 0}, {25, 15}, {90, 60}}};

/// One line at each level; empty where it has no length.
using RibbonLine = std::array<std::vector<RibbonPoint>, ribbon_levels.size()>;
RibbonLine levels_of(std::vector<RibbonPoint> line);

/// Ribbons at each level; what is drawn of them follows the scale.
class RibbonLevels {
 public:
  void add(const RibbonLine& line, const RibbonStyle& style);
  /// Draws what was added so far. `scale` must outlive it.
  osg::ref_ptr<osg::Node> node(const ViewScale& scale);

 private:
  std::array<RibbonSet, ribbon_levels.size()> sets_;
};

/// State of all ribbons: blended, not written to the depth buffer, in `bin`; `casing`: the dark rim
/// below the ribbon itself, wider by `widen_px`.
void set_ribbon_state(osg::StateSet* state, int bin, bool casing, float widen_px);

}  // namespace kontwin
