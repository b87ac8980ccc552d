#include "render/mesh.hpp"

namespace kontwin {

osg::ref_ptr<osg::Geometry> mesh_of(osg::Vec3Array* points) {
  osg::ref_ptr<osg::Geometry> mesh = new osg::Geometry;
  mesh->setUseDisplayList(false);
  mesh->setUseVertexBufferObjects(true);
  mesh->setVertexArray(points);
  return mesh;
}

}  // namespace kontwin
