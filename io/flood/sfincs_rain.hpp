#pragma once

#include "io/flood/flood_case.hpp"
#include "io/flood/sfincs_text.hpp"

namespace kontwin::flood {

/// Reads the rain by place of a case of SFINCS (`netamprfile`), whose grid and axes are read
/// already: `Precipitation` over time, y and x of the plane in mm/h, by straight lines between the
/// middles of its cells, and beyond the outermost as there; each held until the next. Throws
/// FileError for a file that does not say at what moments its rain is.
void read_sfincs_rain_by_place(const SfincsInput& input, FloodCase& flood_case);

}  // namespace kontwin::flood
