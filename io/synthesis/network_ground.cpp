#include "io/synthesis/network_ground.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>

#include "io/synthesis/network_key.hpp"
#include "twin/random.hpp"

namespace kontwin::synthesis {

namespace {

constexpr double comfortable_slope = 0.07;  ///< beyond it the cost of a step climbs fast
constexpr double bridge_cost_m = 4000;      ///< a bridge is worth this long a detour
constexpr double reuse = 0.35;              ///< cost of following a road that is there
constexpr double outside_factor = 3;        ///< cost of leaving the province

const std::vector<LocalPoint>* province_outline(const WorldParts& parts) {
  for (const AdminUnit& unit : parts.admin_units) {
    if (unit.level == AdminLevel::province && !unit.outline.empty()) return &unit.outline;
  }
  return nullptr;
}

}  // namespace

RoadGround::RoadGround(const WorldParts& parts, const RiverIndex& rivers,
                       const std::vector<Town>& towns)
    : rivers_(rivers) {
  const LocalBox& extent = parts.extent;
  shape_ = {extent.min_x_m, extent.min_y_m, cell_m,
            static_cast<std::size_t>((extent.max_x_m - extent.min_x_m) / cell_m),
            static_cast<std::size_t>((extent.max_y_m - extent.min_y_m) / cell_m)};
  const std::size_t cells = shape_.cells();
  places_.resize(cells);
  height_m_.resize(cells);
  burden_.assign(cells, 1.0F);
  town_.assign(cells, -1);
  wet_.assign(cells, 0);
  used_.assign(cells, 0);
  const auto* outline = province_outline(parts);
  for (std::size_t row = 0; row < shape_.rows; ++row) {
    for (std::size_t column = 0; column < shape_.columns; ++column) {
      const std::size_t cell = shape_.at(column, row);
      const LocalPoint center = shape_.center(column, row);
      RandomStream random(world_seed, cell, 21);
      places_[cell] = {center.x_m + random.uniform(-0.22, 0.22) * cell_m,
                       center.y_m + random.uniform(-0.22, 0.22) * cell_m};
      height_m_[cell] = static_cast<float>(parts.terrain->elevation_m(center));
      if (outline != nullptr && !inside(*outline, center)) {
        burden_[cell] = static_cast<float>(outside_factor);
      }
      for (std::size_t town = 0; town < towns.size(); ++town) {
        if (towns[town].contains(center)) town_[cell] = static_cast<std::int16_t>(town);
      }
    }
  }
  // Cells from which a step may meet a wide river, found from the rivers' side.
  for (const River& river : parts.rivers) {
    for (std::size_t i = 1; i < river.line.size(); ++i) {
      if (std::max(river.width_m[i - 1], river.width_m[i]) < wide_river_m) continue;
      const LocalPoint a = river.line[i - 1];
      const LocalPoint b = river.line[i];
      const int steps = std::max(1, static_cast<int>(distance_m(a, b) / (cell_m / 2)));
      for (int step = 0; step <= steps; ++step) {
        const double share = static_cast<double>(step) / steps;
        const LocalPoint on{a.x_m + share * (b.x_m - a.x_m), a.y_m + share * (b.y_m - a.y_m)};
        for (int dy = -2; dy <= 2; ++dy) {
          for (int dx = -2; dx <= 2; ++dx) {
            const LocalPoint near{on.x_m + dx * cell_m, on.y_m + dy * cell_m};
            if (shape_.contains(near)) wet_[shape_.cell_of(near)] = 1;
          }
        }
      }
    }
  }
  for (std::size_t cell = 0; cell < cells; ++cell) {
    if (wet_[cell] != 0) places_[cell] = rivers.pushed_clear(places_[cell], 40);
  }
}

std::uint32_t RoadGround::cell_of(LocalPoint place) const {
  const LocalBox box = shape_.box();
  return static_cast<std::uint32_t>(
      shape_.cell_of({std::clamp(place.x_m, box.min_x_m + 1, box.max_x_m - 1),
                      std::clamp(place.y_m, box.min_y_m + 1, box.max_y_m - 1)}));
}

void RoadGround::pin(std::uint32_t cell, LocalPoint place) {
  places_[cell] = rivers_.pushed_clear(place, 40);
}

double RoadGround::step_cost(std::uint32_t from, std::uint32_t to, std::size_t direction) const {
  const double length = distance_m(places_[from], places_[to]);
  const double run = direction % 2 == 0 ? cell_m : cell_m * 1.41421356;
  const double slope = std::abs(height_m_[to] - height_m_[from]) / run;
  const double climb = slope / comfortable_slope;
  double cost = length * (1 + std::min(climb * climb, 25.0)) * burden_[to];
  const bool within_town = town_[from] >= 0 && town_[to] >= 0;
  if (!within_town && wet_[from] != 0 && wet_[to] != 0 &&
      rivers_.crosses_wide(places_[from], places_[to])) {
    cost += bridge_cost_m;
  }
  if ((used_[from] >> direction & 1U) != 0) cost *= reuse;
  return cost;
}

std::optional<std::vector<std::uint32_t>> RoadGround::way(
    std::uint32_t from, const std::function<bool(std::uint32_t)>& arrived) const {
  std::vector<double> best(shape_.cells(), std::numeric_limits<double>::infinity());
  std::vector<std::uint32_t> previous(shape_.cells(), no_row);
  using Entry = std::pair<double, std::uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
  best[from] = 0;
  open.emplace(0, from);
  while (!open.empty()) {
    const auto [so_far, cell] = open.top();
    open.pop();
    if (so_far > best[cell]) continue;
    if (arrived(cell)) {
      std::vector<std::uint32_t> found;
      for (std::uint32_t at = cell; at != no_row; at = previous[at]) found.push_back(at);
      std::ranges::reverse(found);
      return found;
    }
    const auto column = static_cast<int>(cell % shape_.columns);
    const auto row = static_cast<int>(cell / shape_.columns);
    for (std::size_t direction = 0; direction < neighbours.size(); ++direction) {
      const int c = column + neighbours[direction].first;
      const int r = row + neighbours[direction].second;
      if (c < 0 || r < 0 || c >= static_cast<int>(shape_.columns) ||
          r >= static_cast<int>(shape_.rows)) {
        continue;
      }
      const auto next = static_cast<std::uint32_t>(
          shape_.at(static_cast<std::size_t>(c), static_cast<std::size_t>(r)));
      const double total = so_far + step_cost(cell, next, direction);
      if (total < best[next]) {
        best[next] = total;
        previous[next] = cell;
        open.emplace(total, next);
      }
    }
  }
  return std::nullopt;
}

void RoadGround::use(const std::vector<std::uint32_t>& way) {
  for (std::size_t i = 1; i < way.size(); ++i) {
    const auto c0 = static_cast<int>(way[i - 1] % shape_.columns);
    const auto r0 = static_cast<int>(way[i - 1] / shape_.columns);
    const auto c1 = static_cast<int>(way[i] % shape_.columns);
    const auto r1 = static_cast<int>(way[i] / shape_.columns);
    for (std::size_t direction = 0; direction < neighbours.size(); ++direction) {
      const auto [dc, dr] = neighbours[direction];
      if (c0 + dc != c1 || r0 + dr != r1) continue;
      used_[way[i - 1]] |= static_cast<std::uint8_t>(1U << direction);
      used_[way[i]] |= static_cast<std::uint8_t>(1U << (direction ^ 4U));
    }
  }
}

}  // namespace kontwin::synthesis
