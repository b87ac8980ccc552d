#pragma once

#include <optional>
#include <span>
#include <utility>

#include "twin/forcing.hpp"

namespace kontwin::flood {

/// The last stage that a gauge saw in (from, to]; nothing where it saw none.
std::optional<double> stage_seen(
    std::span<const std::pair<std::uint32_t, TimeSeries>> gauge_stage_m, std::uint32_t gauge,
    Instant from, Instant to);

/// The stage of a gauge at a moment between two that it saw, on a straight line; nothing before the
/// first and after the last.
std::optional<double> stage_between(
    std::span<const std::pair<std::uint32_t, TimeSeries>> gauge_stage_m, std::uint32_t gauge,
    Instant at);

}  // namespace kontwin::flood
