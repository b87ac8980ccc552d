#pragma once

#include <filesystem>
#include <utility>
#include <vector>

#include "io/flood/flood_case.hpp"
#include "twin/rain_raster.hpp"

namespace kontwin::flood {

/// Reads rain by place, mm/h, as rain_bands says, onto the cells of the first of its files along
/// the case's plane; not a number where a file has none. Throws FileError, naming the place, for
/// rain below 0 or above 1000 mm/h.
RainRaster read_case_rain(const std::vector<std::pair<Instant, std::filesystem::path>>& files,
                          const FloodCase& flood_case);

}  // namespace kontwin::flood
