#pragma once

#include <filesystem>

#include "io/flood/flood_case.hpp"

namespace kontwin::flood {

/// Reads a case of SFINCS from its input file (`sfincs.inp`) and the files that it names: grid,
/// depths, mask and index, roughness, water levels at boundary cells, discharges, uniform rain,
/// initial levels, thin dams, weirs, observation points and cross-sections (docs/flood-cases.md
/// lists the keywords and what becomes of them). It becomes a case of the inertial scheme. Throws
/// FileError with the line for what cannot be read, and for keywords that change the flow and that
/// this program does not have, such as sub-grid tables or wind.
FloodCase read_sfincs(const std::filesystem::path& path);

}  // namespace kontwin::flood
