#pragma once

#include <osg/Group>
#include <osgText/Font>

#include <string>
#include <string_view>
#include <vector>

#include "render/palette.hpp"

namespace kontwin {

/// A rectangle of a picture, in pixels from its lower left corner.
struct PixelBox {
  double left = 0, bottom = 0, right = 0, top = 0;

  bool meets(const PixelBox& other) const {
    return left < other.right && right > other.left && bottom < other.top && top > other.bottom;
  }
};

/// The fonts of all text. They hold the Vietnamese letters.
struct Fonts {
  osg::ref_ptr<osgText::Font> regular;
  osg::ref_ptr<osgText::Font> bold;
  osg::ref_ptr<osgText::Font> italic;
};

/// Noto Sans or DejaVu Sans, from where Debian and others put them. Throws Error that names the
/// packages when there is none, or when it cannot be read.
const Fonts& fonts();

enum class Weight { regular, bold, italic };

/// How a piece of text looks.
struct TextStyle {
  double size_px = 14;
  Weight weight = Weight::regular;
  Colour colour{0.1F, 0.1F, 0.12F, 1};
  Colour halo{1, 1, 1, 0};  ///< around the letters; alpha 0: none
};

/// Flat shapes and text over a picture, in pixels; drawn in the order they are added.
class Overlay {
 public:
  /// Halos look best and cost most: a third of the time of a frame without a graphics card. Without
  /// them text is drawn by the fixed pipeline.
  explicit Overlay(bool halos = true);

  bool halos() const { return halos_; }

  void rectangle(const PixelBox& box, Colour colour);
  /// A convex polygon.
  void polygon(const std::vector<osg::Vec2>& corners, Colour colour);
  void disk(osg::Vec2 middle, double radius_px, Colour colour);
  /// Text whose first line's base starts at a place; how far it reaches.
  PixelBox text(osg::Vec2 base_left, std::string_view words, const TextStyle& style);
  /// The width and height (from the base line to the top of capitals) that text would take.
  static osg::Vec2 measure(std::string_view words, const TextStyle& style);

  osg::Group* node() { return group_.get(); }

 private:
  osg::ref_ptr<osg::Group> group_;
  bool halos_;
};

}  // namespace kontwin
