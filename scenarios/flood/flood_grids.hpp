#pragma once

#include <string>
#include <vector>

#include "scenarios/flood/flood_options.hpp"
#include "twin/terrain.hpp"
#include "twin/world.hpp"

namespace kontwin::flood {

/// The cells of an inset: those of its terrain grid that fill whole cells of the outer grid, inside
/// `within` where it says so; with `resample` on the largest cells, no larger than its own, that
/// divide the outer grid's. Throws ScenarioError, saying what is needed, for a grid that is not
/// there, one that reaches outside the outer grid or holds no cell of it, and cells that do not
/// fit.
GridShape inset_shape(const Terrain& terrain, const TerrainGrid& outer, const FloodInset& inset);

/// Whether two insets leave less than a cell of the outer grid between them, where neither could
/// flow to the other.
bool too_near(const GridShape& one, const GridShape& other, double outer_cell_m);

/// The ground a flood runs on: a terrain grid, and its insets behind it. Cells are numbered as
/// those of NestedWater, and those of a grid without insets as in GridShape::at.
class FloodGrids {
 public:
  /// Throws ScenarioError when the world has no grid of the name, when two grids would have one
  /// name, and as inset_shape does. The world must outlive it.
  FloodGrids(const World& world, const FloodOptions& options);

  std::size_t size() const { return 1 + insets_.size(); }
  /// Insets have the name that the options give them.
  const TerrainGrid& grid(std::size_t number) const {
    return number == 0 ? *outer_ : insets_[number - 1];
  }
  const GridShape& shape(std::size_t number) const { return grid(number).elevation_m.shape; }
  /// The first cell of a grid, of one behind the last: the number of cells.
  std::size_t first_cell(std::size_t number) const { return first_cell_[number]; }
  std::size_t cells() const { return first_cell_.back(); }
  /// The finest grid at a place: its number; size() where none is.
  std::size_t finest_at(LocalPoint point) const;
  /// [cell] 1 in rivers' channels.
  const std::vector<char>& channel() const { return channel_; }
  /// [cell] 1 on the outer grid under an inset.
  const std::vector<char>& covered() const { return covered_; }

 private:
  const TerrainGrid* outer_;
  std::vector<TerrainGrid> insets_;
  std::vector<std::size_t> first_cell_;
  std::vector<char> channel_, covered_;
};

}  // namespace kontwin::flood
