#pragma once

#include <filesystem>

#include "scenarios/evacuation/crowd/density_map.hpp"

namespace kontwin::crowd {

/// Draws how crowded each square metre was at most as a PNG picture: Fruin's levels of service with
/// a legend of their bounds, walls, exits by name, axes and a bar in metres. Storeys that lie over
/// one another are side by side. Throws Error when gnuplot refuses, FileError when the file cannot
/// be written.
void draw_density_png(const std::filesystem::path& path, const Building& building,
                      const DensityMap& density);

}  // namespace kontwin::crowd
