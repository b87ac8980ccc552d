#pragma once

#include <osg/Group>

#include <memory>

#include "render/relief.hpp"
#include "render/segment_index.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// How many buildings are drawn, and how far.
struct BuildingDetail {
  double range_m = 9'000;      ///< from the eye
  std::size_t most_each = 60;  ///< houses a residence
};

/// Houses around the residences, and the buildings people look for (hospitals with a cross on the
/// roof, shelters, schools, lodgings, offices), in squares that are made when they first come into
/// range. All arguments must outlive the node.
osg::ref_ptr<osg::Group> make_buildings(const World& world, const Relief& relief,
                                        const SegmentIndex& roads, const BuildingDetail& detail);

}  // namespace kontwin
