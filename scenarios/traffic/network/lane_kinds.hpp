#pragma once

#include <cstdint>
#include <span>

#include "scenarios/traffic/network/vehicle_kind.hpp"

namespace kontwin::traffic {

/// The lanes that a turn is made from when each kind among `wanted` finds one: `lanes`, and for
/// every kind that none of these lets in the nearest one that does, if there is any. Bit 0 is the
/// outermost lane. `kinds`: that may use each lane of the link.
std::uint32_t lanes_for_all(std::uint32_t lanes, std::span<const VehicleKinds> kinds,
                            VehicleKinds wanted);

/// So many lanes, bit by bit; at most 31.
constexpr std::uint32_t all_lanes(std::uint32_t count) { return (1U << count) - 1; }

/// The lane among `lanes` that is the fewest lanes away from one of `from`, as its bit; the outer
/// of two. Both hold at least one.
std::uint32_t nearest_lane(std::uint32_t lanes, std::uint32_t from);

/// The lanes that let a kind in.
std::uint32_t lanes_for(VehicleKind kind, std::span<const VehicleKinds> kinds);

}  // namespace kontwin::traffic
