#include "render/overlay.hpp"

#include <osg/MatrixTransform>

#include <algorithm>
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
      if (font) {
        // Letters are drawn flat and at their size. The defaults, made for text that lies in space,
        // cost a third of the time of a frame without a graphics card.
        font->setMinFilterHint(osg::Texture::LINEAR);
        font->setMagFilterHint(osg::Texture::LINEAR);
        font->setMaxAnisotropy(1);
        return font;
      }
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

Texts::Texts(bool halos) : halos_(halos) {}

osgText::Text* Texts::find(std::string_view words, const TextStyle& style) {
  constexpr std::size_t most = 4'000;
  const auto parts = [](Colour colour) {
    return std::array{colour.red, colour.green, colour.blue, colour.alpha};
  };
  std::array<float, 8> colours{};
  std::ranges::copy(parts(style.colour), colours.begin());
  std::ranges::copy(parts(style.halo), colours.begin() + 4);
  Key key{std::string(words), style.size_px, style.weight, colours};
  if (const auto found = kept_.find(key); found != kept_.end()) return found->second.get();
  // Stages and times of day come and go. What a picture still shows it holds by itself.
  if (kept_.size() >= most) kept_.clear();
  return kept_.emplace(std::move(key), make_text(words, style, halos_)).first->second.get();
}

osg::Vec2 Texts::measure(std::string_view words, const TextStyle& style) {
  TextStyle plain = style;
  plain.halo.alpha = 0;  // a halo takes no place
  const osg::BoundingBox& box = find(words, plain)->getBoundingBox();
  return {box.xMax() - box.xMin(), box.yMax() - box.yMin()};
}

Overlay::Overlay(Texts& texts)
    : texts_(texts),
      group_(new osg::Group),
      points_(new osg::Vec3Array),
      colours_(new osg::Vec4Array),
      triangles_(new osg::DrawElementsUInt(osg::PrimitiveSet::TRIANGLES)) {
  const osg::ref_ptr<osg::Geometry> shapes = mesh_of(points_);
  shapes->setColorArray(colours_, osg::Array::BIND_PER_VERTEX);
  shapes->addPrimitiveSet(triangles_);
  group_->addChild(shapes);
}

void Overlay::rectangle(const PixelBox& box, Colour colour) {
  polygon({osg::Vec2(float(box.left), float(box.bottom)),
           osg::Vec2(float(box.right), float(box.bottom)),
           osg::Vec2(float(box.right), float(box.top)), osg::Vec2(float(box.left), float(box.top))},
          colour);
}

void Overlay::polygon(const std::vector<osg::Vec2>& corners, Colour colour) {
  const auto first = static_cast<GLuint>(points_->size());
  for (const osg::Vec2& corner : corners) {
    points_->push_back({corner, 0});
    colours_->push_back(vector(colour));
  }
  for (GLuint corner = 2; corner < corners.size(); ++corner) {
    for (const GLuint vertex : {0U, corner - 1, corner}) triangles_->push_back(first + vertex);
  }
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

void Overlay::text(osg::Vec2 base_left, std::string_view words, const TextStyle& style) {
  // Whole pixels keep the letters sharp.
  osg::ref_ptr<osg::MatrixTransform> place = new osg::MatrixTransform(
      osg::Matrix::translate(std::round(base_left.x()), std::round(base_left.y()), 0));
  place->addChild(texts_.find(words, style));
  group_->addChild(place);
}

}  // namespace kontwin
