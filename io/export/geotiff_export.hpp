#pragma once

#include <filesystem>
#include <string>

#include "twin/grid_turn.hpp"
#include "twin/local_frame.hpp"
#include "twin/raster.hpp"

namespace kontwin {

/// Writes a raster as a GeoTIFF of float32 in the local frame (a transverse Mercator on WGS 84,
/// which GIS programs reproject by themselves): deflated, north up, with NaN for no data, `name` as
/// its band's description and `unit` as its unit. The file is there whole or not at all; the same
/// values give the same bytes. Throws FileError when it cannot be written.
void write_geotiff(const Raster<float>& raster, const LocalFrame& frame, const std::string& name,
                   const std::string& unit, const std::filesystem::path& path);

/// The same on a plane that any text says which PROJ reads (empty: the file names none), with the
/// axes of the grid turned on it.
void write_geotiff(const Raster<float>& raster, const std::string& plane, const std::string& name,
                   const std::string& unit, const std::filesystem::path& path,
                   const GridTurn& turn = {});

}  // namespace kontwin
