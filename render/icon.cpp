#include <cmath>
#include <numbers>

#include "render/label_layout.hpp"

namespace kontwin {

namespace {

/// Draws in a square of side 2 around a middle: (-1, -1) to (1, 1).
class Pen {
 public:
  Pen(Overlay& overlay, osg::Vec2 middle, double size_px)
      : overlay_(overlay), middle_(middle), half_(static_cast<float>(size_px / 2)) {}

  void bar(float left, float bottom, float right, float top, Colour colour) {
    shape({{left, bottom}, {right, bottom}, {right, top}, {left, top}}, colour);
  }
  void shape(std::initializer_list<osg::Vec2> corners, Colour colour) {
    std::vector<osg::Vec2> points;
    for (const osg::Vec2& corner : corners) points.push_back(middle_ + corner * half_);
    overlay_.polygon(points, colour);
  }
  /// Five points as kites from the middle, the first to the north.
  void star(float radius, Colour colour) {
    constexpr float notch = 0.382F;  // of the radius: the edges of opposite points are one line
    const auto at = [radius](int tenth, float share) {
      const double angle = tenth * std::numbers::pi / 5;
      return osg::Vec2(static_cast<float>(std::sin(angle)), static_cast<float>(std::cos(angle))) *
             (radius * share);
    };
    for (int tip = 0; tip < 10; tip += 2) {
      shape({{0, 0}, at(tip - 1, notch), at(tip, 1), at(tip + 1, notch)}, colour);
    }
  }
  void disk(float radius, Colour colour, osg::Vec2 at = {}) {
    overlay_.disk(middle_ + at * half_, double(radius * half_), colour);
  }

 private:
  Overlay& overlay_;
  osg::Vec2 middle_;
  float half_;
};

constexpr Colour white{1, 1, 1, 1};
constexpr Colour ink{0.10F, 0.10F, 0.12F, 1};

}  // namespace

void draw_icon(Overlay& overlay, Icon icon, osg::Vec2 middle, double size_px, Colour colour) {
  Pen pen(overlay, middle, size_px);
  switch (icon) {
    case Icon::none:
      return;
    case Icon::town:
      pen.disk(1.0F, white);
      pen.disk(0.68F, colour);
      return;
    case Icon::hospital:
      pen.disk(1.08F, colour);
      pen.disk(0.92F, white);
      pen.bar(-0.60F, -0.20F, 0.60F, 0.20F, colour);
      pen.bar(-0.20F, -0.60F, 0.20F, 0.60F, colour);
      return;
    case Icon::shelter:
      pen.disk(1.08F, white);
      pen.disk(0.94F, colour);
      pen.shape({{-0.62F, 0.02F}, {0, 0.62F}, {0.62F, 0.02F}}, white);
      pen.bar(-0.42F, -0.50F, 0.42F, 0.04F, white);
      pen.bar(-0.13F, -0.50F, 0.13F, -0.10F, colour);
      return;
    case Icon::gauge:
      pen.disk(1.08F, ink);
      pen.disk(0.94F, colour);
      pen.bar(-0.16F, -0.62F, 0.16F, 0.66F, white);
      for (const float y : {-0.40F, -0.05F, 0.30F}) pen.bar(-0.16F, y, 0.44F, y + 0.14F, white);
      return;
    case Icon::rain_gauge:
      pen.disk(1.08F, white);
      pen.disk(0.94F, colour);
      pen.disk(0.36F, white, {0, -0.16F});
      pen.shape({{-0.33F, -0.03F}, {0.33F, -0.03F}, {0, 0.62F}}, white);
      return;
    case Icon::school:
      pen.disk(1.08F, white);
      pen.disk(0.94F, colour);
      pen.bar(-0.56F, -0.40F, -0.05F, 0.36F, white);
      pen.bar(0.05F, -0.40F, 0.56F, 0.36F, white);
      return;
    case Icon::reservoir:
      pen.disk(1.08F, white);
      pen.disk(0.94F, colour);
      pen.shape({{-0.62F, 0.30F}, {0.62F, 0.30F}, {0.28F, -0.46F}, {-0.28F, -0.46F}}, white);
      return;
    case Icon::site:
      pen.disk(1.08F, white);
      pen.disk(0.94F, colour);
      pen.shape({{-0.60F, -0.42F}, {-0.12F, 0.46F}, {0.30F, -0.42F}}, white);
      pen.shape({{-0.05F, -0.42F}, {0.34F, 0.16F}, {0.64F, -0.42F}}, white);
      return;
    case Icon::lodging:
      pen.disk(1.00F, white);
      pen.disk(0.86F, colour);
      pen.bar(-0.58F, -0.38F, -0.42F, 0.40F, white);
      pen.bar(-0.58F, -0.20F, 0.58F, 0.04F, white);
      pen.bar(0.44F, -0.38F, 0.58F, 0.04F, white);
      return;
    case Icon::closed:
      pen.disk(1.10F, white);
      pen.disk(0.96F, colour);
      pen.bar(-0.62F, -0.18F, 0.62F, 0.18F, white);
      return;
    case Icon::epicentre:
      pen.star(1.55F, white);
      pen.star(1.20F, colour);
      return;
  }
}

}  // namespace kontwin
