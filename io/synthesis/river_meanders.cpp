#include "io/synthesis/river_meanders.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "io/synthesis/terrain_noise.hpp"

namespace kontwin {

namespace {

constexpr double wavelength_widths = 11;
constexpr double swing_widths = 1.4;     ///< from the middle to one side
constexpr double share_of_floor = 0.45;  ///< of the room beside the channel that a swing takes
constexpr double shortest_wave_m = 240;
constexpr double points_a_wave = 12;
constexpr double brook_step_m = 60;  ///< where there are no waves, only the valley's windings
constexpr double longest_step_m = 120;
constexpr double longest_valley_winding_m = 4000;
constexpr double valley_swing = 0.3;  ///< of a winding's length
constexpr double calm_m = 900;        ///< on both sides of a fixed point the swings grow over this

double smooth_step(double t) {
  t = std::clamp(t, 0.0, 1.0);
  return t * t * (3 - 2 * t);
}

double step_m(double width_m) {
  const double wave_m = wavelength_widths * width_m;
  return wave_m < shortest_wave_m ? brook_step_m : std::min(wave_m / points_a_wave, longest_step_m);
}

/// Points between p[1] and p[2] on the centripetal Catmull-Rom curve through `p`, which has no
/// loops or cusps however uneven the points; p[2] last.
void append_curve(std::vector<LocalPoint>& line, const std::array<LocalPoint, 4>& p, double step) {
  std::array<double, 4> t{};
  for (std::size_t i = 1; i < 4; ++i) {
    t[i] = t[i - 1] + std::sqrt(std::max(1.0, distance_m(p[i - 1], p[i])));
  }
  const auto mix = [](LocalPoint a, LocalPoint b, double ta, double tb, double at) {
    const double share = (at - ta) / (tb - ta);
    return LocalPoint{a.x_m + share * (b.x_m - a.x_m), a.y_m + share * (b.y_m - a.y_m)};
  };
  const int pieces = std::max(1, static_cast<int>(std::ceil(distance_m(p[1], p[2]) / step)));
  for (int piece = 1; piece < pieces; ++piece) {
    const double at = t[1] + (t[2] - t[1]) * piece / pieces;
    const LocalPoint a1 = mix(p[0], p[1], t[0], t[1], at);
    const LocalPoint a2 = mix(p[1], p[2], t[1], t[2], at);
    const LocalPoint a3 = mix(p[2], p[3], t[2], t[3], at);
    line.push_back(mix(mix(a1, a2, t[0], t[2], at), mix(a2, a3, t[1], t[3], at), t[1], t[2], at));
  }
  line.push_back(p[2]);
}

MeanderingCourse curve_through(std::span<const CoursePoint> points) {
  MeanderingCourse course{{points.front().place}, {0}};
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    const double width_m = std::min(points[i].width_m, points[i + 1].width_m);
    append_curve(course.line,
                 {points[i == 0 ? 0 : i - 1].place, points[i].place, points[i + 1].place,
                  points[std::min(i + 2, points.size() - 1)].place},
                 step_m(width_m));
    course.at.push_back(course.line.size() - 1);
  }
  return course;
}

/// How far to the left the river swings, along one span.
class Swing {
 public:
  Swing(const CoursePoint& from, const CoursePoint& to, double length_m)
      : from_(from),
        to_(to),
        length_m_(length_m),
        valley_winding_m_(std::min(0.8 * length_m, longest_valley_winding_m)) {}

  /// At `along_m` of the span and `river_m` of the river, at this phase of the meanders.
  double aside_m(const TerrainNoise& noise, double along_m, double river_m, double phase) const {
    const double wave_m = wavelength_m(along_m);
    const double calm = std::min(calm_m, 0.3 * length_m_);
    return smooth_step(std::min(along_m, length_m_ - along_m) / calm) *
           (meander_m(noise, along_m, river_m, phase, wave_m) + valley_m(noise, river_m, wave_m));
  }

  double wavelength_m(double along_m) const {
    return wavelength_widths * between(from_.width_m, to_.width_m, along_m);
  }

 private:
  double between(double from, double to, double along_m) const {
    return from + (to - from) * along_m / length_m_;
  }

  double meander_m(const TerrainNoise& noise, double along_m, double river_m, double phase,
                   double wave_m) const {
    if (wave_m < shortest_wave_m) return 0;
    const double width_m = wave_m / wavelength_widths;
    const double room_m = between(from_.valley_m, to_.valley_m, along_m) - width_m;
    const double swing_m = std::clamp(share_of_floor * room_m, 0.0, swing_widths * width_m);
    const double spread = std::clamp((length_m_ / wave_m - 0.8) / 1.2, 0.0, 1.0);
    // No two bends of a river are alike.
    const double size = 0.65 + 0.35 * noise.octave(river_m, 0, 2.3 * wave_m);
    const double early = 0.9 * noise.octave(river_m, 1e5, 3 * wave_m);
    return spread * size * swing_m * std::sin(phase + early);
  }

  double valley_m(const TerrainNoise& noise, double river_m, double wave_m) const {
    const double spread = std::clamp((length_m_ - 800) / 2000, 0.0, 1.0);
    const double shortest_m = std::max(2 * wave_m, 500.0);
    return spread * valley_swing * valley_winding_m_ *
           noise.fractal(river_m, 2e5, valley_winding_m_, shortest_m);
  }

  const CoursePoint& from_;
  const CoursePoint& to_;
  double length_m_;
  double valley_winding_m_;
};

}  // namespace

MeanderingCourse meandering_course(std::span<const CoursePoint> points, std::uint64_t key,
                                   std::span<const double> vigour) {
  const MeanderingCourse curve = curve_through(points);
  MeanderingCourse course = curve;
  const TerrainNoise noise(key);
  double river_m = 0;
  double phase = 0;
  for (std::size_t span = 0; span + 1 < points.size(); ++span) {
    const std::size_t begin = curve.at[span];
    const std::size_t end = curve.at[span + 1];
    const std::span<const LocalPoint> piece(&curve.line[begin], end - begin + 1);
    const Swing swing(points[span], points[span + 1], length_m(piece));
    double along_m = 0;
    for (std::size_t i = begin + 1; i < end; ++i) {
      const double step = distance_m(curve.line[i - 1], curve.line[i]);
      along_m += step;
      phase += 2 * std::numbers::pi * step / swing.wavelength_m(along_m);
      const LocalPoint before = curve.line[i - 1];
      const LocalPoint after = curve.line[i + 1];
      const double aside_m = vigour[span] *
                             swing.aside_m(noise, along_m, river_m + along_m, phase) /
                             std::max(1e-9, distance_m(before, after));
      course.line[i].x_m -= aside_m * (after.y_m - before.y_m);
      course.line[i].y_m += aside_m * (after.x_m - before.x_m);
    }
    river_m += length_m(piece);
  }
  return course;
}

}  // namespace kontwin
