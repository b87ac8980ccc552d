#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "twin/frame.hpp"

/// What the file of an evacuation's plan calls things, for whoever reads and writes it.
namespace kontwin::plan_terms {

/// No moment of a plan lies later after the first order.
inline constexpr double longest_s = 30 * 24 * 3600.0;

inline constexpr std::array<std::pair<std::string_view, Mover::Kind>, 4> round_vehicles{
    {{"bus", Mover::Kind::bus},
     {"boat", Mover::Kind::boat},
     {"car", Mover::Kind::car},
     {"lorry", Mover::Kind::lorry}}};

}  // namespace kontwin::plan_terms
