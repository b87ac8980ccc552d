#pragma once

#include <osg/Geometry>
#include <osg/Group>
#include <osgText/Text>

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
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

/// Pieces of text, kept from one picture to the next: making one costs more than drawing it. Use
/// from one thread.
class Texts {
 public:
  /// Halos look best and cost most: a third of the time of a frame without a graphics card. Without
  /// them text is drawn by the fixed pipeline.
  explicit Texts(bool halos = true);

  bool halos() const { return halos_; }
  /// A text whose first line's base starts at the origin. It is shared: do not change it.
  osgText::Text* find(std::string_view words, const TextStyle& style);
  /// The width and height (from the base line to the top of capitals) that it takes.
  osg::Vec2 measure(std::string_view words, const TextStyle& style);

 private:
  using Key = std::tuple<std::string, double, Weight, std::array<float, 8>>;
  std::map<Key, osg::ref_ptr<osgText::Text>> kept_;
  bool halos_;
};

/// Flat shapes and text over a picture, in pixels. Shapes are drawn in the order they are added,
/// text over all of them. `texts` must outlive it, its node need not.
class Overlay {
 public:
  explicit Overlay(Texts& texts);

  Texts& texts() { return texts_; }

  void rectangle(const PixelBox& box, Colour colour);
  /// A convex polygon.
  void polygon(const std::vector<osg::Vec2>& corners, Colour colour);
  void disk(osg::Vec2 middle, double radius_px, Colour colour);
  /// Text whose first line's base starts at a place, in whole pixels.
  void text(osg::Vec2 base_left, std::string_view words, const TextStyle& style);

  osg::Group* node() { return group_.get(); }

 private:
  Texts& texts_;
  osg::ref_ptr<osg::Group> group_;
  // All shapes are one geometry: a draw call for each would cost more than their pixels.
  osg::ref_ptr<osg::Vec3Array> points_;
  osg::ref_ptr<osg::Vec4Array> colours_;
  osg::ref_ptr<osg::DrawElementsUInt> triangles_;
};

}  // namespace kontwin
