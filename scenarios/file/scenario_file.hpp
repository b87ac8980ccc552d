#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/file/scenario.hpp"

namespace kontwin {

/// Reads one property of one entity from a file of recorded observations. Given by the caller,
/// because the formats of recorded telemetry are not the scenarios' business. Throws FileError.
using SeriesReader = std::function<TimeSeries(const std::filesystem::path& file,
                                              const std::string& urn, const std::string& property)>;

/// Reads a series of rasters of rain, mm/h, each from its moment on. Given by the caller, too.
/// Throws FileError.
using RainRasterReader = std::function<RainRaster(
    const std::vector<std::pair<Instant, std::filesystem::path>>& files, const World& world)>;

/// Reads the place of a file of a crowd (docs/crowd-files.md). Given by the caller for the same
/// reason. Throws FileError.
using BuildingReader = std::function<crowd::Building(const std::filesystem::path& file)>;

/// Reads a scenario (TOML, see docs/scenarios.md) for a world. Throws FileError with file, line and
/// field for anything that is missing, misspelt, out of range or not in the world.
Scenario load_scenario(const std::filesystem::path& path, const World& world,
                       const SeriesReader& read_series, const RainRasterReader& read_rasters = {},
                       const BuildingReader& read_building = {});

}  // namespace kontwin
