#pragma once

#include <osg/Group>

#include <span>

#include "render/relief.hpp"
#include "render/scale_culled.hpp"
#include "render/segment_index.hpp"
#include "twin/frame.hpp"

namespace kontwin {

/// What moves: dots from afar (never smaller than a few pixels), boxes of real size from near.
/// `roads` and `scale` must outlive the node.
osg::ref_ptr<osg::Group> make_movers(std::span<const Mover> movers, const Relief& relief,
                                     const SegmentIndex& roads, const ViewScale& scale);

}  // namespace kontwin
