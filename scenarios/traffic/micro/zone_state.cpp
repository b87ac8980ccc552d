#include "scenarios/traffic/micro/zone_state.hpp"

#include <algorithm>
#include <utility>

#include "twin/error.hpp"

namespace kontwin::traffic::micro {

ZoneState::ZoneState(ZoneMap with_map, TypeColumns with_types, const MicroOptions& with_options)
    : map(std::move(with_map)),
      types(std::move(with_types)),
      options(with_options),
      step_micros(to_micros(with_options.step_s)),
      lane_begin(map.inside_lanes() + 1, 0),
      lane_mixed(map.inside_lanes(), 0),
      may_use(map.inside_lanes(), all_vehicles),
      sorted_out(map.inside_lanes(), 0),
      metered(map.inside_lanes(), 0),
      under_way(map.movements(), 0),
      group_from(map.movements(), 0),
      first_incoming(map.lanes(), no_row),
      approach(map.movements()),
      next_turn(map.junctions(), 0),
      claims(map.lanes()),
      first_tail(map.inside_lanes(), no_row) {
  for (std::size_t lane = 0; lane < map.inside_lanes(); ++lane) {
    limit_mps.push_back(map.network().free_speed_mps[map.lane[lane].link]);
  }
}

std::uint32_t ZoneState::turn_at_end(std::uint32_t vehicle, std::uint32_t link) const {
  const std::uint32_t turn = ask.next_turn ? ask.next_turn(vehicle, link) : no_row;
  check_turn(vehicle, turn, link);
  return turn;
}

void ZoneState::check_turn(std::uint32_t vehicle, std::uint32_t turn, std::uint32_t link) const {
  const Network& network = map.network();
  const bool leaves_link = turn >= network.turn_begin[link] && turn < network.turn_begin[link + 1];
  if (turn != no_row && !leaves_link) {
    throw ScenarioError("microscopic zone: vehicle " + std::to_string(vehicle) +
                        " wishes for turn row " + std::to_string(turn) +
                        ", which is not one from link " + network.link_id[link]);
  }
}

void ZoneState::choose_movement(std::uint32_t row) {
  Vehicle& vehicle = vehicle_of(row);
  vehicle.movement =
      vehicle.turn == no_row ? no_row : map.movement_of(rows.lane[row], vehicle.turn);
}

void ZoneState::choose_speed(std::uint32_t row) {
  const Vehicle& vehicle = vehicle_of(row);
  constexpr double crawling_mps = 0.1;
  rows.wished_mps[row] =
      std::max(crawling_mps, std::min({limit_mps[rows.lane[row]] * vehicle.speed_factor,
                                       types.top_speed_mps[rows.type[row]], vehicle.most_mps}));
}

void ZoneState::choose_stop(std::uint32_t row) {
  if (!ask.next_stop) return;
  Vehicle& vehicle = vehicle_of(row);
  const double length_m = map.lane[rows.lane[row]].length_m;
  vehicle.stopping = ask.next_stop(vehicle.id, map.lane[rows.lane[row]].link);
  vehicle.stops_until = never;
  if (!vehicle.stops()) return;
  // Before the line, so that it is in nobody's way in the junction.
  vehicle.stopping.at_m =
      std::min(vehicle.stopping.at_m, length_m - 2 * options.junction.stop_margin_m);
  stopping.push_back(rows.slot[row]);
}

void ZoneState::commit(std::uint32_t row) {
  rows.committed[row] = 1;
  Vehicle& vehicle = vehicle_of(row);
  if (vehicle.movement == no_row) return;
  ++under_way[vehicle.movement];
  group_from[vehicle.movement] = vehicle.group_from;
  const std::uint32_t target = map.movement[vehicle.movement].target;
  vehicle.next_incoming = first_incoming[target];
  first_incoming[target] = rows.slot[row];
}

void ZoneState::withdraw(std::uint32_t row) {
  rows.committed[row] = 0;
  const Vehicle& vehicle = vehicle_of(row);
  --under_way[vehicle.movement];
  arrive(rows.slot[row], map.movement[vehicle.movement].target);
}

void ZoneState::arrive(std::uint32_t slot, std::uint32_t target) {
  std::uint32_t* link = &first_incoming[target];
  while (*link != slot) link = &vehicles[*link].next_incoming;
  *link = vehicles[slot].next_incoming;
  vehicles[slot].next_incoming = no_row;
}

void ZoneState::sort_rows() {
  const std::size_t lanes = map.inside_lanes();
  fill_.assign(lanes + 1, 0);
  for (const std::uint32_t lane : rows.lane) {
    if (lane != no_row) ++fill_[lane + 1];
  }
  for (std::size_t lane = 0; lane < lanes; ++lane) fill_[lane + 1] += fill_[lane];
  std::ranges::copy(fill_, lane_begin.begin());
  order_.resize(lane_begin[lanes]);
  // Rows come nearly sorted: each goes past the few that it has overtaken.
  const auto goes_before = [this](std::uint32_t a, std::uint32_t b) {
    if (rows.position_m[a] != rows.position_m[b]) return rows.position_m[a] > rows.position_m[b];
    return vehicle_of(a).number < vehicle_of(b).number;
  };
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    const std::uint32_t lane = rows.lane[row];
    if (lane == no_row) continue;
    std::uint32_t place = fill_[lane]++;
    for (; place > lane_begin[lane] && goes_before(row, order_[place - 1]); --place) {
      order_[place] = order_[place - 1];
    }
    order_[place] = row;
  }
  rows.reorder(order_);
  std::ranges::fill(lane_mixed, 0);
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    vehicles[rows.slot[row]].row = row;
    lane_mixed[rows.lane[row]] |= types.narrow[rows.type[row]];
  }
}

}  // namespace kontwin::traffic::micro
