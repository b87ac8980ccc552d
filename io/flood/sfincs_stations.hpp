#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "io/flood/sfincs_text.hpp"

namespace kontwin::flood {

/// Places with a quantity over time each.
struct SfincsStations {
  std::vector<SfincsPoint> points;  ///< along the axes of a grid that is turned
  std::vector<TimeSeries> series;   ///< [point]
};

/// Reads the stations of a netCDF file of SFINCS (`netbndbzsbzifile`, `netsrcdisfile`): `x` and `y`
/// [stations] on the plane, `time` with a unit by CF, and `variable` [time, stations]. Throws
/// FileError for what is missing, does not fit, is not a number or lies below `lowest`, for times
/// that do not rise, and for waves (`zi`).
SfincsStations read_sfincs_stations(const std::filesystem::path& path, const std::string& variable,
                                    double lowest, const GridTurn& turn);

}  // namespace kontwin::flood
