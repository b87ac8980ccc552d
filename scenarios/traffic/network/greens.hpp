#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/traffic/network/network.hpp"

namespace kontwin::traffic {

/// Appends when a fixed plan lets a turn of its signal go: stretches of its cycle with the same
/// green, joined.
void append_greens(const Signal& signal, std::uint32_t turn, std::vector<Network::Green>& green);

}  // namespace kontwin::traffic
