#pragma once

#include <vector>

#include "render/label.hpp"
#include "render/overlay.hpp"
#include "render/relief.hpp"
#include "render/view.hpp"

namespace kontwin {

/// A label with its place in a picture.
struct PlacedLabel {
  const Label* label = nullptr;
  osg::Vec2 anchor;     ///< where its place falls
  PixelBox text_box{};  ///< empty when only the icon is drawn
  bool with_text = true;
  bool with_icon = true;
};

/// Chooses which labels are shown, and on which side of their place, so that no two meet and none
/// meets `taken`; the first in the list win. Places behind a ridge are left out.
std::vector<PlacedLabel> lay_out(const std::vector<Label>& labels, const View& view,
                                 const Relief& relief, Texts& texts, std::vector<PixelBox> taken);

/// Draws placed labels with their icons.
void draw_labels(const std::vector<PlacedLabel>& placed, const View& view, Overlay& overlay);

/// Draws one sign, `size_px` across.
void draw_icon(Overlay& overlay, Icon icon, osg::Vec2 middle, double size_px, Colour colour);

}  // namespace kontwin
