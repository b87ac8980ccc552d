#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "twin/geometry.hpp"

namespace kontwin::crowd {

/// A moment or a length of time that is not set.
inline constexpr double never_s = std::numeric_limits<double>::infinity();

/// A polygon with holes. Rings need not repeat their first point and may run either way.
struct Polygon {
  std::vector<LocalPoint> outer;
  std::vector<std::vector<LocalPoint>> holes;
};

/// Ground that people walk on: a floor, a square, a street, a flight of stairs, a ramp. Whatever is
/// not inside it is wall: obstacles are holes. Surfaces may lie over one another in plan when their
/// heights differ by two metres or more. People pass from one surface to another only through an
/// Opening.
struct Surface {
  enum class Kind : std::uint8_t { floor, stairs, ramp };

  std::string id;
  Kind kind = Kind::floor;
  Polygon shape;
  double height_m = 0;  ///< of a floor; of stairs and ramps at `low`
  /// Stairs and ramps: the walking axis from the low to the high end, and the height between them.
  LocalPoint low{}, high{};
  double rise_m = 0;

  /// Height of the ground at a point in plan, metres.
  double height_at(LocalPoint point) const {
    if (kind == Kind::floor) return height_m;
    const double dx = high.x_m - low.x_m, dy = high.y_m - low.y_m;
    const double along = (point.x_m - low.x_m) * dx + (point.y_m - low.y_m) * dy;
    const double share = along / (dx * dx + dy * dy);
    return height_m + rise_m * (share < 0 ? 0 : share > 1 ? 1 : share);
  }
};

/// When something may be passed: from `opens_s` until `closes_s` of the run.
struct OpenTime {
  double opens_s = 0;
  double closes_s = never_s;
  bool at(double time_s) const { return time_s >= opens_s && time_s < closes_s; }
};

/// A gap in the border between two surfaces (or across one, when both are the same): a door, the
/// foot of a stair, the edge of a square.
struct Opening {
  std::string id;
  std::uint32_t surface = 0;  ///< index of the surface on one side
  std::uint32_t beyond = 0;   ///< and on the other
  LocalPoint a, b;            ///< the ends of the gap; it lies on the border of both
  /// The most that pass, persons a second and metre of width; infinity: only people's bodies limit
  /// it. MSC.1/Circ.1533 and hand calculations prescribe one.
  double flow_limit_ppsm = never_s;
  OpenTime open;
};

/// Where people leave: whoever crosses it is out.
struct Exit {
  std::string id;
  std::uint32_t surface = 0;
  LocalPoint a, b;  ///< on the border of its surface
  double flow_limit_ppsm = never_s;
  OpenTime open;
  bool emergency_only = false;  ///< known to those who are familiar or instructed
};

/// A part of a surface with a name: where people start, wait, are counted or measured.
struct Area {
  std::string id;
  std::uint32_t surface = 0;
  Polygon shape;
};

/// Something that comes in the way while people walk: a fire, a fallen wall, a vehicle.
struct Blockage {
  std::string id;
  std::uint32_t surface = 0;
  Polygon shape;
  OpenTime blocks;  ///< stands in the way during this time
};

/// A place that people leave: everything a file of geometry says. Plain data; `problems_of` says
/// what is wrong with it and `Ground` makes it fit to walk on.
struct Building {
  std::string name;
  std::vector<Surface> surfaces;
  std::vector<Opening> openings;
  std::vector<Exit> exits;
  std::vector<Area> areas;
  std::vector<Blockage> blockages;
};

}  // namespace kontwin::crowd
