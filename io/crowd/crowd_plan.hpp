#pragma once

#include <filesystem>
#include <optional>
#include <span>

#include "scenarios/evacuation/crowd/run_scenario.hpp"

namespace kontwin::crowd {

/// Draws the plan of a place as an SVG picture: ground, walls, stairs, exits and openings with
/// their names, blockages; with a density map the levels of service A to F of each square metre;
/// with people a dot where each stands. Storeys that lie over one another are drawn side by side.
/// Throws FileError.
void draw_plan(const std::filesystem::path& path, const Building& building,
               const DensityMap* density, std::span<const Person> people);

/// The colour of a level of service, `#bfe3b0`.
const char* colour_of_level(char level);

/// How far the surfaces of each storey are moved to the east so that none covers another.
std::vector<double> storey_shifts(const Building& building);

}  // namespace kontwin::crowd
