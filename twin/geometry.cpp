#include "twin/geometry.hpp"

#include <algorithm>
#include <limits>

namespace kontwin {

double length_m(std::span<const LocalPoint> polyline) {
  double total_m = 0;
  for (std::size_t i = 1; i < polyline.size(); ++i) {
    total_m += distance_m(polyline[i - 1], polyline[i]);
  }
  return total_m;
}

LocalPoint point_along(std::span<const LocalPoint> polyline, double along_m) {
  if (along_m <= 0) return polyline.front();
  for (std::size_t i = 1; i < polyline.size(); ++i) {
    const LocalPoint a = polyline[i - 1];
    const LocalPoint b = polyline[i];
    const double segment_m = distance_m(a, b);
    if (along_m <= segment_m && segment_m > 0) {
      const double share = along_m / segment_m;
      return {a.x_m + share * (b.x_m - a.x_m), a.y_m + share * (b.y_m - a.y_m)};
    }
    along_m -= segment_m;
  }
  return polyline.back();
}

Foot nearest_on(std::span<const LocalPoint> polyline, LocalPoint point) {
  Foot best{polyline.front(), distance_m(polyline.front(), point), 0};
  double start_m = 0;
  for (std::size_t i = 1; i < polyline.size(); ++i) {
    const LocalPoint a = polyline[i - 1];
    const LocalPoint b = polyline[i];
    const double dx = b.x_m - a.x_m;
    const double dy = b.y_m - a.y_m;
    const double squared = dx * dx + dy * dy;
    const double share =
        squared > 0
            ? std::clamp(((point.x_m - a.x_m) * dx + (point.y_m - a.y_m) * dy) / squared, 0.0, 1.0)
            : 0.0;
    const LocalPoint foot{a.x_m + share * dx, a.y_m + share * dy};
    const double away_m = distance_m(foot, point);
    const double segment_m = std::sqrt(squared);
    if (away_m < best.distance_m) best = {foot, away_m, start_m + share * segment_m};
    start_m += segment_m;
  }
  return best;
}

bool inside(std::span<const LocalPoint> ring, LocalPoint point) {
  bool within = false;
  if (ring.empty()) return false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const LocalPoint a = ring[i];
    const LocalPoint b = ring[j];
    const bool crosses = (a.y_m > point.y_m) != (b.y_m > point.y_m);
    if (crosses && point.x_m < (b.x_m - a.x_m) * (point.y_m - a.y_m) / (b.y_m - a.y_m) + a.x_m) {
      within = !within;
    }
  }
  return within;
}

double area_m2(std::span<const LocalPoint> ring) {
  double twice = 0;
  if (ring.empty()) return 0;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    twice += ring[j].x_m * ring[i].y_m - ring[i].x_m * ring[j].y_m;
  }
  return std::abs(twice) / 2;
}

}  // namespace kontwin
