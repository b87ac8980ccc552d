// Lanes of a zone that close, open and change hands.
#include <algorithm>

#include "scenarios/traffic/micro/zone_map.hpp"
#include "scenarios/traffic/network/lane_kinds.hpp"

namespace kontwin::traffic::micro {

std::uint32_t ZoneMap::borrowed_by(std::uint32_t link) const {
  const auto found = std::ranges::find(borrowed_, link, &BorrowedLanes::link);
  return found == borrowed_.end() ? 0 : found->lanes;
}

std::uint32_t ZoneMap::open_lanes(std::uint32_t link) const {
  const std::uint32_t first = first_lane_of_link_[link];
  if (first == no_row) return all_lanes(network_->lanes_of(link));
  std::uint32_t open = 0;
  for (std::uint32_t beside = 0; beside < lane[first].lanes; ++beside) {
    if (!lane[first + beside].closed) open |= 1U << beside;
  }
  return open;
}

void ZoneMap::choose_lanes(Movement& made) const {
  const ZoneLane& from = lane[made.lane];
  const std::uint32_t own = network_->lanes_of(from.link);
  std::uint32_t lanes = network_->turn_lanes[made.turn];
  // What is borrowed leads where the lane beside it does.
  if (((lanes >> (own - 1)) & 1U) != 0) lanes |= all_lanes(from.lanes) & ~all_lanes(own);
  const std::uint32_t open = open_lanes(from.link);
  made.lanes = (lanes & open) != 0 ? lanes & open : lanes == 0 ? 0 : nearest_lane(open, lanes);
  // Who is on a lane that closed may leave it as before.
  made.proper = (((lanes | made.lanes) >> from.beside) & 1U) != 0;
}

std::uint32_t ZoneMap::target_of(const Movement& made) {
  const std::uint32_t to = network_->turn_to[made.turn];
  const std::uint32_t beside =
      target_lane(*network_, made.turn, lane[made.lane].beside, made.lanes, open_lanes(to));
  return first_lane_of_link_[to] != no_row ? first_lane_of_link_[to] + beside
                                           : outside_lane(network_->lane_begin[to] + beside);
}

void ZoneMap::fit_movements() {
  shut.clear();
  for (std::uint32_t which = 0; which < movement.size(); ++which) {
    choose_lanes(movement[which]);
    movement[which].shut = target_of(movement[which]) != movement[which].target;
    if (movement[which].shut) shut.push_back(which);
  }
  find_foes();
}

void ZoneMap::redirect(std::uint32_t which) {
  movement[which].target = target_of(movement[which]);
  movement[which].shut = false;
}

std::uint32_t ZoneMap::same_lane(const ZoneMap& other, std::uint32_t row) {
  const ZoneLane& there = other.lane[row];
  if (!there.inside) return outside_lane(there.network_lane);
  const std::uint32_t first = first_lane_of_link_[there.link];
  return there.beside < lane[first].lanes ? first + there.beside : no_row;
}

std::uint32_t ZoneMap::same_movement(const ZoneMap& other, std::uint32_t which) {
  const std::uint32_t from = same_lane(other, other.movement[which].lane);
  return from == no_row ? no_row : movement_of(from, other.movement[which].turn);
}

ZoneMap ZoneMap::with_borrowed(std::vector<BorrowedLanes> borrowed,
                               const JunctionOptions& options) const {
  ZoneMap made(network_, links_, options, std::move(borrowed));
  for (std::uint32_t row = 0; row < inside_; ++row) {
    const std::uint32_t same = made.same_lane(*this, row);
    if (same != no_row) made.lane[same].closed = lane[row].closed;
  }
  for (std::uint32_t which = 0; which < movement.size(); ++which) {
    const std::uint32_t same = made.same_movement(*this, which);
    if (same == no_row) continue;
    const std::uint32_t target = made.same_lane(*this, movement[which].target);
    if (target != no_row) made.movement[same].target = target;
  }
  made.fit_movements();
  return made;
}

}  // namespace kontwin::traffic::micro
