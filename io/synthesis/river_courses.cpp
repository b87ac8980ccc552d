#include "io/synthesis/river_courses.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "io/synthesis/network_key.hpp"
#include "io/synthesis/river_lines.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

/// What is given along a course: a value at a distance from its source.
struct Known {
  double along_m;
  double value;
};

struct Drawn {
  std::vector<LocalPoint> points;
  std::vector<std::size_t> rows;  ///< of river_points.csv
};

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
    (void)AssetFolder::required_text(table, row, "why");
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

/// A column that rivers.csv gives at source and mouth.
std::vector<Known> ends_of(const Rows& rows, double length_m, std::string_view start,
                           std::string_view end) {
  return {{0, rows.rivers.required_number(rows.row, start)},
          {length_m, rows.rivers.required_number(rows.row, end)}};
}

/// From the source to each point.
std::vector<double> along(const std::vector<LocalPoint>& points) {
  std::vector<double> along_m{0};
  for (std::size_t i = 1; i < points.size(); ++i) {
    along_m.push_back(along_m.back() + distance_m(points[i - 1], points[i]));
  }
  return along_m;
}

std::vector<Known> known_valleys(const Rows& rows, const std::vector<double>& given_along_m) {
  const std::vector<Known> ends =
      ends_of(rows, given_along_m.back(), "valley_start_m", "valley_end_m");
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

/// The points of a river with its width and that of its valley, taken along the chords.
std::vector<CoursePoint> course_points(const Rows& rows) {
  const auto& places = rows.drawn.points;
  const std::vector<double> chord_m = along(places);
  const auto width_m =
      sample(chord_m, ends_of(rows, chord_m.back(), "width_start_m", "width_end_m"));
  const auto valley_m = sample(chord_m, known_valleys(rows, chord_m));
  std::vector<CoursePoint> points;
  for (std::size_t i = 0; i < places.size(); ++i) {
    points.push_back({places[i], width_m[i], valley_m[i]});
  }
  return points;
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
  const CsvTable points = CsvTable::read(folder.path("river_points.csv"),
                                         {"river", "lon", "lat", "bed_m", "valley_m", "why"});
  auto drawn = read_points(points, frame);
  std::vector<RiverCourse> courses;
  RiverLines lines;
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
    std::uint32_t into = RiverLines::no_river;
    if (!river.flows_into.empty()) {
      const auto receiver = std::ranges::find(courses, river.flows_into,
                                              [](const RiverCourse& c) { return c.river.name; });
      if (receiver == courses.end()) {
        rivers.fail(row, river.name + " flows into " + river.flows_into +
                             ", which is not listed before it");
      }
      into = static_cast<std::uint32_t>(receiver - courses.begin());
      LocalPoint& mouth = found->second.points.back();
      mouth = nearest_on(receiver->river.line, mouth).point;
    }
    const Rows rows{rivers, row, points, found->second};
    const LaidCourse laid = lines.lay(course_points(rows), synthesis::key_of(river.name), into);
    if (laid.crossing_span) {
      points.fail(found->second.rows[*laid.crossing_span],
                  river.name + " crosses itself or another river on the way to its next point");
    }
    river.line = laid.course.line;
    course.along_m = along(river.line);
    std::vector<double> given_along_m;
    for (const std::size_t i : laid.course.at) given_along_m.push_back(course.along_m[i]);
    const double end_m = course.along_m.back();
    std::optional<double> mouth_bed_m;
    if (into != RiverLines::no_river) {
      const Foot mouth = nearest_on(courses[into].river.line, river.line.back());
      mouth_bed_m = value_along(courses[into], courses[into].river.bed_m, mouth.along_m);
    }
    river.bed_m = sample(course.along_m, known_beds(rows, given_along_m, mouth_bed_m), true);
    river.width_m = sample(course.along_m, ends_of(rows, end_m, "width_start_m", "width_end_m"));
    river.bank_depth_m = sample(course.along_m, ends_of(rows, end_m, "bank_start_m", "bank_end_m"));
    course.valley_m = sample(course.along_m, known_valleys(rows, given_along_m));
    courses.push_back(std::move(course));
  }
  return courses;
}

}  // namespace kontwin
