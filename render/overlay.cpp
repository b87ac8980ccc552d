#include "render/overlay.hpp"

#include <osg/BlendFunc>
#include <osg/Geometry>
#include <osgText/Text>

#include <array>
#include <cmath>
#include <filesystem>
#include <numbers>

#include "render/mesh.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

/// Where Debian, Fedora and Arch put the two families.
constexpr std::array<const char*, 6> folders{
    "/usr/share/fonts/truetype/noto", "/usr/share/fonts/truetype/dejavu",
    "/usr/share/fonts/google-noto",   "/usr/share/fonts/dejavu-sans-fonts",
    "/usr/share/fonts/noto",          "/usr/share/fonts/TTF"};

osg::ref_ptr<osgText::Font> open_font(const std::array<const char*, 2>& names) {
  for (const char* folder : folders) {
    for (const char* name : names) {
      const auto path = std::filesystem::path(folder) / name;
      if (!std::filesystem::exists(path)) continue;
      osg::ref_ptr<osgText::Font> font = osgText::readRefFontFile(path.string());
      if (font) return font;
      throw Error(path.string() +
                  ": OpenSceneGraph cannot read the font (its freetype plugin is missing?)");
    }
  }
  throw Error(std::string("no font with Vietnamese letters: ") + names[0] + " and " + names[1] +
              " are not installed (on Debian: apt-get install fonts-noto-core or "
              "fonts-dejavu-core)");
}

osg::Vec4 vector(Colour colour) { return {colour.red, colour.green, colour.blue, colour.alpha}; }

osg::ref_ptr<osgText::Text> make_text(std::string_view words, const TextStyle& style, bool halos) {
  osg::ref_ptr<osgText::Text> text = new osgText::Text;
  if (!halos) text->setShaderTechnique(osgText::NO_TEXT_SHADER);
  const Fonts& all = fonts();
  text->setFont(style.weight == Weight::bold     ? all.bold
                : style.weight == Weight::italic ? all.italic
                                                 : all.regular);
  const auto size = static_cast<float>(style.size_px);
  // Glyphs are cached by resolution: a few steps keep the cache small and the letters sharp.
  const auto resolution = static_cast<unsigned>(std::max(12.0, std::ceil(style.size_px / 4) * 4));
  text->setFontResolution(resolution, resolution);
  text->setCharacterSize(size);
  text->setAxisAlignment(osgText::TextBase::XY_PLANE);
  text->setAlignment(osgText::TextBase::LEFT_BASE_LINE);
  text->setColor(vector(style.colour));
  if (halos && style.halo.alpha > 0) {
    text->setBackdropType(osgText::Text::OUTLINE);
    text->setBackdropColor(vector(style.halo));
    text->setBackdropOffset(0.065F);
  }
  text->setText(std::string(words), osgText::String::ENCODING_UTF8);
  return text;
}

}  // namespace

const Fonts& fonts() {
  static const Fonts loaded{open_font({"NotoSans-Regular.ttf", "DejaVuSans.ttf"}),
                            open_font({"NotoSans-Bold.ttf", "DejaVuSans-Bold.ttf"}),
                            open_font({"NotoSans-Italic.ttf", "DejaVuSans-Oblique.ttf"})};
  return loaded;
}

Overlay::Overlay(bool halos) : group_(new osg::Group), halos_(halos) {}

void Overlay::rectangle(const PixelBox& box, Colour colour) {
  polygon({osg::Vec2(float(box.left), float(box.bottom)),
           osg::Vec2(float(box.right), float(box.bottom)),
           osg::Vec2(float(box.right), float(box.top)), osg::Vec2(float(box.left), float(box.top))},
          colour);
}

void Overlay::polygon(const std::vector<osg::Vec2>& corners, Colour colour) {
  osg::ref_ptr<osg::Vec3Array> points = new osg::Vec3Array;
  for (const osg::Vec2& corner : corners) points->push_back({corner, 0});
  osg::ref_ptr<osg::Vec4Array> colours = new osg::Vec4Array(1);
  (*colours)[0] = vector(colour);
  osg::ref_ptr<osg::Geometry> shape = mesh_of(points);
  shape->setColorArray(colours, osg::Array::BIND_OVERALL);
  shape->addPrimitiveSet(new osg::DrawArrays(osg::PrimitiveSet::TRIANGLE_FAN, 0,
                                             static_cast<GLsizei>(points->size())));
  group_->addChild(shape);
}

void Overlay::disk(osg::Vec2 middle, double radius_px, Colour colour) {
  constexpr int corners = 28;
  std::vector<osg::Vec2> ring;
  for (int i = 0; i < corners; ++i) {
    const double angle = 2 * std::numbers::pi * i / corners;
    ring.push_back(
        middle + osg::Vec2(float(std::cos(angle) * radius_px), float(std::sin(angle) * radius_px)));
  }
  polygon(ring, colour);
}

PixelBox Overlay::text(osg::Vec2 base_left, std::string_view words, const TextStyle& style) {
  const osg::ref_ptr<osgText::Text> text = make_text(words, style, halos_);
  // Whole pixels keep the letters sharp.
  text->setPosition({std::round(base_left.x()), std::round(base_left.y()), 0});
  group_->addChild(text);
  const osg::BoundingBox& box = text->getBoundingBox();
  return {box.xMin(), box.yMin(), box.xMax(), box.yMax()};
}

osg::Vec2 Overlay::measure(std::string_view words, const TextStyle& style) {
  const osg::BoundingBox box = make_text(words, style, false)->getBoundingBox();
  return {box.xMax() - box.xMin(), box.yMax() - box.yMin()};
}

}  // namespace kontwin
