#pragma once

#include "io/flood/flood_case.hpp"
#include "io/flood/sfincs_text.hpp"

namespace kontwin::flood {

/// Reads the pumps, culverts and check valves of a case of SFINCS (`drnfile`), whose grid and axes
/// are read already. A pump takes its discharge as long as there is water; a culvert lets through
/// its capacity times the root of the difference between the levels of its two ends, a check valve
/// not back. Those with an end on no active cell are left out and noted. Throws FileError with the
/// line.
void read_sfincs_drains(const SfincsInput& input, FloodCase& flood_case);

}  // namespace kontwin::flood
