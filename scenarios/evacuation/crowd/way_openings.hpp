#pragma once

#include <array>
#include <vector>

#include "scenarios/evacuation/crowd/way_cells.hpp"
#include "scenarios/evacuation/crowd/way_marcher.hpp"
#include "scenarios/evacuation/crowd/way_posts.hpp"
#include "scenarios/evacuation/crowd/way_smoothing.hpp"

namespace kontwin::crowd {

/// How ways go on through the openings between surfaces that are open and as wide as the body.
struct WayOpenings {
  using Rows = std::vector<RowAtOpening>;

  std::vector<Bridge> bridges;  ///< by the cell they begin at, in both directions
  /// Of each opening the rows of cells before it on one side, and on the other.
  std::vector<std::array<Rows, 2>> sides;
  std::vector<std::array<OpeningSide, 2>> near;  ///< the same for their posts
};

WayOpenings openings_of(const WayCells& cells);

/// The rows before each opening on the side from which people come to a goal at `distance_m`
/// [cell]. On the other side they are through, and go on as if no opening were there.
WayOpenings::Rows rows_on_the_way(const WayOpenings& openings,
                                  const std::vector<float>& distance_m);

/// Turns the directions of a field off the posts of openings, and off the lines of those that they
/// do not lead through.
void turn_off_openings(const WayOpenings& openings, WayField& field);

}  // namespace kontwin::crowd
