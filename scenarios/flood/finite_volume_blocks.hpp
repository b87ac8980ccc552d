#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "scenarios/flood/finite_volume_rows.hpp"
#include "scenarios/flood/tile_plan.hpp"

namespace kontwin::flood {

/// Tiles side by side and one above the other that a step takes in one go, row by row.
struct TileBlock {
  static constexpr std::size_t most_across = longest_block_row / Tiling::columns;
  static constexpr std::size_t most_up = 8;
  std::size_t tile = 0;  ///< the lower left one
  std::size_t across = 1, up = 1;
};

/// Tiles that are awake, and those a face away from one: water may come to them in a step.
void find_active(const Tiling& tiling, std::span<const char> awake, std::span<char> active);

/// Cuts the active tiles into blocks; depends on nothing else.
std::vector<TileBlock> blocks_of(const Tiling& tiling, std::span<const char> active);

/// The cells of a block, ends excluded.
Tiling::Cells cells_of(const Tiling& tiling, const TileBlock& block);

}  // namespace kontwin::flood
