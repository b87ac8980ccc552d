#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/traffic/network/network.hpp"
#include "scenarios/traffic/vehicle.hpp"

namespace kontwin::traffic {

/// How vehicles know where to turn: single routes, as turns in one pool, and trees that hold the
/// next turn from every link to one destination.
class Guides {
 public:
  explicit Guides(const Network& network) : network_(&network) {}

  /// Adds a route of links that follow each other, first link first; its place in the pool. A route
  /// of one link holds no turn. Throws ScenarioError where two links do not meet in a turn.
  std::uint32_t add_route(std::span<const std::uint32_t> links);

  /// Adds a tree, with no way from anywhere yet; its number.
  std::uint32_t add_tree();
  /// The next turn from the end of each link; arrives at the links of the destination. [link]
  std::span<std::uint32_t> tree(std::uint32_t number) { return trees_[number]; }
  std::span<const std::uint32_t> tree(std::uint32_t number) const { return trees_[number]; }
  std::size_t trees() const { return trees_.size(); }

  /// What a vehicle wants at the end of the link it drives into next. `link`: that link.
  std::uint32_t onward(const Vehicle& vehicle, std::uint32_t link) const {
    if (vehicle.tree != own_route) return trees_[vehicle.tree][link];
    return routes_[vehicle.position + 1];
  }
  /// Asks memory for what onward() will read.
  void fetch_onward(const Vehicle& vehicle, std::uint32_t link) const {
    __builtin_prefetch(vehicle.tree != own_route ? &trees_[vehicle.tree][link]
                                                 : &routes_[vehicle.position + 1]);
  }
  /// Links from the end of a vehicle's link on to its destination, first turn first; for looking
  /// ahead. Stops where no way is known and after `most` links.
  std::vector<std::uint32_t> links_ahead(const Vehicle& vehicle, std::size_t most) const;

 private:
  const Network* network_;
  std::vector<std::uint32_t> routes_;              // a route is: turn, turn, ..., arrives
  std::vector<std::vector<std::uint32_t>> trees_;  // [tree][link]
};

}  // namespace kontwin::traffic
