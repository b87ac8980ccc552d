#pragma once

#include "io/flood/flood_case.hpp"
#include "io/flood/sfincs_cells.hpp"
#include "io/flood/sfincs_text.hpp"

namespace kontwin::flood {

/// Reads what moves the water of a case of SFINCS, whose ground is there already: levels at
/// boundary cells, discharges, rain and what soaks in, the levels it begins with. Times of its
/// files count from `reference`. Throws FileError.
void read_sfincs_water(const SfincsInput& input, const SfincsCells& cells, Instant reference,
                       FloodCase& flood_case);

}  // namespace kontwin::flood
