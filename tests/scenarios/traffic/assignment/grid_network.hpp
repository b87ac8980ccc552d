#pragma once

#include <vector>

#include "scenarios/traffic/assignment/assignment_network.hpp"
#include "twin/random.hpp"

namespace kontwin::testing {

/// A town of `side` x `side` nodes with links both ways, times and capacities drawn from a seed.
inline traffic::AssignmentNetwork grid_network(std::uint32_t side, std::uint64_t seed = 1) {
  traffic::AssignmentNetwork network;
  network.nodes = std::size_t{side} * side;
  RandomStream random(seed, 0);
  const auto link = [&](std::uint32_t from, std::uint32_t to) {
    network.from.push_back(from);
    network.to.push_back(to);
    const double free = random.uniform(1, 5);
    network.costs.add_bpr(free, 0.15, random.uniform(500, 2000), 4);
  };
  for (std::uint32_t y = 0; y < side; ++y) {
    for (std::uint32_t x = 0; x < side; ++x) {
      const std::uint32_t node = y * side + x;
      if (x + 1 < side) {
        link(node, node + 1);
        link(node + 1, node);
      }
      if (y + 1 < side) {
        link(node, node + side);
        link(node + side, node);
      }
    }
  }
  return network;
}

/// Flows between all pairs of `zones` nodes spread over the network, up to `most` each.
inline std::vector<traffic::OdFlow> all_pairs(const traffic::AssignmentNetwork& network,
                                              std::uint32_t zones, double most,
                                              std::uint64_t seed = 2) {
  std::vector<traffic::OdFlow> pairs;
  RandomStream random(seed, 0);
  const auto node_of = [&](std::uint32_t zone) {
    return static_cast<std::uint32_t>(zone * network.nodes / zones);
  };
  for (std::uint32_t from = 0; from < zones; ++from) {
    for (std::uint32_t to = 0; to < zones; ++to) {
      if (from != to) pairs.push_back({node_of(from), node_of(to), random.uniform(0, most)});
    }
  }
  return pairs;
}

}  // namespace kontwin::testing
