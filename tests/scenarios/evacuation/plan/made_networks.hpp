#pragma once

#include "scenarios/evacuation/plan/flow_network.hpp"
#include "twin/random.hpp"

namespace kontwin::testing {

/// A network with arcs between nodes drawn at random, capacities to 100, costs to 50; the first
/// node is meant as a source, the last as a sink.
inline evacuation::FlowNetwork random_network(std::uint32_t nodes, std::size_t arcs,
                                              std::uint64_t seed) {
  evacuation::FlowNetwork network;
  network.nodes = nodes;
  RandomStream random(seed, nodes, arcs);
  for (std::size_t arc = 0; arc < arcs; ++arc) {
    const auto from = static_cast<std::uint32_t>(random.below(nodes));
    const auto to = static_cast<std::uint32_t>(random.below(nodes));
    network.add(from, to, static_cast<evacuation::Amount>(random.below(101)),
                static_cast<std::int64_t>(random.below(51)));
  }
  return network;
}

/// A grid of `width` x `height` nodes with arcs both ways, and a source and a sink (the last two
/// nodes) joined to its left and right side: as the generators of the DIMACS challenge make them.
inline evacuation::FlowNetwork grid_network(std::uint32_t width, std::uint32_t height,
                                            std::uint64_t seed) {
  evacuation::FlowNetwork network;
  network.nodes = width * height + 2;
  RandomStream random(seed, width, height);
  const auto amount = [&random](std::uint64_t most) {
    return static_cast<evacuation::Amount>(1 + random.below(most));
  };
  const auto both_ways = [&](std::uint32_t a, std::uint32_t b) {
    network.add(a, b, amount(10000), static_cast<std::int64_t>(random.below(100)));
    network.add(b, a, amount(10000), static_cast<std::int64_t>(random.below(100)));
  };
  for (std::uint32_t y = 0; y < height; ++y) {
    for (std::uint32_t x = 0; x < width; ++x) {
      const std::uint32_t node = y * width + x;
      if (x + 1 < width) both_ways(node, node + 1);
      if (y + 1 < height) both_ways(node, node + width);
    }
    network.add(width * height, y * width, 1'000'000);
    network.add(y * width + width - 1, width * height + 1, 1'000'000);
  }
  return network;
}

}  // namespace kontwin::testing
