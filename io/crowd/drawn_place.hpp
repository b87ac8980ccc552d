#pragma once

#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/evacuation/crowd/building.hpp"

namespace kontwin::crowd {

/// A gap as a file draws it: a line, and which surfaces it joins if the file says so.
struct DrawnGap {
  std::string where;  ///< place in the file, for messages: `plan.geojson: feature 3`
  std::string id;
  bool is_exit = false;
  LocalPoint a, b;
  std::vector<std::string> surfaces;  ///< none: those whose border it lies on
  double flow_limit_ppsm = never_s;
  OpenTime open;
  bool emergency_only = false;
  std::optional<double> foot_m;  ///< its height above datum, where the file says
};

/// Surfaces over one another are twice as far apart or more.
inline constexpr double half_storey_m = 1;

/// Whether a surface is as high as a gap, or nobody knows how high that is.
inline bool is_level_with(const Surface& surface, const DrawnGap& gap) {
  const LocalPoint middle{(gap.a.x_m + gap.b.x_m) / 2, (gap.a.y_m + gap.b.y_m) / 2};
  return !gap.foot_m || std::abs(surface.height_at(middle) - *gap.foot_m) < half_storey_m;
}

/// A polygon on a surface.
struct DrawnPatch {
  enum class Kind : std::uint8_t { area, blockage, obstacle } kind = Kind::area;
  std::string where;
  std::string id;
  Polygon shape;
  std::string surface;  ///< empty: the one under it
  OpenTime blocks;      ///< of a blockage
};

/// A thin wall inside a surface.
struct DrawnWall {
  std::string where;
  std::vector<LocalPoint> line;
  std::string surface;  ///< empty: the one under it
};

/// What files of geometry draw, before it is sorted out what lies on what.
struct DrawnPlace {
  std::string name;
  std::vector<Surface> surfaces;
  std::vector<std::string> where_surfaces;  ///< [surface] its place in the file
  std::vector<DrawnGap> gaps;
  std::vector<DrawnPatch> patches;
  std::vector<DrawnWall> walls;

  void add(Surface surface, std::string where) {
    surfaces.push_back(std::move(surface));
    where_surfaces.push_back(std::move(where));
  }
};

/// Sorts a drawing out. Obstacles and walls (0.1 m thick) are cut out of their surfaces. A gap
/// joins the surfaces whose borders it lies on; where two borders run beside it within 0.6 m, a
/// doorway is put between them: rooms are often drawn to the inner faces of their walls. A gap on
/// no border lies across a surface: a gate. Throws FileError naming the place in the file where
/// that is not clear: a border that crosses itself, a hole outside it, a gap near no surface or
/// near three, a patch on none or on two, an obstacle that cuts its surface in two.
Building sort_out(DrawnPlace drawn);

}  // namespace kontwin::crowd
