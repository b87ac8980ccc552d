#pragma once

#include <map>

namespace kontwin {

/// Manning's roughness (s/m^(1/3)) by class number of a land cover raster.
using RoughnessTable = std::map<int, float>;

/// Roughness for the eleven classes of ESA WorldCover 10 m (10 tree cover ... 100 moss and lichen):
/// middle values of the ranges for flood plains in Chow (1959), Open-Channel Hydraulics, table 5-6.
const RoughnessTable& worldcover_roughness();

}  // namespace kontwin
