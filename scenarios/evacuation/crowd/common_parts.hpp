#pragma once

#include <vector>

#include "scenarios/evacuation/crowd/plan_geometry.hpp"

namespace kontwin::crowd {

/// A piece of the ground that two shapes have in common.
struct CommonPart {
  double area_m2;
  LocalPoint middle;
};

/// The pieces that two shapes have in common; none of them crosses itself.
std::vector<CommonPart> common_parts(const Polygon& one, const Polygon& other);

}  // namespace kontwin::crowd
