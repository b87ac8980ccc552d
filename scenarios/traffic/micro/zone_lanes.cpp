// A zone whose lanes close, open and change hands.
#include <algorithm>
#include <functional>

#include "scenarios/traffic/micro/zone_state.hpp"

namespace kontwin::traffic::micro {

void ZoneState::settle_lanes(std::uint32_t link) {
  const std::uint32_t first = map.first_lane(link);
  const std::uint32_t end = first + map.lane[first].lanes;
  const auto kinds = std::span(may_use).subspan(first, end - first);
  const bool differ = std::ranges::adjacent_find(kinds, std::not_equal_to()) != kinds.end();
  const bool none_open = std::ranges::count(kinds, 0) == std::ssize(kinds);
  bool changed = false;
  for (std::uint32_t lane = first; lane < end; ++lane) {
    sorted_out[lane] = differ ? 1 : 0;
    const bool closed = !none_open && may_use[lane] == 0;
    changed |= closed != map.lane[lane].closed;
    map.lane[lane].closed = closed;
  }
  if (!changed) return;
  map.fit_movements();
  redirect_shut();
}

void ZoneState::redirect_shut() {
  const auto waits_for = [this](std::uint32_t which) {
    std::uint32_t slot = first_incoming[map.movement[which].target];
    while (slot != no_row && vehicles[slot].movement != which) slot = vehicles[slot].next_incoming;
    return slot != no_row;
  };
  const auto redirected = std::erase_if(map.shut, [&](std::uint32_t which) {
    if (waits_for(which)) return false;
    map.redirect(which);
    return true;
  });
  if (redirected == 0) return;
  map.find_foes();
  first_incoming.resize(map.lanes(), no_row);
  claims.resize(map.lanes());
}

void ZoneState::lay_out(std::vector<BorrowedLanes> borrowed) {
  ZoneMap next = map.with_borrowed(std::move(borrowed), options.junction);
  std::vector<std::uint32_t> lane_row, movement_row;
  for (std::uint32_t row = 0; row < map.lanes(); ++row) {
    lane_row.push_back(next.same_lane(map, row));
  }
  for (std::uint32_t row = 0; row < map.movements(); ++row) {
    movement_row.push_back(next.same_movement(map, row));
  }
  const auto move = [](auto& column, const std::vector<std::uint32_t>& where, std::size_t size,
                       auto fresh) {
    auto before = std::move(column);
    column.assign(size, fresh);
    for (std::size_t row = 0; row < before.size(); ++row) {
      if (where[row] != no_row) column[where[row]] = std::move(before[row]);
    }
  };
  const std::size_t inside = next.inside_lanes();
  move(limit_mps, lane_row, inside, 0.0);
  move(may_use, lane_row, inside, VehicleKinds{0});
  move(metered, lane_row, inside, std::uint8_t{0});
  move(first_tail, lane_row, inside, no_row);
  move(first_incoming, lane_row, next.lanes(), no_row);
  move(claims, lane_row, next.lanes(), Claim{});
  move(under_way, movement_row, next.movements(), 0U);
  move(group_from, movement_row, next.movements(), std::uint64_t{0});
  move(approach, movement_row, next.movements(), Approach{});
  for (std::uint32_t& lane : rows.lane) lane = lane_row[lane];
  for (Vehicle& vehicle : vehicles) {
    if (vehicle.movement != no_row) vehicle.movement = movement_row[vehicle.movement];
  }
  for (Tail& tail : tails) {
    tail.lane = lane_row[tail.lane];
    tail.movement = movement_row[tail.movement];
  }
  map = std::move(next);
  sorted_out.assign(inside, 0);
  lane_mixed.assign(inside, 0);
  lane_begin.assign(inside + 1, 0);
  for (const std::uint32_t link : map.links()) {
    const std::uint32_t first = map.first_lane(link);
    for (std::uint32_t lane = first; lane < first + map.lane[first].lanes; ++lane) {
      limit_mps[lane] = limit_mps[first];
      metered[lane] = metered[first];
    }
    settle_lanes(link);
  }
  redirect_shut();
  sort_rows();
}

bool ZoneState::is_empty(std::uint32_t lane) const {
  if (lane_begin[lane] != lane_begin[lane + 1] || first_incoming[lane] != no_row) return false;
  const std::uint32_t first = map.lane[lane].first_movement;
  const std::uint32_t link = map.lane[lane].link;
  const std::uint32_t turns = map.network().turn_begin[link + 1] - map.network().turn_begin[link];
  return std::all_of(under_way.begin() + first, under_way.begin() + first + turns,
                     [](std::uint32_t vehicles_on_it) { return vehicles_on_it == 0; });
}

}  // namespace kontwin::traffic::micro
