#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "scenarios/evacuation/crowd/ground.hpp"
#include "scenarios/evacuation/crowd/ground_walls.hpp"

namespace kontwin::crowd {

/// A passage, a door or an exit that is narrower is no way for anybody on foot, metres: the
/// effective bodies of 99 of 100 adults (radius 0.15 ± 0.012 m) are narrower. Where only some fit
/// through, the others would stand before it for good.
inline constexpr double narrowest_way_m = 0.36;

/// The cells that fields over a ground are computed on. Each surface has a sheet of its own with a
/// rim of two cells that nobody stands on. A cell can be stood on when its centre can. Where a
/// passage that is a way (narrowest_way_m) is narrower than two and a half cells, the cells of that
/// surface are made so much smaller: so no passage falls between two cells. Narrower ones are
/// slits, and no link leads through them.
struct GroundGrid {
  /// Bits of `links`: whether one can walk straight to the next cell's centre.
  static constexpr std::uint8_t west = 1, east = 2, south = 4, north = 8;
  /// Set where one can also walk to the cells to the east, the north and the north-east, each to
  /// each: a square to interpolate on without looking further.
  static constexpr std::uint8_t whole_square = 16;
  /// Set where the cell's centre can be stood on.
  static constexpr std::uint8_t walkable = 32;
  /// Clearance is not told apart beyond this, metres.
  static constexpr float most_clearance_m = 1;

  std::vector<WayField::Sheet> sheets;                     ///< [surface]
  std::shared_ptr<const std::vector<std::uint8_t>> links;  ///< [cell]
  std::vector<float> clearance_m;                          ///< [cell] from the nearest wall
  std::vector<std::vector<Segment>> slits{};               ///< [surface] lines across, from origin

  std::size_t cells() const { return clearance_m.size(); }
};

/// Lays sheets over the surfaces of a building, positions relative to `origin`, no cell wider than
/// `cell_m`. Throws ScenarioError when that takes more than 200 million cells.
std::vector<WayField::Sheet> lay_sheets(const Building& building, LocalPoint origin, double cell_m);

/// Fills the cells of sheets between the walls of a moment.
GroundGrid grid_between(const Building& building, const Passable& passable, LocalPoint origin,
                        std::vector<WayField::Sheet> sheets,
                        const std::vector<std::vector<Segment>>& walls);

/// Passages between two parts of a border that are narrower than `width_m`, each as the line across
/// it.
std::vector<Segment> passages_below(const Polygon& shape, double width_m);

/// The slits of a surface as it is now, as passages_below: those that end at an open door or exit
/// are none.
std::vector<Segment> slits_of(const Building& building, const Passable& passable,
                              std::uint32_t surface);

/// The cell width at which every passage of a surface is seen, at most `cell_m`.
double cell_that_sees_passages_m(const Polygon& shape, double cell_m);

}  // namespace kontwin::crowd
