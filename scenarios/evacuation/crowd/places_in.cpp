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

}  // namespace

std::vector<LocalPoint> places_in(const Area& area, std::size_t count, double radius_m,
                                  RandomStream random) {
  if (count == 0) return {};
  const LocalBox box = box_of(area.shape);
  const double square_m = area_m2(area.shape);
  double cell_m = std::sqrt(square_m / static_cast<double>(count));
  std::vector<LocalPoint> cells;
  for (; cell_m >= radius_m && cells.size() < count; cell_m *= 0.98) {
    cells = centres(area.shape, box, cell_m, std::min(radius_m, cell_m / 2));
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
    bool clear = contains(area.shape, moved);
    for_each_edge(area.shape, [&](const Segment& edge) {
      clear = clear && distance_m(edge, moved) >= std::min(radius_m, cell_m / 2);
    });
    if (clear) place = moved;
  }
  return cells;
}

}  // namespace kontwin::crowd
