#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/synthesis/river_courses.hpp"
#include "io/synthesis/terrain_heights.hpp"
#include "twin/terrain.hpp"

namespace kontwin {

/// A reservoir as the ground cover sees it: upstream of its dam, what lies below its full level.
struct Lake {
  LocalPoint dam;
  double full_level_m = 0;
};

/// Which grids to make.
struct TerrainPlan {
  GridShape province;  ///< columns and rows are multiples of 8
  struct Inset {
    std::string name;
    GridShape shape;
  };
  std::vector<Inset> insets;  ///< finer, inside the province's grid
  std::uint64_t seed = 0;
};

/// Makes the ground from what is known of it: relief shaped by running water between the known
/// heights and rivers, summits at their heights, towns and plains nearly flat at theirs, valley
/// floors, terraces and channels along the rivers, and Manning's roughness by cover (river and lake
/// 0.03, town 0.06, fields 0.045, grass and scrub 0.07, forest 0.10 s/m^(1/3); Chow 1959). No cell
/// of a river's course (course_cells) is higher than the one before it, and no hollow is left. The
/// first grid is named `province`. The same input gives the same bits.
Terrain synthesize_terrain(const TerrainPlan& plan, const std::vector<RiverCourse>& courses,
                           const std::vector<KnownHeight>& heights, const std::vector<Lake>& lakes);

}  // namespace kontwin
