#pragma once

#include <vector>

#include "actors/wake.hpp"

namespace kontwin {

/// Finds the rows of a branch whose watched values crossed a line since the last look: one pass
/// over each watched column, comparing levels, without allocation while nothing crosses.
class LineScan {
 public:
  /// Takes `start` as what everyone knows already.
  LineScan(const World& world, const StateTable& start);

  /// Appends what crossed among the entities of `kind`, by column, then row.
  void scan(Kind kind, const StateTable& state, std::vector<Wake>& found);

 private:
  struct Column {
    std::size_t column = 0;
    double hysteresis = 0;
    double step = 0;
    std::vector<double> lines;                   ///< the same for every row, or
    std::vector<std::vector<double>> row_lines;  ///< [line][row]
    std::vector<std::int8_t> levels;             ///< [row]
    std::vector<double> stepped_at;              ///< [row] value at the last step
  };

  Column watch(const World& world, const StateTable& start, Kind kind, const Watch& watch);
  void levels_of(const Column& column, std::span<const double> values,
                 std::span<std::int8_t> levels) const;
  static void find_steps(Kind kind, Column& column, std::span<const double> values,
                         std::vector<Wake>& found);

  std::array<std::vector<Column>, kind_count> columns_;
  std::vector<std::int8_t> after_;
};

}  // namespace kontwin
