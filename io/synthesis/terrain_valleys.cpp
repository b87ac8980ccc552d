#include "io/synthesis/terrain_valleys.hpp"

#include <algorithm>
#include <cmath>

#include "io/synthesis/terrain_noise.hpp"

namespace kontwin {

namespace {

/// The valley at the point of a river nearest to a cell.
struct Section {
  double distance_m;
  double bed_m;
  double half_width_m;
  double bank_m;
  double edge_m;
};

double smooth_step(double t) {
  t = std::clamp(t, 0.0, 1.0);
  return t * t * (3 - 2 * t);
}

double edge_at(const TerrainNoise& noise, LocalPoint place, double valley_m, double half_width_m) {
  // Terraces swell and pinch out over a kilometre or so, and differently on the two banks.
  const double swell = 1 + 0.9 * noise.octave(place.x_m, place.y_m, 1100);
  return std::max(half_width_m + 10, half_width_m + (valley_m / 2 - half_width_m) * swell);
}

double height_across(const TerrainNoise& noise, LocalPoint place, const Section& section) {
  const double flat_m = 0.78 * section.half_width_m;
  const double bank_end_m = section.half_width_m + 8;
  const double top_m = section.bank_m * (1 + 0.11 * noise.octave(place.x_m + 5e5, place.y_m, 700));
  if (section.distance_m <= flat_m) return section.bed_m;
  const double up = smooth_step((section.distance_m - flat_m) / (bank_end_m - flat_m));
  if (section.distance_m < bank_end_m) return section.bed_m + top_m * up;
  const double back_m = std::min(section.distance_m, section.edge_m) - bank_end_m;
  const double rise = 0.011 * (1 + 0.8 * noise.octave(place.x_m, place.y_m + 5e5, 900));
  // Terraces rise gently; beyond some 400 m the side of a wide basin begins.
  const double basin_m = std::max(0.0, back_m - 400) * 0.03;
  const double humps_m =
      0.35 * std::min(1.0, back_m / 40) * noise.fractal(place.x_m, place.y_m, 320, 160);
  return section.bed_m + top_m + rise * back_m + basin_m + humps_m;
}

/// The nearest point of one river to each cell near it.
class Nearest {
 public:
  explicit Nearest(const GridShape& shape)
      : shape_(shape), distance_m_(shape.cells(), far), along_m_(shape.cells(), 0) {}

  void lay(const RiverCourse& course, const std::vector<double>& reach_m) {
    touched_.clear();
    const auto& line = course.river.line;
    for (std::size_t i = 1; i < line.size(); ++i) {
      lay_segment(line[i - 1], line[i], course.along_m[i - 1],
                  std::max(reach_m[i - 1], reach_m[i]));
    }
  }

  const std::vector<std::uint32_t>& touched() const { return touched_; }
  double along_m(std::uint32_t cell) const { return along_m_[cell]; }
  double take_distance_m(std::uint32_t cell) {
    const double taken = distance_m_[cell];
    distance_m_[cell] = far;
    return taken;
  }

 private:
  static constexpr float far = std::numeric_limits<float>::infinity();

  std::size_t clamp(double index, std::size_t count) const {
    return static_cast<std::size_t>(std::clamp(index, 0.0, static_cast<double>(count)));
  }

  void lay_segment(LocalPoint a, LocalPoint b, double start_m, double reach_m) {
    const double cell_m = shape_.cell_m;
    const auto column = [&](double x) { return (x - shape_.left_m) / cell_m; };
    const auto row = [&](double y) { return (y - shape_.bottom_m) / cell_m; };
    const std::size_t c0 = clamp(column(std::min(a.x_m, b.x_m) - reach_m), shape_.columns);
    const std::size_t c1 = clamp(column(std::max(a.x_m, b.x_m) + reach_m) + 1, shape_.columns);
    const std::size_t r0 = clamp(row(std::min(a.y_m, b.y_m) - reach_m), shape_.rows);
    const std::size_t r1 = clamp(row(std::max(a.y_m, b.y_m) + reach_m) + 1, shape_.rows);
    const double dx = b.x_m - a.x_m;
    const double dy = b.y_m - a.y_m;
    const double squared = std::max(1e-9, dx * dx + dy * dy);
    for (std::size_t r = r0; r < r1; ++r) {
      for (std::size_t c = c0; c < c1; ++c) {
        const LocalPoint p = shape_.center(c, r);
        const double share =
            std::clamp(((p.x_m - a.x_m) * dx + (p.y_m - a.y_m) * dy) / squared, 0.0, 1.0);
        const double away_x = a.x_m + share * dx - p.x_m;
        const double away_y = a.y_m + share * dy - p.y_m;
        const auto away_m = static_cast<float>(std::sqrt(away_x * away_x + away_y * away_y));
        const auto cell = static_cast<std::uint32_t>(shape_.at(c, r));
        if (away_m > reach_m || away_m >= distance_m_[cell]) continue;
        if (distance_m_[cell] == far) touched_.push_back(cell);
        distance_m_[cell] = away_m;
        along_m_[cell] = static_cast<float>(start_m + share * std::sqrt(squared));
      }
    }
  }

  GridShape shape_;
  std::vector<float> distance_m_;
  std::vector<float> along_m_;
  std::vector<std::uint32_t> touched_;
};

void merge(ValleyField& field, std::uint32_t cell, std::uint16_t river, double along_m,
           const Section& section, double height_m) {
  const auto beyond_m = static_cast<float>(section.distance_m - section.edge_m);
  if (beyond_m > ValleyField::reach_m) return;
  if (section.distance_m <= section.half_width_m) field.channel[cell] = 1;
  const bool was_floor = field.beyond_m.values[cell] <= 0;
  const bool nearer = beyond_m < field.beyond_m.values[cell];
  // Where two floors meet the lower one holds: a valley is cut, never heaped up.
  if (beyond_m <= 0 && was_floor) {
    field.floor_m.values[cell] = std::min(field.floor_m.values[cell], static_cast<float>(height_m));
  } else if (nearer) {
    field.floor_m.values[cell] = static_cast<float>(height_m);
  }
  if (!nearer) return;
  field.beyond_m.values[cell] = beyond_m;
  field.along_m.values[cell] = static_cast<float>(along_m);
  field.river[cell] = river;
}

}  // namespace

ValleyField lay_valleys(const GridShape& shape, const std::vector<RiverCourse>& courses,
                        std::uint64_t seed) {
  ValleyField field{.floor_m = Raster<float>(shape, 0),
                    .beyond_m = Raster<float>(shape, static_cast<float>(ValleyField::reach_m)),
                    .along_m = Raster<float>(shape, 0),
                    .river = std::vector<std::uint16_t>(shape.cells(), ValleyField::no_river),
                    .channel = std::vector<std::uint8_t>(shape.cells(), 0)};
  const TerrainNoise noise(seed);
  Nearest nearest(shape);
  for (std::size_t index = 0; index < courses.size(); ++index) {
    const RiverCourse& course = courses[index];
    std::vector<double> reach_m;
    for (const float valley_m : course.valley_m) reach_m.push_back(valley_m + ValleyField::reach_m);
    nearest.lay(course, reach_m);
    for (const std::uint32_t cell : nearest.touched()) {
      const LocalPoint place = shape.center(cell % shape.columns, cell / shape.columns);
      const double along_m = nearest.along_m(cell);
      const double half_width_m = value_along(course, course.river.width_m, along_m) / 2;
      const double valley_m = value_along(course, course.valley_m, along_m);
      const Section section{.distance_m = nearest.take_distance_m(cell),
                            .bed_m = value_along(course, course.river.bed_m, along_m),
                            .half_width_m = half_width_m,
                            .bank_m = value_along(course, course.river.bank_depth_m, along_m),
                            .edge_m = edge_at(noise, place, valley_m, half_width_m)};
      merge(field, cell, static_cast<std::uint16_t>(index), along_m, section,
            height_across(noise, place, section));
    }
  }
  return field;
}

}  // namespace kontwin
