#pragma once

#include <string>

#include "scenarios/evacuation/crowd/building.hpp"

namespace kontwin::crowd {

/// The shape of a surface with its rings mended (polygon_algebra.hpp). Throws FileError, naming
/// `where` and the place, where nobody can say what it encloses: a ring that crosses itself, a hole
/// that lies outside the border, holes that leave nothing to stand on.
Polygon sound_shape(const std::string& where, const std::string& what, const Polygon& shape);

}  // namespace kontwin::crowd
