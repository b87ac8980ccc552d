#pragma once

#include <array>
#include <span>
#include <vector>

#include "twin/entity_ref.hpp"
#include "twin/schema.hpp"

namespace kontwin {

class World;

/// The current values of all entities, as columns: one block of doubles, so that a copy (a fork, a
/// snapshot, a frame) is one copy of memory. A plain value: it knows nothing of threads. Which code
/// may write which column is said by the schema.
class StateTable {
 public:
  StateTable() = default;
  /// Every cell "not known" (NaN) but for the resting state: roads open at full capacity and their
  /// free speed, signals and facilities working, people at home, nobody on the move, no water.
  explicit StateTable(const World& world);
  /// Every cell NaN, for tables of `rows[kind]` rows.
  explicit StateTable(const std::array<std::size_t, kind_count>& rows);

  std::size_t rows(Kind kind) const { return layout_[index_of(kind)].rows; }
  /// All cells of all kinds.
  std::size_t cells() const { return cells_.size(); }
  std::span<const double> all() const { return cells_; }
  std::span<double> all() { return cells_; }

  /// One column of a kind, one cell a row. `column` as in the `..._column` lists of the schema.
  std::span<double> column(Kind kind, std::size_t column) {
    const Layout& layout = layout_[index_of(kind)];
    return std::span(cells_).subspan(layout.begin + column * layout.rows, layout.rows);
  }
  std::span<const double> column(Kind kind, std::size_t column) const {
    const Layout& layout = layout_[index_of(kind)];
    return std::span(cells_).subspan(layout.begin + column * layout.rows, layout.rows);
  }
  double& at(EntityRef ref, std::size_t column) { return cells_[cell(ref, column)]; }
  double at(EntityRef ref, std::size_t column) const { return cells_[cell(ref, column)]; }

  /// The position of a cell in all().
  std::size_t cell(EntityRef ref, std::size_t column) const {
    const Layout& layout = layout_[index_of(ref.kind)];
    return layout.begin + column * layout.rows + ref.row;
  }

 private:
  struct Layout {
    std::size_t begin = 0;
    std::size_t rows = 0;
  };
  std::array<Layout, kind_count> layout_{};
  std::vector<double> cells_;
};

}  // namespace kontwin
