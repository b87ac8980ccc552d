#include "scenarios/flood/levee_breach.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "scenarios/flood/line_faces.hpp"
#include "twin/place_error.hpp"

namespace kontwin::flood {

namespace {

/// Pieces of a part's stretch in which its top is taken to be level.
constexpr int pieces = 16;
constexpr double steps_of_growth = 200;
constexpr double most_step_s = 10;
constexpr double wet_m = 1e-3;

/// Gives each of some parts, which lie in order of `to_m`, the stretch up to halfway to the next.
template <typename Parts>
void share_line(Parts& parts, double middle_m, double cell_m) {
  std::vector<double> at_m;
  at_m.reserve(parts.size());
  for (const auto& part : parts) at_m.push_back(part.to_m);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const double before_m = i > 0 ? (at_m[i - 1] + at_m[i]) / 2 : at_m[i] - cell_m / 2;
    const double after_m = i + 1 < at_m.size() ? (at_m[i] + at_m[i + 1]) / 2 : at_m[i] + cell_m / 2;
    parts[i].from_m = before_m - middle_m;
    parts[i].to_m = after_m - middle_m;
  }
}

/// The highest water surface up to two cells away, past the crest of a bank; minus infinity where
/// all is dry.
double highest_near_m(std::size_t cell, const ShallowWaterSolver& solver) {
  const GridShape& grid = solver.shape();
  constexpr std::size_t far = 2;
  const std::size_t column = cell % grid.columns;
  const std::size_t row = cell / grid.columns;
  double highest_m = -std::numeric_limits<double>::infinity();
  for (std::size_t y = row - std::min(row, far); y <= std::min(row + far, grid.rows - 1); ++y) {
    for (std::size_t x = column - std::min(column, far);
         x <= std::min(column + far, grid.columns - 1); ++x) {
      const std::size_t there = grid.at(x, y);
      const double depth_m = solver.depth_m(there);
      if (depth_m > wet_m) highest_m = std::max(highest_m, solver.ground_m(there) + depth_m);
    }
  }
  return highest_m;
}

}  // namespace

LeveeBreach::LeveeBreach(const StartBreach& edit, const ShallowWaterSolver& solver) {
  const GridShape& grid = solver.shape();
  const double middle_m = nearest_on(edit.line, edit.place).along_m;
  for (const LineFace& face : faces_across(edit.line, grid)) {
    const double top_m =
        face.at_left ? solver.wall_at_left_m(face.cell) : solver.wall_below_m(face.cell);
    if (!(top_m > edit.bottom_m)) continue;
    walls_.push_back({face.cell, face.before, face.at_left, 0, face.along_m, top_m});
  }
  std::ranges::stable_sort(walls_, {}, &Part::to_m);
  share_line(walls_, middle_m, grid.cell_m);
  // Ground along the line: what is under it, and half a cell to either side of it.
  const double whole_m = length_m(edit.line);
  const auto steps = static_cast<std::size_t>(std::ceil(4 * whole_m / grid.cell_m));
  for (std::size_t i = 0; i <= steps; ++i) {
    const double along_m = whole_m * static_cast<double>(i) / static_cast<double>(steps);
    const LocalPoint on = point_along(edit.line, along_m);
    for (const int row : {-1, 0, 1}) {
      for (const int column : {-1, 0, 1}) {
        const LocalPoint at{on.x_m + column * grid.cell_m / 2, on.y_m + row * grid.cell_m / 2};
        if (!grid.contains(at)) continue;
        const std::size_t cell = grid.cell_of(at);
        if (!(solver.ground_m(cell) > edit.bottom_m)) continue;
        if (std::ranges::find(ground_, cell, &Part::cell) != ground_.end()) continue;
        const LocalPoint center = grid.center(cell % grid.columns, cell / grid.columns);
        const double own_m = nearest_on(edit.line, center).along_m - middle_m;
        ground_.push_back({cell, cell, true, own_m - grid.cell_m / 2, own_m + grid.cell_m / 2,
                           solver.ground_m(cell)});
      }
    }
  }
  double crest_m = std::numeric_limits<double>::infinity();
  const auto look = [&](const Part& part) {
    if (part.from_m <= 0 && part.to_m >= 0) crest_m = std::min(crest_m, part.top_m);
  };
  std::ranges::for_each(walls_, look);
  if (std::isinf(crest_m)) {
    // The crest of ground is its highest across the line.
    for (const Part& part : ground_) {
      if (part.from_m > 0 || part.to_m < 0) continue;
      crest_m = std::isinf(crest_m) ? part.top_m : std::max(crest_m, part.top_m);
    }
  }
  if (std::isinf(crest_m)) {
    throw PlaceError("breach: no barrier and no ground over its bottom of " +
                         std::to_string(edit.bottom_m) + " m stands",
                     edit.place,
                     "its place lies on a levee's line, and 'bottom_m' below its crest");
  }
  breach_.emplace(edit, crest_m, edit.volume_m3, crest_m - edit.bottom_m);
  waiting_ = !std::isnan(edit.at_level_m);
  at_level_m_ = std::min(edit.at_level_m, crest_m);
}

double LeveeBreach::level_beside_m(const ShallowWaterSolver& solver) const {
  double level_m = -std::numeric_limits<double>::infinity();
  const auto look = [&](std::size_t cell) {
    const double depth_m = solver.depth_m(cell);
    if (depth_m > wet_m) level_m = std::max(level_m, solver.ground_m(cell) + depth_m);
  };
  const auto at_place = [](const Part& part) { return part.from_m <= 0 && part.to_m >= 0; };
  for (const Part& part : walls_) {
    if (!at_place(part)) continue;
    look(part.cell);
    look(part.before);
  }
  for (const Part& part : ground_) {
    if (at_place(part)) level_m = std::max(level_m, highest_near_m(part.cell, solver));
  }
  return level_m;
}

double LeveeBreach::longest_step_s() const {
  const Breach& breach = *breach_;
  if (waiting_) return most_step_s;
  if (passed_s_ > breach.formation_s()) return std::numeric_limits<double>::infinity();
  return std::clamp(breach.formation_s() / steps_of_growth, 1.0, most_step_s);
}

double LeveeBreach::top_now_m(const Part& part, double level_m, double width_m) const {
  double lowest_m = part.top_m;
  double passing = 0;  // head^1.5, summed over the stretch
  const double piece_m = (part.to_m - part.from_m) / pieces;
  for (int i = 0; i < pieces; ++i) {
    const double away_m = part.from_m + (i + 0.5) * piece_m;
    const double top_m = std::min(part.top_m, breach_->top_m(passed_s_, away_m));
    lowest_m = std::min(lowest_m, top_m);
    passing += std::pow(std::max(level_m - top_m, 0.0), 1.5) * piece_m;
  }
  if (passing <= 0) return lowest_m;
  return std::max(lowest_m, level_m - std::cbrt(passing / width_m * (passing / width_m)));
}

void LeveeBreach::grow(double seconds, ShallowWaterSolver& solver) {
  if (waiting_) {
    waiting_ = level_beside_m(solver) < at_level_m_;
    if (waiting_) return;
  }
  // It goes on changing after it has formed: its tops follow the water.
  passed_s_ += seconds;
  const double cell_m = solver.shape().cell_m;
  const auto level_m = [&solver](std::size_t cell) {
    return solver.ground_m(cell) + solver.depth_m(cell);
  };
  for (const Part& part : walls_) {
    const double top_m =
        top_now_m(part, std::max(level_m(part.cell), level_m(part.before)), cell_m);
    if (part.at_left) {
      solver.change_wall_at_left(part.cell, top_m);
    } else {
      solver.change_wall_below(part.cell, top_m);
    }
  }
  for (const Part& part : ground_) {
    const double top_m = top_now_m(part, highest_near_m(part.cell, solver), cell_m);
    if (top_m < solver.ground_m(part.cell) - 1e-3) solver.set_ground(part.cell, top_m);
  }
}

}  // namespace kontwin::flood
