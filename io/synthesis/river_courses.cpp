#include "io/synthesis/river_courses.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <optional>

#include "io/synthesis/terrain_noise.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

constexpr double spacing_m = 120;
constexpr double winding_from_m =
    950;  ///< points closer than this say themselves how a river winds

/// What is given along a course: a value at a distance from its source.
struct Known {
  double along_m;
  double value;
};

struct Drawn {
  std::vector<LocalPoint> points;
  std::vector<std::size_t> rows;  ///< of river_points.csv
};

/// Points between `b` and `c` on the centripetal Catmull-Rom curve (Yuksel, Schaefer, Keyser 2011)
/// through a, b, c, d, which has no loops or cusps however uneven the points; `c` itself last.
void append_curve(std::vector<LocalPoint>& line, std::array<LocalPoint, 4> p) {
  std::array<double, 4> t{};
  for (std::size_t i = 1; i < 4; ++i) {
    t[i] = t[i - 1] + std::sqrt(std::max(1.0, distance_m(p[i - 1], p[i])));
  }
  const auto mix = [](LocalPoint a, LocalPoint b, double ta, double tb, double at) {
    const double share = (at - ta) / (tb - ta);
    return LocalPoint{a.x_m + share * (b.x_m - a.x_m), a.y_m + share * (b.y_m - a.y_m)};
  };
  // Between far points the true course is not known: it winds a little instead of running straight.
  const double chord_m = distance_m(p[1], p[2]);
  const TerrainNoise winding(17);
  const int pieces = std::max(1, static_cast<int>(std::ceil(distance_m(p[1], p[2]) / spacing_m)));
  for (int piece = 1; piece < pieces; ++piece) {
    const double at = t[1] + (t[2] - t[1]) * piece / pieces;
    const LocalPoint a1 = mix(p[0], p[1], t[0], t[1], at);
    const LocalPoint a2 = mix(p[1], p[2], t[1], t[2], at);
    const LocalPoint a3 = mix(p[2], p[3], t[2], t[3], at);
    LocalPoint on = mix(mix(a1, a2, t[0], t[2], at), mix(a2, a3, t[1], t[3], at), t[1], t[2], at);
    if (chord_m > winding_from_m) {
      const double share = static_cast<double>(piece) / pieces;
      const double aside =
          0.35 * std::sin(std::numbers::pi * share) * winding.fractal(on.x_m, on.y_m, 900, 400);
      on.x_m -= aside * (p[2].y_m - p[1].y_m);
      on.y_m += aside * (p[2].x_m - p[1].x_m);
    }
    line.push_back(on);
  }
  line.push_back(p[2]);
}

/// The curve through `points`, and which of its points each of them is.
std::vector<LocalPoint> curve_through(const std::vector<LocalPoint>& points,
                                      std::vector<std::size_t>& place) {
  std::vector<LocalPoint> line{points.front()};
  place.assign(1, 0);
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    append_curve(line, {points[i == 0 ? 0 : i - 1], points[i], points[i + 1],
                        points[std::min(i + 2, points.size() - 1)]});
    place.push_back(line.size() - 1);
  }
  return line;
}

double between(const std::vector<Known>& known, double along_m, bool steep_head) {
  const auto after = std::ranges::lower_bound(known, along_m, std::less<>{}, &Known::along_m);
  if (after == known.begin()) return known.front().value;
  if (after == known.end()) return known.back().value;
  const Known& a = *(after - 1);
  double share = (along_m - a.along_m) / (after->along_m - a.along_m);
  if (steep_head && after == known.begin() + 1) {
    share = 1 - (0.4 * (1 - share) + 0.6 * std::pow(1 - share, 2.5));
  }
  return a.value + share * (after->value - a.value);
}

std::vector<float> sample(const std::vector<double>& along_m, const std::vector<Known>& known,
                          bool steep_head = false) {
  std::vector<float> values;
  values.reserve(along_m.size());
  for (const double at : along_m) {
    values.push_back(static_cast<float>(between(known, at, steep_head)));
  }
  return values;
}

std::map<std::string, Drawn> read_points(const CsvTable& table, const LocalFrame& frame) {
  std::map<std::string, Drawn> drawn;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    Drawn& river = drawn[AssetFolder::required_text(table, row, "river")];
    river.points.push_back(frame.to_local(AssetFolder::place(table, row)));
    river.rows.push_back(row);
  }
  return drawn;
}

/// Rows of rivers.csv and river_points.csv that make one river.
struct Rows {
  const CsvTable& rivers;
  std::size_t row;
  const CsvTable& points;
  const Drawn& drawn;
};

/// Bed heights where they are given, and at the mouth where the receiving river gives it.
std::vector<Known> known_beds(const Rows& rows, const std::vector<double>& given_along_m,
                              std::optional<double> mouth_m) {
  std::vector<Known> beds;
  for (std::size_t i = 0; i < rows.drawn.rows.size(); ++i) {
    const std::size_t row = rows.drawn.rows[i];
    auto bed_m = rows.points.number(row, "bed_m");
    const bool last = i + 1 == rows.drawn.rows.size();
    if (last && mouth_m) bed_m = bed_m ? std::max(*bed_m, *mouth_m) : *mouth_m;
    if (!bed_m) continue;
    if (!beds.empty() && *bed_m > beds.back().value) {
      rows.points.fail(
          row, "the bed of " + rows.rivers.text(rows.row, "name") + " would rise downstream");
    }
    beds.push_back({given_along_m[i], *bed_m});
  }
  if (beds.empty() || beds.front().along_m > 0) {
    rows.points.fail(rows.drawn.rows.front(), "a river's first point needs a bed height");
  }
  return beds;
}

std::vector<Known> known_valleys(const Rows& rows, const std::vector<double>& given_along_m,
                                 const std::vector<Known>& ends) {
  std::vector<Known> valleys{ends.front()};
  for (std::size_t i = 0; i < rows.drawn.rows.size(); ++i) {
    if (const auto width_m = rows.points.number(rows.drawn.rows[i], "valley_m")) {
      if (given_along_m[i] <= 0) valleys.clear();
      valleys.push_back({given_along_m[i], *width_m});
    }
  }
  if (valleys.back().along_m < ends.back().along_m) valleys.push_back(ends.back());
  return valleys;
}

}  // namespace

double value_along(const RiverCourse& course, const std::vector<float>& values, double along_m) {
  const auto after = std::ranges::upper_bound(course.along_m, along_m);
  if (after == course.along_m.begin()) return values.front();
  if (after == course.along_m.end()) return values.back();
  const auto i = static_cast<std::size_t>(after - course.along_m.begin());
  const double share =
      (along_m - course.along_m[i - 1]) / (course.along_m[i] - course.along_m[i - 1]);
  return values[i - 1] + share * (values[i] - values[i - 1]);
}

std::vector<RiverCourse> read_river_courses(const AssetFolder& folder, const LocalFrame& frame) {
  const CsvTable rivers =
      folder.table("rivers.csv", {"name", "flows_into", "width_start_m", "width_end_m",
                                  "bank_start_m", "bank_end_m", "valley_start_m", "valley_end_m"});
  const CsvTable points =
      CsvTable::read(folder.path("river_points.csv"), {"river", "lon", "lat", "bed_m", "valley_m"});
  auto drawn = read_points(points, frame);
  std::vector<RiverCourse> courses;
  for (std::size_t row = 0; row < rivers.rows(); ++row) {
    RiverCourse course;
    River& river = course.river;
    river.name = AssetFolder::required_text(rivers, row, "name");
    river.flows_into = rivers.text(row, "flows_into");
    river.provenance = AssetFolder::provenance(rivers, row);
    river.source = folder.source(rivers, row);
    const auto found = drawn.find(river.name);
    if (found == drawn.end() || found->second.points.size() < 2) {
      rivers.fail(row, river.name + " has fewer than two points in river_points.csv");
    }
    std::optional<double> mouth_bed_m;
    if (!river.flows_into.empty()) {
      const auto into = std::ranges::find(courses, river.flows_into,
                                          [](const RiverCourse& c) { return c.river.name; });
      if (into == courses.end()) {
        rivers.fail(row, river.name + " flows into " + river.flows_into +
                             ", which is not listed before it");
      }
      const Foot foot = nearest_on(into->river.line, found->second.points.back());
      found->second.points.back() = foot.point;
      mouth_bed_m = value_along(*into, into->river.bed_m, foot.along_m);
    }
    std::vector<std::size_t> place;
    river.line = curve_through(found->second.points, place);
    course.along_m.assign(1, 0.0);
    for (std::size_t i = 1; i < river.line.size(); ++i) {
      course.along_m.push_back(course.along_m.back() +
                               distance_m(river.line[i - 1], river.line[i]));
    }
    std::vector<double> given_along_m;
    for (const std::size_t i : place) given_along_m.push_back(course.along_m[i]);
    const double end_m = course.along_m.back();
    const auto ends = [&](std::string_view start, std::string_view end) {
      return std::vector<Known>{{0, rivers.required_number(row, start)},
                                {end_m, rivers.required_number(row, end)}};
    };
    const Rows rows{rivers, row, points, found->second};
    river.bed_m = sample(course.along_m, known_beds(rows, given_along_m, mouth_bed_m), true);
    river.width_m = sample(course.along_m, ends("width_start_m", "width_end_m"));
    river.bank_depth_m = sample(course.along_m, ends("bank_start_m", "bank_end_m"));
    course.valley_m = sample(
        course.along_m, known_valleys(rows, given_along_m, ends("valley_start_m", "valley_end_m")));
    courses.push_back(std::move(course));
  }
  return courses;
}

}  // namespace kontwin
