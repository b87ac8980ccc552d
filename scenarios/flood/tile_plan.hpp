#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "twin/raster.hpp"

namespace kontwin::flood {

/// The cut of a grid into tiles of at most `columns` x `rows` cells.
struct Tiling {
  static constexpr std::size_t columns = 32;
  static constexpr std::size_t rows = 8;

  explicit Tiling(const GridShape& grid);

  /// The cells of a tile, ends excluded.
  struct Cells {
    std::size_t first_column, end_column, first_row, end_row;
    std::size_t count() const { return (end_column - first_column) * (end_row - first_row); }
  };

  std::size_t size() const { return across * up; }
  /// Of `count` tiles side by side, from `tile` to the right.
  Cells cells(std::size_t tile, std::size_t count = 1) const;
  std::size_t tile_of(std::size_t column, std::size_t row) const {
    return (row / rows) * across + column / columns;
  }
  /// Left, right, lower and upper neighbour; `none` at the grid's edge.
  std::array<std::size_t, 4> neighbours(std::size_t tile) const;
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  std::size_t grid_columns, grid_rows;
  std::size_t across, up;
};

/// How often a tile moves: level l takes steps of 2^l times the shortest.
using Level = std::uint8_t;
inline constexpr Level max_level = 3;
inline constexpr Level asleep = 255;  ///< nothing flows in it

/// What a run of tiles side by side does in the steps of one level, as if they were one tile: long
/// rows are what memory is good at. A face belongs to the faster of its two tiles'
/// levels and to the tile right of it or above it, so it moves once, and both sides take the same
/// water.
struct TileWork {
  static constexpr std::size_t most_tiles = 16;
  std::uint32_t tile = 0;   ///< the first
  std::uint32_t tiles = 1;  ///< how many
  std::size_t x_first,
      x_end;  ///< columns whose left faces it owns in this level, over all its rows
  std::size_t y_first,
      y_end;           ///< rows whose lower faces it owns in this level, over all its columns
  bool left = false;   ///< the faces at its left side move in this level
  bool below = false;  ///< the faces at its lower side move in this level
  bool right = false;  ///< the faces at its right side move in this level
  bool above = false;  ///< the faces at its upper side move in this level
  bool own = false;    ///< it is the tile's own level
  /// True where tiles of several levels meet: fluxes must then be 0 between steps.
  bool mixed = false;
};

/// Planning, rain and what else is done once a round cost little beside so many of the shortest
/// steps; the depth grows little in them.
inline constexpr unsigned steps_a_round = 4;

/// Which tiles move, how often, for one round.
struct TilePlan {
  Level highest = 0;
  unsigned steps = 1;        ///< shortest steps in the round, a multiple of 2^highest
  double step_s = 0;         ///< the shortest step
  std::vector<Level> level;  ///< [tile]
  std::array<std::vector<TileWork>, max_level + 1> at;  ///< [level]
};

/// What a plan is made from.
struct PlanInput {
  std::span<const double> depth_m;  ///< [tile] deepest water
  /// [tile] which neighbours its water stands high enough to reach: bit i for neighbours()[i].
  std::span<const std::uint8_t> reach;
  std::span<const char> fed;  ///< [tile] 1 where a river comes in: always at the shortest step
  double cell_m = 0;
  double courant = 0.7;
  double dry_depth_m = 0.001;
  double longest_step_s = 0;  ///< of the shortest step, for other reasons than waves
  double remaining_s = 0;     ///< the round ends at or before this
};

/// Chooses steps so that gravity waves cross at most `courant` of a cell, levels by depth, and the
/// number of levels that costs the fewest cell updates.
TilePlan plan_round(const Tiling& tiling, const PlanInput& input);

}  // namespace kontwin::flood
