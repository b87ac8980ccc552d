#pragma once

#include <filesystem>

#include "io/import/import_report.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// Appends rivers from a GeoJSON file of LineStrings, each drawn downstream. Properties: `name`
/// (required), `flows_into`, `width_m` (30), `bank_depth_m` (2), `bed_m` (a list with one height a
/// point). Without `bed_m` the bed lies `bank_depth_m` below the terrain and never rises
/// downstream; the terrain must be there by then. Points are added so that none are more than
/// `spacing_m` apart. Throws FileError with the feature.
void import_rivers_geojson(const std::filesystem::path& path, WorldParts& parts,
                           double spacing_m = 200, ImportReport* report = nullptr);

}  // namespace kontwin
