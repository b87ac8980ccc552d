#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "io/flood/sfincs_text.hpp"
#include "twin/grid_turn.hpp"
#include "twin/raster.hpp"

namespace kontwin::flood {

/// The grid of a case of SFINCS, its mask, and the values that files give to its cells: as text, or
/// with an index of the cells that have any as binary numbers.
class SfincsCells {
 public:
  enum Mask : std::uint8_t { inactive = 0, active = 1, water_level = 2, outflow = 3 };

  /// Throws FileError for a grid that is in degrees or of oblong cells, for files that do
  /// not fit it, and for other values of the mask.
  explicit SfincsCells(const SfincsInput& input);

  /// Along the axes of the grid.
  const GridShape& shape() const { return shape_; }
  /// Of those axes on the plane, about the outer corner of the first cell.
  const GridTurn& turn() const { return turn_; }
  /// [cell]
  const std::vector<std::uint8_t>& mask() const { return mask_; }
  /// A value for each cell that is not inactive; NaN for the others. Throws FileError, naming the
  /// cell, for values that do not lie between `low` and `high`.
  Raster<float> read(const std::filesystem::path& path, double low, double high) const;

 private:
  void read_index(const std::filesystem::path& path);
  template <typename Number>
  std::vector<Number> numbers(const std::filesystem::path& path, std::size_t count) const;
  std::vector<float> text_values(const std::filesystem::path& path) const;

  GridShape shape_;
  GridTurn turn_;
  bool binary_ = true;
  std::vector<std::size_t> cells_;  // that binary files have values for, in their order
  std::vector<std::uint8_t> mask_;
};

}  // namespace kontwin::flood
