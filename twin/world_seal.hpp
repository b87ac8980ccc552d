#pragma once

#include "twin/world.hpp"

namespace kontwin {

/// What a world must have before it is sealed: a terrain whose rasters fit their shape, columns of
/// equal length, rows and sources that exist, roads with two ends, a shape and a length, forbidden
/// turns in order. Throws WorldError that names the first part that has not.
void require_sealable(const WorldParts& parts);

}  // namespace kontwin
