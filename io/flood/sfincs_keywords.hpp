#pragma once

#include <string>
#include <vector>

#include "io/flood/sfincs_text.hpp"

namespace kontwin::flood {

/// Throws FileError, with the line, for a keyword of SFINCS that changes the flow and is not read
/// here. Returns a note for each that is not known.
std::vector<std::string> check_sfincs_keywords(const SfincsInput& input);

}  // namespace kontwin::flood
