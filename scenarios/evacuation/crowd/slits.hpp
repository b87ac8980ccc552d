#pragma once

#include <span>
#include <string>

#include "scenarios/evacuation/crowd/ground.hpp"

namespace kontwin::crowd {

/// The slit, or the door or exit that is as narrow, that keeps people on a surface from these ways,
/// for the reader of a message: " (a passage of 0.33 m at (10.00, 5.20) is no way: ...)". Empty
/// where none does.
std::string slit_in_the_way(const Ground& ground, std::uint32_t surface,
                            std::span<const WayField* const> ways);

}  // namespace kontwin::crowd
