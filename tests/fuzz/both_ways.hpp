#pragma once

#include <string>
#include <utility>

#include "scenarios/traffic/network/network_parts.hpp"

namespace kontwin::fuzz {

/// Adds the links between two junctions of a network, named `0-1` and `1-0` by their rows.
inline void add_both_ways(traffic::NetworkParts& parts, std::uint32_t here, std::uint32_t there) {
  for (const auto& [from, to] : {std::pair(here, there), std::pair(there, here)}) {
    traffic::LinkPart link;
    link.id = std::to_string(from) + "-" + std::to_string(to);
    link.from = from;
    link.to = to;
    link.free_speed_mps = 10;
    parts.links.push_back(link);
  }
}

}  // namespace kontwin::fuzz
