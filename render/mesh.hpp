#pragma once

#include <osg/Geometry>

namespace kontwin {

/// A geometry over these vertices that is drawn from buffers of the graphics card, without a
/// display list. Its other arrays and what it draws of them are the caller's to add.
osg::ref_ptr<osg::Geometry> mesh_of(osg::Vec3Array* points);

}  // namespace kontwin
