#pragma once

#include <osg/Node>

namespace kontwin {

/// The sky: pale at the horizon, where the haze meets it, blue above; and pale below.
osg::ref_ptr<osg::Node> make_sky();

}  // namespace kontwin
