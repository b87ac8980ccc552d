#include "render/dot_set.hpp"

#include "render/mesh.hpp"
#include "render/shaders.hpp"

namespace kontwin {

DotSet::DotSet()
    : points_(new osg::Vec3Array),
      geometry_(mesh_of(points_)),
      measures_(new osg::Vec3Array),
      colours_(new osg::Vec4Array),
      all_(new osg::DrawArrays(osg::PrimitiveSet::POINTS, 0, 0)) {
  geometry_->setTexCoordArray(0, measures_, osg::Array::BIND_PER_VERTEX);
  geometry_->setColorArray(colours_, osg::Array::BIND_PER_VERTEX);
  geometry_->addPrimitiveSet(all_);
}

void DotSet::add(osg::Vec3 place, const DotStyle& style) {
  points_->push_back(place);
  measures_->push_back({style.size_m, style.least_px, style.hidden_above_m_px});
  colours_->push_back({style.colour.red, style.colour.green, style.colour.blue, 1});
}

osg::Geometry* DotSet::geometry(int bin) {
  all_->setCount(static_cast<GLsizei>(points_->size()));
  osg::StateSet* const state = geometry_->getOrCreateStateSet();
  state->setAttributeAndModes(program_of(Shading::point));
  state->setMode(GL_VERTEX_PROGRAM_POINT_SIZE, osg::StateAttribute::ON);
  state->setMode(GL_POINT_SPRITE, osg::StateAttribute::ON);
  state->setRenderBinDetails(bin, "RenderBin");
  return geometry_.get();
}

}  // namespace kontwin
