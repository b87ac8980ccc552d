#include "scenarios/slope/debris_book.hpp"

#include <algorithm>

#include "twin/schema.hpp"

namespace kontwin::slope {

DebrisBook::DebrisBook(const World& world, const StateTable& state)
    : world_(world), until_(world.roads().links(), Instant::min()), blocked_h_(until_.size(), 0) {
  const auto debris = state.column(Kind::road, road_column::debris);
  for (std::size_t road = 0; road < until_.size(); ++road) {
    if (debris[road] == 1) until_[road] = Instant::max();
  }
}

void DebrisBook::set(StateTable& state, std::uint32_t road, Instant until) {
  until_[road] = until;
  state.at({Kind::road, road}, road_column::debris) = until == Instant::min() ? 0 : 1;
}

void DebrisBook::block(StateTable& state, std::uint32_t road, Instant until) {
  const std::uint32_t back = world_.roads().opposite[road];
  set(state, road, std::max(until, until_[road]));
  if (back != no_row) set(state, back, until_[road]);
  if (until != Instant::max()) waiting_.push_back(road);
}

void DebrisBook::clear(StateTable& state, std::uint32_t road) {
  const std::uint32_t back = world_.roads().opposite[road];
  set(state, road, Instant::min());
  if (back != no_row) set(state, back, Instant::min());
}

void DebrisBook::clear_due(StateTable& state, Instant now) {
  std::erase_if(waiting_, [&](std::uint32_t road) {
    if (until_[road] > now) return until_[road] == Instant::max();
    if (until_[road] != Instant::min()) clear(state, road);
    return true;
  });
}

void DebrisBook::pass(double hours) {
  for (std::size_t road = 0; road < until_.size(); ++road) {
    if (until_[road] != Instant::min()) blocked_h_[road] += hours;
  }
}

std::size_t DebrisBook::blocked() const {
  std::size_t count = 0;
  for (std::uint32_t road = 0; road < until_.size(); ++road) {
    const std::uint32_t back = world_.roads().opposite[road];
    count += until_[road] != Instant::min() && !(back != no_row && back < road) ? 1 : 0;
  }
  return count;
}

}  // namespace kontwin::slope
