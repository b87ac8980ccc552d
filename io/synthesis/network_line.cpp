#include "io/synthesis/network_line.hpp"

#include <algorithm>
#include <cmath>

#include "twin/random.hpp"

namespace kontwin::synthesis {

namespace {

constexpr double bridge_end_m = 30;  ///< from the channel's edge to a bridge's end
constexpr double usual_link_m = 1800;

/// The part of a polyline between two distances from its start.
std::vector<LocalPoint> piece(std::span<const LocalPoint> line, double from_m, double to_m) {
  std::vector<LocalPoint> points{point_along(line, from_m)};
  double at_m = 0;
  for (std::size_t i = 1; i < line.size(); ++i) {
    at_m += distance_m(line[i - 1], line[i]);
    if (at_m > from_m + 1 && at_m < to_m - 1) points.push_back(line[i]);
  }
  points.push_back(point_along(line, to_m));
  return points;
}

bool fits(const RiverIndex* rivers, LocalPoint from, LocalPoint to) {
  return rivers == nullptr || (!rivers->crosses_wide(from, to) && !rivers->nearest(to, 20));
}

/// Cuts corners (Chaikin 1974), ends kept.
std::vector<LocalPoint> rounded(const std::vector<LocalPoint>& line) {
  std::vector<LocalPoint> out{line.front()};
  for (std::size_t i = 1; i < line.size(); ++i) {
    const LocalPoint a = line[i - 1];
    const LocalPoint b = line[i];
    out.push_back({0.75 * a.x_m + 0.25 * b.x_m, 0.75 * a.y_m + 0.25 * b.y_m});
    out.push_back({0.25 * a.x_m + 0.75 * b.x_m, 0.25 * a.y_m + 0.75 * b.y_m});
  }
  out.push_back(line.back());
  return out;
}

}  // namespace

std::vector<LocalPoint> winding_course(std::span<const LocalPoint> rough,
                                       std::span<const double> heights_m, const RiverIndex* rivers,
                                       std::uint64_t key) {
  RandomStream random(key, rough.size(), 31);
  std::vector<LocalPoint> line{rough.front()};
  for (std::size_t i = 1; i < rough.size(); ++i) {
    const LocalPoint a = rough[i - 1];
    const LocalPoint b = rough[i];
    const double length = distance_m(a, b);
    if (length < 1) continue;
    const double slope = std::abs(heights_m[i] - heights_m[i - 1]) / length;
    const double share = std::min(0.26, 0.04 + 1.6 * slope) * random.uniform(0.7, 1.2);
    const double side = random.uniform() < 0.5 ? 1 : -1;
    const LocalPoint along{(b.x_m - a.x_m) / length, (b.y_m - a.y_m) / length};
    for (const double at : {1.0 / 3, 2.0 / 3}) {
      const double out_m = (at < 0.5 ? side : -side) * share * length;
      const LocalPoint bend{a.x_m + along.x_m * at * length - along.y_m * out_m,
                            a.y_m + along.y_m * at * length + along.x_m * out_m};
      if (fits(rivers, line.back(), bend) && fits(rivers, bend, b)) line.push_back(bend);
    }
    line.push_back(b);
  }
  return rounded(line);
}

void add_in_links(NetworkDraft& draft, std::uint32_t a, std::uint32_t b,
                  std::span<const LocalPoint> course, const DraftRoad& attributes,
                  const RiverIndex& rivers) {
  const double total_m = length_m(course);
  struct Span {
    double from_m, to_m;
    bool bridge;
  };
  std::vector<Span> bridges;
  for (const auto& [at_m, half_m] : rivers.crossings(course)) {
    const double from_m = std::max(at_m - half_m - bridge_end_m, 0.0);
    const double to_m = std::min(at_m + half_m + bridge_end_m, total_m);
    if (!bridges.empty() && from_m < bridges.back().to_m + 60) {
      bridges.back().to_m = to_m;
    } else {
      bridges.push_back({from_m, to_m, true});
    }
  }
  std::vector<Span> spans;
  double at_m = 0;
  const auto cut_land = [&](double to_m) {
    const double length = to_m - at_m;
    if (length <= 0) return;
    const int pieces = std::max(1, static_cast<int>(std::lround(length / usual_link_m)));
    for (int i = 0; i < pieces; ++i) {
      spans.push_back({at_m + length * i / pieces, at_m + length * (i + 1) / pieces, false});
    }
  };
  for (const Span& bridge : bridges) {
    if (bridge.from_m > at_m + 20) {
      cut_land(bridge.from_m);
      spans.push_back(bridge);
    } else {
      spans.push_back({at_m, bridge.to_m, true});
    }
    at_m = bridge.to_m;
  }
  if (!spans.empty() && total_m - at_m < 20) {
    spans.back().to_m = total_m;
  } else {
    cut_land(total_m);
  }

  std::uint32_t from = a;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    DraftRoad road = attributes;
    road.bridge = spans[i].bridge;
    road.line = piece(course, spans[i].from_m, spans[i].to_m);
    std::uint32_t to = b;
    if (i + 1 < spans.size()) {
      road.line.back() = rivers.pushed_clear(road.line.back(), 15);
      to = draft.add_junction({road.line.back(), {}, {}, false});
    }
    road.line.front() = draft.junctions[from].place;
    road.line.back() = draft.junctions[to].place;
    draft.add_road(from, to, std::move(road));
    from = to;
  }
}

}  // namespace kontwin::synthesis
