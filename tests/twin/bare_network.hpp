#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "twin/random.hpp"
#include "twin/world.hpp"

namespace kontwin::testing {

/// Roads of which no more is known than their junctions, from and to.
inline RoadNetwork bare_network(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& links) {
  RoadNetwork roads;
  for (const auto& [from, to] : links) {
    roads.from.push_back(from);
    roads.to.push_back(to);
  }
  return roads;
}

/// The same with roads between junctions drawn by lot.
inline RoadNetwork random_network(RandomStream& random, std::uint32_t junctions,
                                  std::size_t links) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
  for (std::size_t i = 0; i < links; ++i) {
    ends.emplace_back(random.below(junctions), random.below(junctions));
  }
  return bare_network(ends);
}

}  // namespace kontwin::testing
