#pragma once

#include <osg/Group>

#include "render/relief.hpp"
#include "twin/state_table.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// A red dot on each block of homes with people in water deeper than 0.3 m (as the flood engine
/// counts them), the larger the more people; null where there are none.
osg::ref_ptr<osg::Node> make_exposure(const World& world, const StateTable& state,
                                      const Relief& relief);

}  // namespace kontwin
