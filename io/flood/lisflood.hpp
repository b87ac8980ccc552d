#pragma once

#include <filesystem>

#include "io/flood/flood_case.hpp"

namespace kontwin::flood {

/// Reads a case of LISFLOOD-FP from its parameter file (`.par`) and the files that it names:
/// DEMfile, fpfric or manningfile, bcifile and bdyfile, startfile or startelev, rainfall,
/// stagefile (docs/flood-cases.md lists the keywords and what becomes of them). `acceleration` and
/// the diffusive solvers become the inertial scheme, fv1 the finite volume scheme in first order,
/// dg2 and fv2 in second. Throws FileError with the line for what cannot be read, and for keywords
/// that change the flow and that this program does not have, such as channels of a river file.
FloodCase read_lisflood(const std::filesystem::path& path);

}  // namespace kontwin::flood
