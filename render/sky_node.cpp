#include "render/sky_node.hpp"

#include <osg/Depth>
#include <osg/Geometry>
#include <osg/Group>

#include <cmath>
#include <numbers>

#include "render/mesh.hpp"
#include "render/shaders.hpp"

namespace kontwin {

osg::ref_ptr<osg::Node> make_sky() {
  constexpr int slices = 24;
  constexpr int rings = 12;
  osg::ref_ptr<osg::Vec3Array> points = new osg::Vec3Array;
  osg::ref_ptr<osg::DrawElementsUShort> index =
      new osg::DrawElementsUShort(osg::PrimitiveSet::TRIANGLES);
  for (int ring = 0; ring <= rings; ++ring) {
    const double up = std::numbers::pi * (static_cast<double>(ring) / rings - 0.5);
    for (int slice = 0; slice <= slices; ++slice) {
      const double around = 2 * std::numbers::pi * slice / slices;
      points->push_back({float(std::cos(up) * std::cos(around)),
                         float(std::cos(up) * std::sin(around)), float(std::sin(up))});
    }
  }
  for (int ring = 0; ring < rings; ++ring) {
    for (int slice = 0; slice < slices; ++slice) {
      const int corner = ring * (slices + 1) + slice;
      for (const int vertex : {corner, corner + 1, corner + slices + 2, corner, corner + slices + 2,
                               corner + slices + 1}) {
        index->push_back(static_cast<GLushort>(vertex));
      }
    }
  }
  osg::ref_ptr<osg::Geometry> dome = mesh_of(points);
  dome->addPrimitiveSet(index);
  dome->setCullingActive(false);
  osg::StateSet* const state = dome->getOrCreateStateSet();
  state->setAttributeAndModes(program_of(Shading::sky));
  state->setAttributeAndModes(new osg::Depth(osg::Depth::LEQUAL, 0, 1, false));
  // After the ground, which hides most of it.
  state->setRenderBinDetails(3, "RenderBin");
  osg::ref_ptr<osg::Group> group = new osg::Group;
  group->setName("sky");
  group->addChild(dome);
  group->setCullingActive(false);
  return group;
}

}  // namespace kontwin
