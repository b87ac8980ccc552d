#include "render/label_layout.hpp"

#include <array>
#include <map>

namespace kontwin {

namespace {

constexpr double icon_px = 15;

double icon_size(const Label& label, double unit_px) {
  if (label.icon == Icon::none) return 0;
  if (label.icon == Icon::town) return 6 * unit_px;
  return icon_px * unit_px;
}

TextStyle style_of(const Label& label, double unit_px) {
  TextStyle style{.size_px = label.size_px * unit_px};
  switch (label.look) {
    case Label::Look::town:
      style.weight = Weight::bold;
      style.colour = {0.12F, 0.10F, 0.12F, 1};
      style.halo = {1, 1, 1, 0.85F};
      break;
    case Label::Look::water:
      style.weight = Weight::italic;
      style.colour = {0.04F, 0.21F, 0.44F, 1};
      style.halo = {1, 1, 1, 0.75F};
      break;
    case Label::Look::facility:
      style.colour = {0.08F, 0.07F, 0.12F, 1};
      break;
    case Label::Look::road:
      style.weight = Weight::bold;
      style.colour = {0.68F, 0.0F, 0.15F, 1};
      break;
  }
  return style;
}

/// Names of buildings and roads stand on busy ground: on a pale plate rather than in a halo.
bool on_plate(const Label& label) {
  return label.look == Label::Look::facility || label.look == Label::Look::road;
}

TextStyle detail_style_of(const Label& label, double unit_px) {
  TextStyle style = style_of(label, unit_px);
  style.size_px = (label.size_px - 1) * unit_px;
  style.weight = Weight::bold;
  return style;
}

class Layout {
 public:
  Layout(const View& view, Texts& texts, std::vector<PixelBox> taken)
      : view_(view), texts_(texts), taken_(std::move(taken)) {}

  bool free(const PixelBox& box) const {
    if (box.left < 2 || box.bottom < 2 || box.right > view_.width_px - 2 ||
        box.top > view_.height_px - 2) {
      return false;
    }
    for (const PixelBox& other : taken_) {
      if (box.meets(other)) return false;
    }
    return true;
  }
  void take(const PixelBox& box) { taken_.push_back(box); }

  /// The first free place for the text around an anchor; false when there is none.
  bool place_text(const Label& label, osg::Vec2 anchor, double icon, PixelBox& box) const {
    const osg::Vec2 size = texts_.measure(label.text, style_of(label, view_.unit_px));
    double width = size.x();
    double height = label.size_px * view_.unit_px * 1.15;
    if (!label.detail.empty()) {
      width = std::max(
          width, double(texts_.measure(label.detail, detail_style_of(label, view_.unit_px)).x()));
      height *= 2;
    }
    const double gap = (icon > 0 ? icon / 2 : 7 * view_.unit_px) + 5 * view_.unit_px;
    const double x = anchor.x();
    const double y = anchor.y();
    const std::array<PixelBox, 5> around{
        PixelBox{x + gap, y - height / 2, x + gap + width, y + height / 2},
        {x - width / 2, y + gap, x + width / 2, y + gap + height},
        {x - gap - width, y - height / 2, x - gap, y + height / 2},
        {x - width / 2, y - gap - height, x + width / 2, y - gap},
        {x - width / 2, y - height / 2, x + width / 2, y + height / 2}};
    // A name without a sign lies on its place; one with a sign beside it.
    const std::size_t first = label.icon == Icon::none ? 4 : 0;
    const std::size_t end = label.icon == Icon::none ? 5 : 4;
    for (std::size_t i = first; i < end; ++i) {
      if (!free(around[i])) continue;
      box = around[i];
      return true;
    }
    return false;
  }

 private:
  const View& view_;
  Texts& texts_;
  std::vector<PixelBox> taken_;
};

}  // namespace

std::vector<PlacedLabel> lay_out(const std::vector<Label>& labels, const View& view,
                                 const Relief& relief, Texts& texts, std::vector<PixelBox> taken) {
  std::vector<PlacedLabel> placed;
  Layout layout(view, texts, std::move(taken));
  std::map<std::string, std::vector<osg::Vec2>> repeated;
  const LocalPoint eye{view.eye.x(), view.eye.y()};
  for (const Label& label : labels) {
    // What lies in the haze far behind the subject is not named.
    if (distance_m(eye, label.place) > std::max(12'000.0, view.focus_m * 5)) continue;
    const double height_m = relief.height_m(label.place, 20) * view.exaggeration;
    const osg::Vec3d spot(label.place.x_m, label.place.y_m, height_m);
    const double scale = view.scale_at(spot);
    if (scale > label.icon_above_m_px && scale > label.hidden_above_m_px) continue;
    const auto anchor = view.pixel_of(spot);
    if (!anchor) continue;
    // A river's name again and again along it: far apart in the picture.
    if (label.look == Label::Look::water) {
      bool near = false;
      for (const osg::Vec2& other : repeated[label.text]) {
        near = near || (other - *anchor).length() < 420 * view.unit_px;
      }
      if (near) continue;
    }
    double icon = icon_size(label, view.unit_px);
    const PixelBox sign{anchor->x() - icon / 2, anchor->y() - icon / 2, anchor->x() + icon / 2,
                        anchor->y() + icon / 2};
    if (icon > 0 && !layout.free(sign)) {
      // A town is known without its dot.
      if (label.icon != Icon::town) continue;
      icon = 0;
    }
    if (!relief.sees(eye, view.eye.z(), label.place, height_m + 8 * view.exaggeration,
                     view.exaggeration)) {
      continue;
    }
    PlacedLabel result{.label = &label, .anchor = *anchor, .with_icon = icon > 0};
    result.with_text = scale <= label.hidden_above_m_px &&
                       layout.place_text(label, *anchor, icon, result.text_box);
    if (!result.with_text && (icon == 0 || label.icon == Icon::town)) continue;
    if (icon > 0) layout.take(sign);
    if (result.with_text) {
      const double margin = 2 * view.unit_px;
      layout.take({result.text_box.left - margin, result.text_box.bottom - margin,
                   result.text_box.right + margin, result.text_box.top + margin});
    }
    if (label.look == Label::Look::water) repeated[label.text].push_back(*anchor);
    placed.push_back(result);
  }
  return placed;
}

void draw_labels(const std::vector<PlacedLabel>& placed, const View& view, Overlay& overlay) {
  for (const PlacedLabel& item : placed) {
    if (!item.with_icon) continue;
    const Label& label = *item.label;
    draw_icon(overlay, label.icon, item.anchor, icon_size(label, view.unit_px), label.icon_colour);
  }
  for (const PlacedLabel& item : placed) {
    if (!item.with_text) continue;
    const Label& label = *item.label;
    if (on_plate(label) || !overlay.texts().halos()) {
      const double margin = 2.5 * view.unit_px;
      overlay.rectangle({item.text_box.left - margin, item.text_box.bottom - margin * 0.4,
                         item.text_box.right + margin, item.text_box.top + margin * 0.4},
                        {1, 1, 1, on_plate(label) ? 0.78F : 0.5F});
    }
    const double line = label.size_px * view.unit_px * 1.15;
    const auto left = static_cast<float>(item.text_box.left);
    const auto base = static_cast<float>(item.text_box.top - line * 0.8);
    overlay.text({left, base}, label.text, style_of(label, view.unit_px));
    if (label.detail.empty()) continue;
    overlay.text({left, base - static_cast<float>(line)}, label.detail,
                 detail_style_of(label, view.unit_px));
  }
}

}  // namespace kontwin
