#include "scenarios/flood/finite_volume_blocks.hpp"

#include <algorithm>

namespace kontwin::flood {

void find_active(const Tiling& tiling, std::span<const char> awake, std::span<char> active) {
  std::ranges::copy(awake, active.begin());
  for (std::size_t tile = 0; tile < tiling.size(); ++tile) {
    if (awake[tile] == 0) continue;
    for (const std::size_t other : tiling.neighbours(tile)) {
      if (other != Tiling::none) active[other] = 1;
    }
  }
}

std::vector<TileBlock> blocks_of(const Tiling& tiling, std::span<const char> active) {
  std::vector<TileBlock> blocks;
  constexpr std::size_t no_block = static_cast<std::size_t>(-1);
  // Of each tile, the block whose lower left corner stands in its column and may grow upwards.
  std::vector<std::size_t> growing(tiling.across, no_block);
  for (std::size_t row = 0; row < tiling.up; ++row) {
    std::vector<std::size_t> grown(tiling.across, no_block);
    for (std::size_t column = 0; column < tiling.across;) {
      const std::size_t first = row * tiling.across + column;
      std::size_t across = 0;
      while (column + across < tiling.across && across < TileBlock::most_across &&
             active[first + across] != 0) {
        ++across;
      }
      if (across == 0) {
        ++column;
        continue;
      }
      const std::size_t below = growing[column];
      if (below != no_block && blocks[below].across == across &&
          blocks[below].up < TileBlock::most_up) {
        ++blocks[below].up;
        grown[column] = below;
      } else {
        grown[column] = blocks.size();
        blocks.push_back({.tile = first, .across = across, .up = 1});
      }
      column += across;
    }
    growing = std::move(grown);
  }
  return blocks;
}

Tiling::Cells cells_of(const Tiling& tiling, const TileBlock& block) {
  const auto lower = tiling.cells(block.tile, block.across);
  const auto upper = tiling.cells(block.tile + (block.up - 1) * tiling.across, block.across);
  return {lower.first_column, lower.end_column, lower.first_row, upper.end_row};
}

}  // namespace kontwin::flood
