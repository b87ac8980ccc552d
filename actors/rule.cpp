#include "actors/rule.hpp"

#include <bit>

namespace kontwin {

void Row::set(std::size_t column, double value) {
  // By bits, because NaN over NaN is no change.
  if (std::bit_cast<std::uint64_t>(cells_[column]) == std::bit_cast<std::uint64_t>(value)) return;
  cells_[column] = value;
  changed_.set(column);
}

std::vector<LiveState::Cell> Row::changes() const {
  std::vector<LiveState::Cell> cells;
  cells.reserve(changed_.count());
  for (std::size_t column = 0; column < max_columns; ++column) {
    if (changed_[column]) cells.push_back({column, cells_[column]});
  }
  return cells;
}

void RuleContext::command(Edit edit) {
  for (Edit& earlier : commands_) {
    if (earlier.index() == edit.index()) {
      earlier = std::move(edit);
      return;
    }
  }
  commands_.push_back(std::move(edit));
}

}  // namespace kontwin
