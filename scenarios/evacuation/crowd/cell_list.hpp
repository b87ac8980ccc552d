#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/compute_arena.hpp"
#include "scenarios/evacuation/crowd/pedestrians.hpp"

namespace kontwin::crowd {

/// People nearer in height than this see and touch each other; so do people and walls.
inline constexpr float same_level_m = 1.2F;

/// The box that cells divide: metres from the ground's origin, and heights above datum.
struct CellBox {
  float x0_m = 0, y0_m = 0, z0_m = 0;
  float x1_m = 0, y1_m = 0, z1_m = 0;
};

/// How the box is divided. Cells are long bands of people: wide in y, narrow in x, so that whoever
/// is near lies in a few stretches of the columns; floors over one another are apart.
struct CellGrid {
  float x0_m = 0, y0_m = 0, z0_m = 0;
  float per_m_x = 1, per_m_y = 1, per_m_z = 1;  ///< cells a metre
  std::int32_t columns = 1, rows = 1, storeys = 1;
  bool levels = false;  ///< whether two people may be near in plan and far in height

  static std::int32_t within(float cell, std::int32_t count) {
    // Also for what is not a number: such a cell is the first.
    if (!(cell > 0)) return 0;
    return cell < static_cast<float>(count) ? static_cast<std::int32_t>(cell) : count - 1;
  }
  std::int32_t column(float x) const { return within((x - x0_m) * per_m_x, columns); }
  std::int32_t row(float y) const { return within((y - y0_m) * per_m_y, rows); }
  std::int32_t storey(float z) const { return within((z - z0_m) * per_m_z, storeys); }
  std::size_t cell(std::int32_t storey_, std::int32_t row_, std::int32_t column_) const {
    return (static_cast<std::size_t>(storey_) * static_cast<std::size_t>(rows) +
            static_cast<std::size_t>(row_)) *
               static_cast<std::size_t>(columns) +
           static_cast<std::size_t>(column_);
  }
};

/// Sorts people by cell, those of a cell in the order they had (counting sort): the same on any
/// number of threads.
class CellList {
 public:
  /// Whoever is outside the box counts to its nearest cell.
  explicit CellList(const CellBox& box);

  const CellGrid& grid() const { return grid_; }
  /// First row of each cell, and one more. Valid after `sort`.
  const std::vector<std::uint32_t>& begin() const { return begin_; }
  void sort(Pedestrians& people, ComputeArena& arena);

 private:
  CellGrid grid_;
  std::vector<std::uint32_t> begin_, key_, target_;
  Pedestrians sorted_;
};

/// Rows that a part of a parallel step works on.
inline constexpr std::size_t people_per_part = 256;
inline std::size_t parts_of(std::size_t people) {
  return (people + people_per_part - 1) / people_per_part;
}

}  // namespace kontwin::crowd
