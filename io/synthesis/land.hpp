#pragma once

#include <filesystem>

#include "twin/world.hpp"

namespace kontwin {

/// The land of a world, made from an asset folder: fills `parts`' name, frame, extent, sources,
/// administrative units, rivers and terrain, and nothing else. The same folder gives the same bits.
///
/// Reads world.toml (name, origin, margin, grids), sources.csv, outline.csv, admin_units.csv,
/// rivers.csv, river_points.csv, elevations.csv and reservoirs.csv. Heights between the known ones
/// are synthesised (io/synthesis/terrain_synthesis.hpp). Throws FileError naming file, line and
/// reason when one of them is missing or bad.
void add_land(const std::filesystem::path& folder, WorldParts& parts);

}  // namespace kontwin
