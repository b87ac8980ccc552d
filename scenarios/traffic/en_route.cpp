#include "scenarios/traffic/en_route.hpp"

#include <algorithm>
#include <limits>
#include <vector>

#include "twin/random.hpp"

namespace kontwin::traffic {

namespace {

constexpr std::uint64_t en_route_purpose = 112;
constexpr std::size_t drivers_a_part = 64;
/// Who has waited so long at the end of a link stands in a queue.
constexpr Micros stands_after = 60 * static_cast<Micros>(micros_per_second);

struct Driver {
  std::uint32_t slot, lane;
};

/// The better way of a driver, the link it is on first; empty where its own is good enough. It does
/// not change lanes: what its lane does not lead to is a way from the end of the next link on only.
std::vector<std::uint32_t> better_way(const Simulation& simulation, const EnRouteOptions& options,
                                      const Driver& driver) {
  const Network& network = simulation.network();
  const Vehicle& vehicle = simulation.queues().vehicle(driver.slot);
  const Destination& to = simulation.driver(driver.slot).to;
  const std::uint32_t here = network.lane_link[driver.lane];
  const auto ahead =
      simulation.guides().links_ahead(vehicle, std::numeric_limits<std::size_t>::max());
  if (ahead.empty()) return {};
  const RouteBook& book = simulation.book();
  double left_s = 0;
  for (const std::uint32_t link : ahead) left_s += book.link_time_s(link, vehicle.kind, true);
  // Where the own way is shut, any open one is better.
  const double limit_s = left_s < unreachable ? left_s - std::max(options.least_gain_s,
                                                                  options.least_gain_share * left_s)
                                              : unreachable;
  if (!(limit_s > 0)) return {};
  // A link that was shut behind a vehicle is of no concern to it.
  const double here_s = book.link_time_s(here, vehicle.kind, true);
  if (here_s < unreachable) {
    auto way = book.route(here, to, vehicle.kind, true, limit_s + here_s);
    if (way.size() < 2) return {};
    const std::uint32_t turn = network.find_turn(here, way[1]);
    const std::uint32_t in_link = driver.lane - network.lane_begin[here];
    if (((network.turn_lanes[turn] >> in_link) & 1U) != 0) return way;
  }
  auto way = book.route(ahead.front(), to, vehicle.kind, true, limit_s);
  if (!way.empty()) way.insert(way.begin(), here);
  return way;
}

}  // namespace

std::size_t choose_en_route(Simulation& simulation, const EnRouteOptions& options,
                            std::uint64_t seed, ComputeArena& arena) {
  if (!(options.share > 0)) return 0;
  const Network& network = simulation.network();
  LaneQueues& queues = simulation.queues();
  std::vector<Driver> drivers;
  for (std::uint32_t lane = 0; lane < network.lanes(); ++lane) {
    queues.for_each_on(lane, [&](std::uint32_t slot) {
      if (queues.vehicle(slot).tree != own_route) return;
      RandomStream random(seed, simulation.driver(slot).number, en_route_purpose);
      if (random.uniform() < options.share) drivers.push_back({slot, lane});
    });
  }
  std::vector<std::vector<std::uint32_t>> ways(drivers.size());
  arena.for_each_part((drivers.size() + drivers_a_part - 1) / drivers_a_part,
                      [&](std::size_t part) {
                        const std::size_t begin = part * drivers_a_part;
                        const std::size_t end = std::min(drivers.size(), begin + drivers_a_part);
                        for (std::size_t i = begin; i < end; ++i) {
                          ways[i] = better_way(simulation, options, drivers[i]);
                        }
                      });
  std::size_t changed = 0;
  for (std::size_t i = 0; i < drivers.size(); ++i) {
    if (ways[i].empty()) continue;
    const auto& [slot, lane] = drivers[i];
    const std::uint32_t turn = network.find_turn(ways[i][0], ways[i][1]);
    if (!queues.change_turn(lane, slot, turn, simulation.now())) continue;
    // Its place in the pool is that of the turn at the end of its link, behind the start.
    queues.vehicle(slot).position = simulation.guides().add_route(ways[i]) + 1;
    ++changed;
  }
  return changed;
}

std::size_t turn_elsewhere(Simulation& simulation) {
  const Network& network = simulation.network();
  LaneQueues& queues = simulation.queues();
  struct Change {
    std::uint32_t lane, slot, turn;
  };
  std::vector<Change> changes;
  for (std::uint32_t lane = 0; lane < network.lanes(); ++lane) {
    const std::uint32_t link = network.lane_link[lane];
    const std::uint32_t in_link = lane - network.lane_begin[link];
    queues.for_each_on(lane, [&](std::uint32_t slot) {
      const Vehicle& vehicle = queues.vehicle(slot);
      if (vehicle.tree == own_route || !simulation.driver(slot).informed) return;
      if (simulation.now() - vehicle.ready < stands_after) return;
      const std::uint32_t turn = simulation.guides().tree(vehicle.tree)[link];
      if (vehicle.turn == arrives || turn == vehicle.turn || turn >= network.turns()) return;
      const bool leads_there = ((network.turn_lanes[turn] >> in_link) & 1U) != 0;
      if (leads_there) changes.push_back({lane, slot, turn});
    });
  }
  std::size_t changed = 0;
  for (const Change& one : changes) {
    if (queues.change_turn(one.lane, one.slot, one.turn, simulation.now())) ++changed;
  }
  return changed;
}

}  // namespace kontwin::traffic
