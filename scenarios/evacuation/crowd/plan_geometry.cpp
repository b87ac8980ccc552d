#include "scenarios/evacuation/crowd/plan_geometry.hpp"

#include <algorithm>
#include <vector>

namespace kontwin::crowd {

bool contains(const Polygon& polygon, LocalPoint point) {
  if (!inside(polygon.outer, point)) return false;
  return std::ranges::none_of(polygon.holes, [&](const auto& hole) { return inside(hole, point); });
}

double area_m2(const Polygon& polygon) {
  double area = kontwin::area_m2(polygon.outer);
  for (const auto& hole : polygon.holes) area -= kontwin::area_m2(hole);
  return std::max(area, 0.0);
}

LocalBox box_of(const Polygon& polygon) {
  LocalBox box{never_s, never_s, -never_s, -never_s};
  for (const LocalPoint point : polygon.outer) {
    box.min_x_m = std::min(box.min_x_m, point.x_m);
    box.min_y_m = std::min(box.min_y_m, point.y_m);
    box.max_x_m = std::max(box.max_x_m, point.x_m);
    box.max_y_m = std::max(box.max_y_m, point.y_m);
  }
  return box;
}

std::optional<LocalPoint> self_crossing(const Polygon& polygon) {
  struct Edge {
    Segment segment;
    double min_x_m, max_x_m;
  };
  std::vector<Edge> edges;
  for_each_edge(polygon, [&edges](const Segment& s) {
    edges.push_back({s, std::min(s.a.x_m, s.b.x_m), std::max(s.a.x_m, s.b.x_m)});
  });
  std::ranges::sort(edges, {}, &Edge::min_x_m);
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const Segment& one = edges[i].segment;
    for (std::size_t j = i + 1; j < edges.size() && edges[j].min_x_m <= edges[i].max_x_m; ++j) {
      const Segment& other = edges[j].segment;
      const bool same =
          one.a == other.a || one.a == other.b || one.b == other.a || one.b == other.b;
      if (same || !crosses(one, other)) continue;
      const double before = side_of(other.a, other.b, one.a);
      const double after = side_of(other.a, other.b, one.b);
      // Two that only touch share a point and cross nothing.
      if (before == 0 || after == 0 || side_of(one.a, one.b, other.a) == 0 ||
          side_of(one.a, one.b, other.b) == 0) {
        continue;
      }
      return one.at(before / (before - after));
    }
  }
  return std::nullopt;
}

Cut cut_by(const Segment& edge, const Segment& gap) {
  const double length_m = edge.length_m(), gap_m = gap.length_m();
  if (length_m <= 0 || gap_m <= 0) return {};
  const auto along = [&edge, length_m](LocalPoint p) {
    return ((p.x_m - edge.a.x_m) * (edge.b.x_m - edge.a.x_m) +
            (p.y_m - edge.a.y_m) * (edge.b.y_m - edge.a.y_m)) /
           (length_m * length_m);
  };
  const double at_a = along(gap.a), at_b = along(gap.b);
  // A gap across the edge covers next to none of it: what it covers would be a graze.
  if (std::abs(at_b - at_a) * length_m < 0.9 * gap_m) return {};
  const Cut cut{std::max(std::min(at_a, at_b), 0.0), std::min(std::max(at_a, at_b), 1.0)};
  if (!cut.any()) return {};
  for (const double share : {cut.begin, cut.end}) {
    const LocalPoint on_gap = gap.at((share - at_a) / (at_b - at_a));
    if (distance_m(edge.at(share), on_gap) > border_tolerance_m) return {};
  }
  return cut;
}

double length_on_border_m(const Polygon& polygon, const Segment& gap) {
  double covered_m = 0;
  for_each_edge(polygon, [&](const Segment& edge) {
    const Cut cut = cut_by(edge, gap);
    if (cut.any()) covered_m += (cut.end - cut.begin) * edge.length_m();
  });
  return covered_m;
}

}  // namespace kontwin::crowd
