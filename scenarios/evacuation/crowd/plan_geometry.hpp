#pragma once

#include <algorithm>
#include <cmath>
#include <optional>

#include "scenarios/evacuation/crowd/building.hpp"

namespace kontwin::crowd {

/// A straight piece between two points in plan.
struct Segment {
  LocalPoint a, b;
  double length_m() const { return distance_m(a, b); }
  LocalPoint at(double share) const {
    return {a.x_m + share * (b.x_m - a.x_m), a.y_m + share * (b.y_m - a.y_m)};
  }
};

/// Twice the signed area of the triangle a, b, p: positive when p lies to the left of a → b.
inline double side_of(LocalPoint a, LocalPoint b, LocalPoint p) {
  return (b.x_m - a.x_m) * (p.y_m - a.y_m) - (b.y_m - a.y_m) * (p.x_m - a.x_m);
}

/// The share of the way from a to b at which a segment passes nearest to a point, 0 to 1.
inline double nearest_share(const Segment& segment, LocalPoint p) {
  const double dx = segment.b.x_m - segment.a.x_m, dy = segment.b.y_m - segment.a.y_m;
  const double squared = dx * dx + dy * dy;
  if (squared <= 0) return 0;
  return std::clamp(((p.x_m - segment.a.x_m) * dx + (p.y_m - segment.a.y_m) * dy) / squared, 0.0,
                    1.0);
}

/// Distance from a point to a segment, metres.
inline double distance_m(const Segment& segment, LocalPoint p) {
  return distance_m(segment.at(nearest_share(segment, p)), p);
}

/// True when two segments cross or touch.
inline bool crosses(const Segment& one, const Segment& other) {
  const double a = side_of(one.a, one.b, other.a), b = side_of(one.a, one.b, other.b);
  const double c = side_of(other.a, other.b, one.a), d = side_of(other.a, other.b, one.b);
  return ((a <= 0 && b >= 0) || (a >= 0 && b <= 0)) && ((c <= 0 && d >= 0) || (c >= 0 && d <= 0)) &&
         !(a == 0 && b == 0);
}

/// True when a point lies inside a polygon and in none of its holes.
bool contains(const Polygon& polygon, LocalPoint point);

/// Area of a polygon without its holes, m².
double area_m2(const Polygon& polygon);

/// The box around the outer ring.
LocalBox box_of(const Polygon& polygon);

/// Calls `use(Segment)` for every edge of every ring that is longer than nothing.
template <class Use>
void for_each_edge(const Polygon& polygon, Use&& use) {
  const auto ring = [&use](const std::vector<LocalPoint>& points) {
    for (std::size_t i = 0, n = points.size(); i < n; ++i) {
      const Segment edge{points[i], points[(i + 1) % n]};
      if (!(edge.a == edge.b)) use(edge);
    }
  };
  ring(polygon.outer);
  for (const auto& hole : polygon.holes) ring(hole);
}

/// A place where two edges of a polygon that are not neighbours cross; nothing where none do.
std::optional<LocalPoint> self_crossing(const Polygon& polygon);

/// How far a gap may lie off the border it belongs to, metres: what files round away.
inline constexpr double border_tolerance_m = 0.05;

/// The part of an edge, as shares from its start, that a gap along it takes away; begin >= end
/// where the gap does not lie on this edge.
struct Cut {
  double begin = 1, end = 0;
  bool any() const { return begin < end; }
};
Cut cut_by(const Segment& edge, const Segment& gap);

/// How much of a gap lies on the border of a polygon, metres.
double length_on_border_m(const Polygon& polygon, const Segment& gap);

}  // namespace kontwin::crowd
