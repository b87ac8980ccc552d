#pragma once

#include "io/synthesis/terrain_synthesis.hpp"
#include "io/synthesis/terrain_valleys.hpp"

namespace kontwin {

/// Manning's roughness of each cell from what covers it (values: synthesize_terrain). Between a
/// river's banks, where `on_course` is 1 and on reservoirs water; around towns houses; on valley
/// floors and gentle slopes fields; elsewhere forest, thinner on gentle slopes.
Raster<float> roughness(const Raster<float>& surface, const ValleyField& valleys,
                        const std::vector<std::uint8_t>& on_course,
                        const std::vector<RiverCourse>& courses,
                        const std::vector<KnownHeight>& heights, const std::vector<Lake>& lakes,
                        std::uint64_t seed);

}  // namespace kontwin
