#include <algorithm>
#include <cmath>

#include "scenarios/evacuation/crowd/plan_geometry.hpp"
#include "scenarios/evacuation/crowd/population.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd {

namespace {

/// Centres of a grid that lie in a shape, away from its borders.
std::vector<LocalPoint> centres(const Polygon& shape, const LocalBox& box, double cell_m,
                                double margin_m) {
  std::vector<LocalPoint> found;
  const auto columns = static_cast<long>(std::ceil((box.max_x_m - box.min_x_m) / cell_m));
  const auto rows = static_cast<long>(std::ceil((box.max_y_m - box.min_y_m) / cell_m));
  for (long row = 0; row < rows; ++row) {
    for (long column = 0; column < columns; ++column) {
      const LocalPoint point{box.min_x_m + (static_cast<double>(column) + 0.5) * cell_m,
                             box.min_y_m + (static_cast<double>(row) + 0.5) * cell_m};
      if (!contains(shape, point)) continue;
      bool clear = true;
      for_each_edge(shape, [&](const Segment& edge) {
        clear = clear && distance_m(edge, point) >= margin_m;
      });
      if (clear) found.push_back(point);
    }
  }
  return found;
}

/// Those who stand in a box, by squares of the ground as wide as the widest two bodies.
class StandingBySquares {
 public:
  StandingBySquares(const LocalBox& box, std::span<const Standing> standing)
      : box_(box),
        columns_(static_cast<long>((box.max_x_m - box.min_x_m) / square_m) + 3),
        squares_(static_cast<std::size_t>(
            columns_ * (static_cast<long>((box.max_y_m - box.min_y_m) / square_m) + 3))) {
    for (const Standing& one : standing) {
      const long column = column_of(one.place), row = row_of(one.place);
      if (column < 0 || column >= columns_ || row < 0 || row >= rows()) continue;
      squares_[static_cast<std::size_t>(row * columns_ + column)].push_back(one);
    }
  }
  bool is_free(LocalPoint place, double radius_m) const {
    for (long row = row_of(place) - 1; row <= row_of(place) + 1; ++row) {
      for (long column = column_of(place) - 1; column <= column_of(place) + 1; ++column) {
        if (column < 0 || column >= columns_ || row < 0 || row >= rows()) continue;
        for (const Standing& one : squares_[static_cast<std::size_t>(row * columns_ + column)]) {
          if (distance_m(place, one.place) < radius_m + one.radius_m) return false;
        }
      }
    }
    return true;
  }

 private:
  static constexpr double square_m = 2;  // the widest bodies have a radius of a metre
  long column_of(LocalPoint p) const {
    return static_cast<long>(std::floor((p.x_m - box_.min_x_m) / square_m)) + 1;
  }
  long row_of(LocalPoint p) const {
    return static_cast<long>(std::floor((p.y_m - box_.min_y_m) / square_m)) + 1;
  }
  long rows() const { return static_cast<long>(squares_.size()) / columns_; }

  LocalBox box_;
  long columns_;
  std::vector<std::vector<Standing>> squares_;
};

}  // namespace

std::vector<LocalPoint> places_in(const Area& area, std::size_t count, double radius_m,
                                  RandomStream random, std::span<const Standing> standing) {
  if (count == 0) return {};
  const LocalBox box = box_of(area.shape);
  const StandingBySquares taken(box, standing);
  const double square_m = area_m2(area.shape);
  double cell_m = std::sqrt(square_m / static_cast<double>(count));
  std::vector<LocalPoint> cells;
  for (; cell_m >= radius_m && cells.size() < count; cell_m *= 0.98) {
    cells = centres(area.shape, box, cell_m, std::min(radius_m, cell_m / 2));
    if (standing.empty()) continue;
    std::erase_if(cells, [&](LocalPoint place) {
      return !taken.is_free(place, std::min(radius_m, cell_m / 2));
    });
  }
  cell_m /= 0.98;
  if (cells.size() < count) {
    throw ScenarioError("area '" + area.id + "': there is no room for " + std::to_string(count) +
                        " people");
  }
  // Which cells stay empty is a matter of chance.
  for (std::size_t i = 0; i < count; ++i) {
    std::swap(cells[i], cells[i + random.below(cells.size() - i)]);
  }
  cells.resize(count);
  const double play_m = std::max(0.0, cell_m / 2 - radius_m);
  for (LocalPoint& place : cells) {
    const LocalPoint moved{place.x_m + random.uniform(-play_m, play_m),
                           place.y_m + random.uniform(-play_m, play_m)};
    bool clear =
        contains(area.shape, moved) && taken.is_free(moved, std::min(radius_m, cell_m / 2));
    for_each_edge(area.shape, [&](const Segment& edge) {
      clear = clear && distance_m(edge, moved) >= std::min(radius_m, cell_m / 2);
    });
    if (clear) place = moved;
  }
  return cells;
}

}  // namespace kontwin::crowd
