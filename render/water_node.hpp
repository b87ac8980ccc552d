#pragma once

#include <osg/Group>

#include <span>

#include "render/relief.hpp"
#include "twin/frame.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// Water shallower than this is not drawn, metres: a wet street is not a flood.
inline constexpr float least_drawn_depth_m = 0.05F;

/// The water of a `water_depth_m` field as a surface: only where it is wet, level across its edge
/// so that the ground cuts it, coloured by depth or, with the `hazard_class` field of the same
/// grid, by that; not under the grids `over` it, which have water of their own. Null when nothing
/// is wet.
osg::ref_ptr<osg::Node> make_water(const FieldView& depth, const World& world,
                                   const FieldView* hazard = nullptr,
                                   std::span<const GridShape> over = {});

}  // namespace kontwin
