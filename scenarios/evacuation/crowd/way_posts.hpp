#pragma once

#include <vector>

#include "scenarios/evacuation/crowd/way_cells.hpp"

namespace kontwin::crowd {

/// A cell near a post at the end of an opening.
struct CellAtPost {
  std::uint32_t cell;
  float x, y;      ///< towards the post, of unit length
  float tangent;   ///< sine of the angle off it at which a body passes the post
  bool wall_left;  ///< whether the walls that begin at the post lie to its left rather
  bool gap_left;   ///< whether the opening does
};

/// A cell before an opening.
struct CellBefore {
  std::uint32_t cell;
  float x, y;  ///< away from the line of the opening, of unit length
  float lean;  ///< sine of the angle off the line at which who came by it walks at least
};

/// The cells of one side of an opening that lie so near to it that a body has to mind its posts and
/// its line.
struct OpeningSide {
  std::vector<CellAtPost> beside;        ///< the opening
  std::vector<CellAtPost> before_posts;  ///< and straight before the opening
  std::vector<CellBefore> before;
};

OpeningSide side_of_opening(const WayCells& cells, std::uint32_t surface, const Segment& gap);

/// Turns the directions beside an opening past its posts, on the side on which the way leads on, so
/// that bodies do not stand against them.
void turn_beside(const OpeningSide& side, WayField& field);

/// Turns the directions before an opening that people came by off its line: on a landing where they
/// turn back beside it smoothed directions would lead back over it, and whoever is pushed back
/// would have to come again.
void turn_off_line(const OpeningSide& side, WayField& field);

/// Turns the directions before an opening past its posts: `through` it, or by it.
void turn_before(const OpeningSide& side, bool through, WayField& field);

}  // namespace kontwin::crowd
