#pragma once

#include <osg/Group>

#include <span>

#include "render/overlay.hpp"
#include "render/view.hpp"

namespace kontwin {

/// Opaque panels before everything else, for a viewer's text to stand on: they are painted first,
/// so that the scene behind them costs nothing.
class PanelNode {
 public:
  PanelNode();

  osg::Group* node() { return group_.get(); }
  /// Shows these panels of a view, and no others.
  void show(std::span<const PixelBox> boxes, const View& view, Colour colour);

 private:
  osg::ref_ptr<osg::Group> group_;
};

}  // namespace kontwin
