#pragma once

#include <cmath>
#include <span>
#include <vector>

namespace kontwin {

/// A place on the earth, WGS 84, degrees.
struct GeoPoint {
  double longitude_deg = 0;
  double latitude_deg = 0;
  friend bool operator==(const GeoPoint&, const GeoPoint&) = default;
};

/// A place in the world's local projected frame, metres: x to the east, y to the north.
struct LocalPoint {
  double x_m = 0;
  double y_m = 0;
  friend bool operator==(const LocalPoint&, const LocalPoint&) = default;
};

/// An axis-aligned rectangle in the local frame, metres.
struct LocalBox {
  double min_x_m = 0, min_y_m = 0, max_x_m = 0, max_y_m = 0;

  bool contains(LocalPoint point) const {
    return point.x_m >= min_x_m && point.x_m <= max_x_m && point.y_m >= min_y_m &&
           point.y_m <= max_y_m;
  }
};

inline double distance_m(LocalPoint a, LocalPoint b) {
  return std::hypot(b.x_m - a.x_m, b.y_m - a.y_m);
}

/// The length of a polyline, metres.
double length_m(std::span<const LocalPoint> polyline);

/// The point `along_m` metres from the start of a polyline of at least one point, held to its ends.
LocalPoint point_along(std::span<const LocalPoint> polyline, double along_m);

/// Where a point meets a polyline.
struct Foot {
  LocalPoint point;       ///< the nearest point on the polyline
  double distance_m = 0;  ///< from the point to it
  double along_m = 0;     ///< from the start of the polyline to it
};

/// The nearest place to `point` on a polyline of at least one point.
Foot nearest_on(std::span<const LocalPoint> polyline, LocalPoint point);

/// True when `point` lies inside the ring (even-odd rule; the ring need not repeat its first
/// point).
bool inside(std::span<const LocalPoint> ring, LocalPoint point);

/// The area a ring encloses, square metres, never negative.
double area_m2(std::span<const LocalPoint> ring);

}  // namespace kontwin
