#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "scenarios/evacuation/crowd/population.hpp"
#include "tests/scenarios/evacuation/crowd/people_among_walls.hpp"
#include "twin/random.hpp"

namespace kontwin::validation {

/// Weidmann 1993, Transporttechnik der Fussgänger: the speed at a density.
inline double weidmann_mps(double per_m2) {
  return 1.34 * (1 - std::exp(-1.913 * (1 / per_m2 - 1 / 5.4)));
}

/// People of Weidmann's speeds, drawn by a seed, who walk round a corridor without end, 24 m long;
/// half of them the other way round, if asked for.
class Ring {
 public:
  Ring(double per_m2, crowd::MovementOptions::Model model, float width_m = 4,
       bool both_ways = false, std::uint64_t seed = 1)
      : people_(
            testing::Plan().wall(-6, 0, length_m + 6, 0).wall(-6, width_m, length_m + 6, width_m),
            crowd::movement_options(model)) {
    const auto count = static_cast<std::size_t>(
        std::lround(per_m2 * static_cast<double>(length_m) * static_cast<double>(width_m)));
    const auto in_a_row = static_cast<std::size_t>(
        std::max(1.0, std::round(static_cast<double>(width_m) * std::sqrt(per_m2))));
    const std::size_t rows = (count + in_a_row - 1) / in_a_row;
    for (std::size_t i = 0; i < count; ++i) {
      RandomStream random(seed, i);
      const crowd::Person person = draw(crowd::weidmann(), random);
      const auto column = static_cast<float>(i / in_a_row), lane = static_cast<float>(i % in_a_row);
      people_.add((column + 0.5F) * length_m / static_cast<float>(rows) +
                      static_cast<float>(random.uniform(-0.05, 0.05)),
                  (lane + 0.5F) * width_m / static_cast<float>(in_a_row) +
                      static_cast<float>(random.uniform(-0.05, 0.05)),
                  {both_ways && RandomStream(seed + 1, i).uniform() < 0.5 ? -1.0F : 1.0F, 0,
                   person.speed_mps},
                  person.radius_m);
    }
  }

  /// Mean speed along the corridor, each person's way being forward, in the last of two minutes,
  /// m/s.
  double mean_speed_mps() {
    const double step_s = static_cast<double>(people_.motion.options().step_s);
    const long steps = std::lround(120 / step_s);
    double metres = 0;
    for (long step = 0; step < steps; ++step) {
      show_ends_to_each_other();
      people_.walk(step_s);
      metres += take_round(step >= steps / 2);
      if (step < steps / 2 || step % 40 != 0) continue;
      deepest_m_ = std::max(deepest_m_, static_cast<double>(people_.deepest_overlap()));
    }
    return metres / (60 * static_cast<double>(people_.motion.people.count()));
  }

  /// Of any two bodies, looked at every two seconds of the last minute, m.
  double deepest_overlap_m() const { return deepest_m_; }

 private:
  static constexpr float length_m = 24, seen_m = 4;

  /// Those near one end are also seen beyond the other.
  void show_ends_to_each_other() {
    crowd::Pedestrians& rows = people_.motion.people;
    people_.wishes.resize(rows.count());
    const std::size_t count = images_from_ = rows.count();
    for (std::size_t row = 0; row < count; ++row) {
      for (const float shift : {-length_m, length_m}) {
        const float x = rows.x_m[row] + shift;
        if (x < -seen_m || x > length_m + seen_m) continue;
        const std::size_t seen = rows.count();
        rows.resize(seen + 1);
        rows.copy_row(row, rows, seen);
        rows.x_m[seen] = x;
        rows.person[seen] = static_cast<std::uint32_t>(people_.wishes.size());
        people_.wishes.push_back(people_.wishes[rows.person[row]]);
      }
    }
  }

  /// Takes the images away and brings back who has passed the end; metres walked, if counted.
  double take_round(bool counted) {
    crowd::Pedestrians& rows = people_.motion.people;
    std::vector<std::uint8_t> keep(rows.count());
    double metres = 0;
    for (std::size_t row = 0; row < rows.count(); ++row) {
      keep[row] = rows.person[row] < images_from_;
      if (keep[row] == 0) continue;
      if (counted) {
        metres += static_cast<double>((rows.x_m[row] - people_.motion.before_x_m()[row]) *
                                      people_.wishes[rows.person[row]].x);
      }
      if (rows.x_m[row] >= length_m) rows.x_m[row] -= length_m;
      if (rows.x_m[row] < 0) rows.x_m[row] += length_m;
    }
    rows.keep_only(keep);
    return metres;
  }

  testing::People people_;
  double deepest_m_ = 0;
  std::size_t images_from_ = 0;
};

}  // namespace kontwin::validation
