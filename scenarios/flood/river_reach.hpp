#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "twin/world.hpp"

namespace kontwin::flood {

/// A place on a river's line.
struct RiverSpot {
  const River* river = nullptr;
  double along_m = 0;     ///< from the start of its line
  double distance_m = 0;  ///< from the place that was asked for
};

/// A river's channel at a place of its line.
struct Channel {
  LocalPoint point;
  LocalPoint downstream;  ///< unit vector
  double bed_m = 0;
  double width_m = 0;
  double bank_depth_m = 0;
  double slope = 0;  ///< fall of the bed over the kilometre around, at least 1e-4
};

/// The nearest place of the named river, or of any where the name is empty or unknown; nothing when
/// none comes within `within_m`.
std::optional<RiverSpot> find_river(const World& world, const std::string& name, LocalPoint place,
                                    double within_m);

Channel channel_at(const River& river, double along_m);

/// The river whose line this one's ends at, and where; nothing at the world's edge.
std::optional<RiverSpot> mouth_of(const World& world, const River& river);

/// Where water that is at `from` first lies on a grid, `margin_cells` inside its edge, following
/// the rivers down; `distance_m` is how far it ran. Nothing when it never comes there.
std::optional<RiverSpot> entry_into(const World& world, const RiverSpot& from,
                                    const GridShape& grid, double margin_cells);

/// The cells of a grid that a river's channel covers at a place of its line: those across the river
/// within its width and about a cell along it. At least one where the place lies on the grid.
std::vector<std::size_t> channel_cells_at(const GridShape& grid, const River& river,
                                          double along_m);

/// A cell of a channel and the place of the river's line it was found from.
struct ChannelCell {
  std::size_t cell = 0;
  double along_m = 0;
  double bed_m = 0;  ///< of the river there
};

/// The channel's cells along a stretch of the line, downstream; a cell may come more than once.
std::vector<ChannelCell> channel_cells_along(const GridShape& grid, const River& river,
                                             double from_m, double to_m);

/// All cells that any river's channel covers, 1 or 0 for each cell of the grid.
std::vector<char> channel_mask(const World& world, const GridShape& grid);

}  // namespace kontwin::flood
