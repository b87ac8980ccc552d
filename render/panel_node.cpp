#include "render/panel_node.hpp"

#include <osg/Depth>
#include <osg/Geometry>

#include "render/mesh.hpp"
#include "render/shaders.hpp"

namespace kontwin {

PanelNode::PanelNode() : group_(new osg::Group) {
  group_->setName("panels");
  group_->setCullingActive(false);
  osg::StateSet* const state = group_->getOrCreateStateSet();
  state->setAttributeAndModes(program_of(Shading::panel));
  state->setAttributeAndModes(new osg::Depth(osg::Depth::ALWAYS, 0, 1, true));
  state->setRenderBinDetails(-1, "RenderBin");
}

void PanelNode::show(std::span<const PixelBox> boxes, const View& view, Colour colour) {
  group_->removeChildren(0, group_->getNumChildren());
  if (boxes.empty()) return;
  const auto across = [](double px, int all_px) { return static_cast<float>(2 * px / all_px - 1); };
  osg::ref_ptr<osg::Vec3Array> points = new osg::Vec3Array;
  osg::ref_ptr<osg::Vec4Array> colours = new osg::Vec4Array;
  for (const PixelBox& box : boxes) {
    const float left = across(box.left, view.width_px);
    const float right = across(box.right, view.width_px);
    const float bottom = across(box.bottom, view.height_px);
    const float top = across(box.top, view.height_px);
    for (const osg::Vec3& corner : {osg::Vec3(left, bottom, 0), osg::Vec3(right, bottom, 0),
                                    osg::Vec3(right, top, 0), osg::Vec3(left, top, 0)}) {
      points->push_back(corner);
      colours->push_back({colour.red, colour.green, colour.blue, 1});
    }
  }
  osg::ref_ptr<osg::Geometry> panels = mesh_of(points);
  panels->setColorArray(colours, osg::Array::BIND_PER_VERTEX);
  panels->addPrimitiveSet(
      new osg::DrawArrays(osg::PrimitiveSet::QUADS, 0, static_cast<GLsizei>(points->size())));
  panels->setCullingActive(false);
  group_->addChild(panels);
}

}  // namespace kontwin
