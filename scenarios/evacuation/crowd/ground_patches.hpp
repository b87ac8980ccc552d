#pragma once

#include <vector>

#include "scenarios/evacuation/crowd/way_openings.hpp"

namespace kontwin::crowd {

/// A ground cut into patches of a square metre or less that no wall divides: what people find along
/// their way is told apart by them.
struct GroundPatches {
  static constexpr std::uint32_t no_patch = 0xFFFFFFFF;

  std::vector<std::uint32_t> of_cell;  ///< [cell]; no_patch where nobody stands
  std::vector<float> area_m2;          ///< [patch]
  /// Patches that can be walked to from patch p: neighbours[begin[p]] to neighbours[begin[p + 1]].
  std::vector<std::uint32_t> begin, neighbours;
  /// Ways round something that lead back to where they began and that no other makes up: one for
  /// each obstacle, pillar or wall that stands free, and for each further door between the same
  /// rooms. 0: from anywhere to anywhere there is just one way.
  std::size_t loops = 0;

  std::size_t count() const { return area_m2.size(); }
};

/// The patches of a ground between the walls of a moment, with the openings that are open.
GroundPatches patches_of(const GroundGrid& grid, const WayOpenings& openings);

}  // namespace kontwin::crowd
