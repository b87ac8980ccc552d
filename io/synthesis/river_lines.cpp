#include "io/synthesis/river_lines.hpp"

#include <algorithm>
#include <iterator>

namespace kontwin {

namespace {

namespace bg = boost::geometry;

constexpr double calmer = 0.6;
constexpr double calmest = 0.05;    ///< below it windings are left out
constexpr double same_place_m = 1;  ///< rivers may share their sources and mouths

std::size_t span_of(const MeanderingCourse& course, std::size_t segment) {
  const auto after = std::ranges::upper_bound(course.at, segment);
  return static_cast<std::size_t>(after - course.at.begin()) - 1;
}

template <typename Segment>
std::optional<LocalPoint> meeting_point(const Segment& a, const Segment& b) {
  std::vector<std::decay_t<decltype(a.first)>> points;
  bg::intersection(a, b, points);
  if (points.empty()) return std::nullopt;
  return LocalPoint{bg::get<0>(points.front()), bg::get<1>(points.front())};
}

}  // namespace

RiverLines::Segment RiverLines::segment(const MeanderingCourse& course, std::size_t i) {
  const auto corner = [](LocalPoint point) { return Corner(point.x_m, point.y_m); };
  return {corner(course.line[i]), corner(course.line[i + 1])};
}

std::vector<RiverLines::Value> RiverLines::meetings(const Index& index, const Segment& with) {
  std::vector<Value> found;
  index.query(bg::index::intersects(with), std::back_inserter(found));
  std::ranges::sort(found, {}, [](const Value& value) {
    return std::pair(value.second.river, value.second.segment);
  });
  return found;
}

void RiverLines::end_at(MeanderingCourse& course, std::uint32_t into) const {
  for (std::size_t i = course.at[course.at.size() - 2]; i + 1 < course.line.size(); ++i) {
    const Segment own = segment(course, i);
    std::optional<LocalPoint> mouth;
    for (const Value& value : meetings(laid_, own)) {
      if (value.second.river != into) continue;
      const auto point = meeting_point(own, value.first);
      if (!point || distance_m(course.line.front(), *point) < same_place_m) continue;
      if (!mouth || distance_m(course.line[i], *point) < distance_m(course.line[i], *mouth)) {
        mouth = point;
      }
    }
    if (!mouth) continue;
    const bool on_point = distance_m(course.line[i], *mouth) < same_place_m;
    course.line.resize(on_point && i > course.at[course.at.size() - 2] ? i : i + 1);
    course.line.push_back(*mouth);
    course.at.back() = course.line.size() - 1;
    return;
  }
}

std::vector<std::size_t> RiverLines::crossing_spans(const MeanderingCourse& course) const {
  std::vector<Value> values;
  for (std::size_t i = 0; i + 1 < course.line.size(); ++i) {
    values.emplace_back(segment(course, i), Place{rivers_, static_cast<std::uint32_t>(i)});
  }
  const Index own(values);
  std::vector<std::size_t> spans;
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (const Value& value : meetings(own, values[i].first)) {
      if (value.second.segment <= i + 1) continue;
      spans.push_back(span_of(course, i));
      spans.push_back(span_of(course, value.second.segment));
    }
    for (const Value& value : meetings(laid_, values[i].first)) {
      const auto point = meeting_point(values[i].first, value.first);
      if (point && (distance_m(*point, course.line.front()) < same_place_m ||
                    distance_m(*point, course.line.back()) < same_place_m)) {
        continue;
      }
      spans.push_back(span_of(course, i));
    }
  }
  std::ranges::sort(spans);
  spans.erase(std::unique(spans.begin(), spans.end()), spans.end());
  return spans;
}

LaidCourse RiverLines::lay(std::span<const CoursePoint> points, std::uint64_t key,
                           std::uint32_t into) {
  LaidCourse laid;
  std::vector<double> vigour(points.size() - 1, 1.0);
  for (;;) {
    laid.course = meandering_course(points, key, vigour);
    if (into != no_river) end_at(laid.course, into);
    const auto crossing = crossing_spans(laid.course);
    if (crossing.empty()) break;
    bool calmed = false;
    for (const std::size_t span : crossing) {
      calmed = calmed || vigour[span] > 0;
      vigour[span] = vigour[span] * calmer < calmest ? 0 : vigour[span] * calmer;
    }
    if (calmed) continue;
    laid.crossing_span = crossing.front();
    return laid;
  }
  for (std::size_t i = 0; i + 1 < laid.course.line.size(); ++i) {
    laid_.insert({segment(laid.course, i), Place{rivers_, static_cast<std::uint32_t>(i)}});
  }
  ++rivers_;
  return laid;
}

}  // namespace kontwin
