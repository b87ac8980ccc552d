#pragma once

// What the parts of a way's computation know of cells and the walls round them.

#include <algorithm>
#include <span>
#include <vector>

#include "scenarios/evacuation/crowd/ground_grid.hpp"
#include "scenarios/evacuation/crowd/plan_geometry.hpp"

namespace kontwin::crowd {

/// A ground and what a metre counts on each of its cells, for bodies of one size.
struct WayCells {
  const Ground& ground;
  std::span<const float> slowness;  ///< [cell]; infinity: nobody walks there
  double body_radius_m;

  const WayField::Sheet& sheet(std::uint32_t surface) const {
    return ground.grid().sheets[surface];
  }
  /// A point of the building among the cells.
  LocalPoint local(LocalPoint point) const {
    return {point.x_m - ground.origin().x_m, point.y_m - ground.origin().y_m};
  }
  LocalPoint centre(std::uint32_t surface, std::size_t cell) const;
  bool fits(const Segment& gap) const {
    return gap.length_m() >= std::max(narrowest_way_m, 2 * body_radius_m) - 1e-3;
  }
  /// What a body's centre can pass of a gap.
  Segment passable_part(const Segment& gap) const;
  /// The cells that can be walked on within `reach_m` of a box.
  std::vector<std::size_t> near(std::uint32_t surface, const LocalBox& box, double reach_m) const;
  /// Walls and slits near a box on a surface: not those of the storeys above and below.
  std::vector<Segment> walls_near(std::uint32_t surface, const LocalBox& box, double reach_m) const;
};

/// Whether no wall crosses a line.
bool sees(const std::vector<Segment>& walls, const Segment& line);
LocalBox box_of(const Segment& segment);

}  // namespace kontwin::crowd
