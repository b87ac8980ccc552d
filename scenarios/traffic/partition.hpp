#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/traffic/network/network.hpp"

namespace kontwin::traffic {

/// A network cut into parts that advance side by side. A junction belongs to one part, with the
/// ends of the links that come in and the starts of those that go out.
struct Partition {
  std::vector<std::uint32_t> part_of_junction;
  std::vector<std::uint32_t> cut_links;  ///< links between two parts, rising
  std::uint32_t parts = 1;
};

/// Junctions that are kept in one part, and how many lanes they cost as much as besides their own.
struct KeptTogether {
  std::vector<std::uint32_t> junctions;
  double lanes = 0;
};

/// Cuts a network into about `wanted` parts (a power of two) of like size by recursive coordinate
/// bisection (Berger and Bokhari 1987), never through a link that is driven, or whose jam wave
/// runs, in less than `least`, nor between junctions that one signal rules. Depends on nothing but
/// the network and what is to be kept together. Fewer parts where it does not come apart.
Partition cut(const Network& network, std::uint32_t wanted, Micros least,
              std::span<const KeptTogether> together = {});

/// How many parts suit a network of this size, whatever the machine.
std::uint32_t parts_for(const Network& network, std::span<const KeptTogether> together = {});

}  // namespace kontwin::traffic
