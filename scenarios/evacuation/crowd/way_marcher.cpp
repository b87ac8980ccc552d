#include "scenarios/evacuation/crowd/way_marcher.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace kontwin::crowd {

namespace {

constexpr float no_way = std::numeric_limits<float>::infinity();

/// One axis of the eikonal equation: weight * (T - value)².
struct Upwind {
  float weight = 0, value = 0, first = no_way;
  std::size_t cell = 0;  ///< the neighbour
};

}  // namespace

WayMarcher::WayMarcher(const GroundGrid& grid, std::vector<float> slowness,
                       std::span<const Bridge> bridges)
    : grid_(grid),
      slowness_(std::move(slowness)),
      distance_m_(grid.cells(), no_way),
      state_(grid.cells(), State::unknown),
      bridges_(bridges) {}

void WayMarcher::offer(std::size_t cell, float distance_m) {
  if (!(distance_m < distance_m_[cell])) return;
  distance_m_[cell] = distance_m;
  front_.push({distance_m, static_cast<std::uint32_t>(cell)});
}

std::size_t WayMarcher::sheet_of(std::size_t cell) const {
  const auto after = std::ranges::upper_bound(grid_.sheets, cell, {}, &WayField::Sheet::begin);
  return static_cast<std::size_t>(after - grid_.sheets.begin()) - 1;
}

inline float WayMarcher::slowness_towards(std::size_t cell, std::size_t x, std::size_t y,
                                          float width_m) const {
  if (!across_) return slowness_[cell];
  const float down_x = (down_[cell] - down_[x]) / width_m;
  const float down_y = (down_[cell] - down_[y]) / width_m;
  // A step between two axes is longer than along one.
  const float slope = x != cell && y != cell ? (down_x + down_y) * std::numbers::sqrt2_v<float> / 2
                                             : down_x + down_y;
  return across_[cell] + std::clamp(slope, 0.F, 1.F) * (slowness_[cell] - across_[cell]);
}

float WayMarcher::solve(std::size_t cell, std::size_t columns, float width_m) const {
  const std::uint8_t* const links = grid_.links->data();
  const auto upwind = [&](std::size_t step, std::uint8_t back, std::uint8_t forth) {
    Upwind axis;
    const auto look = [&](std::size_t near, std::size_t far, std::uint8_t bit) {
      if (!(links[cell] & bit) || !known(near) || distance_m_[near] >= axis.first) return;
      axis.first = distance_m_[near];
      axis.cell = near;
      if ((links[near] & bit) && known(far) && distance_m_[far] <= axis.first) {
        axis.weight = 2.25F;
        axis.value = (4 * axis.first - distance_m_[far]) / 3;
      } else {
        axis.weight = 1;
        axis.value = axis.first;
      }
    };
    look(cell - step, cell - 2 * step, back);
    look(cell + step, cell + 2 * step, forth);
    return axis;
  };
  const Upwind x = upwind(1, GroundGrid::west, GroundGrid::east);
  const Upwind y = upwind(columns, GroundGrid::south, GroundGrid::north);
  const auto alone = [&](const Upwind& axis, std::size_t near_x, std::size_t near_y) {
    if (!(axis.weight > 0)) return no_way;
    const float q = width_m * slowness_towards(cell, near_x, near_y, width_m);
    return std::max(axis.value + q / std::sqrt(axis.weight), axis.first);
  };
  if (x.weight > 0 && y.weight > 0) {
    const float a = x.weight + y.weight;
    const float half_b = x.weight * x.value + y.weight * y.value;
    const float apart = x.value - y.value;
    const float q = width_m * slowness_towards(cell, x.cell, y.cell, width_m);
    // The discriminant without the difference of large numbers.
    const float under = a * q * q - x.weight * y.weight * apart * apart;
    if (under >= 0) {
      const float both = (half_b + std::sqrt(under)) / a;
      if (both >= std::max(x.first, y.first)) return both;
    }
  }
  return std::min(alone(x, x.cell, cell), alone(y, cell, y.cell));
}

void WayMarcher::accept(std::size_t cell) {
  state_[cell] = State::known;
  const WayField::Sheet& sheet = grid_.sheets[sheet_of(cell)];
  const std::size_t columns = sheet.columns;
  const float width_m = 1 / sheet.per_m;
  const std::uint8_t links = (*grid_.links)[cell];
  const auto reach = [&](std::size_t next, std::uint8_t bit) {
    if ((links & bit) && state_[next] == State::unknown && slowness_[next] < no_way) {
      offer(next, solve(next, columns, width_m));
    }
  };
  reach(cell - 1, GroundGrid::west);
  reach(cell + 1, GroundGrid::east);
  reach(cell - columns, GroundGrid::south);
  reach(cell + columns, GroundGrid::north);
  if (bridges_.empty()) return;
  const auto from = static_cast<std::uint32_t>(cell);
  for (auto bridge = std::ranges::lower_bound(bridges_, from, {}, &Bridge::from);
       bridge != bridges_.end() && bridge->from == from; ++bridge) {
    if (state_[bridge->to] != State::unknown || !(slowness_[bridge->to] < no_way)) continue;
    const float slowness = 0.5F * (slowness_[cell] + slowness_[bridge->to]);
    offer(bridge->to, distance_m_[cell] + bridge->length_m * slowness);
  }
}

void WayMarcher::start(std::span<const WaySeed> seeds) {
  for (const auto& [cell, distance_m] : seeds) {
    if (!(slowness_[cell] < no_way)) continue;
    // Across the kink at a goal a difference of second order would be worse than what is known.
    state_[cell] = State::seeded;
    offer(cell, distance_m);
  }
}

std::vector<float> WayMarcher::march(std::span<const WaySeed> seeds) {
  start(seeds);
  while (!front_.empty()) {
    const Candidate next = front_.top();
    front_.pop();
    if (!known(next.cell)) accept(next.cell);
  }
  return std::move(distance_m_);
}

std::vector<float> WayMarcher::march(std::span<const WaySeed> seeds,
                                     std::span<const std::uint32_t> wanted) {
  std::vector<std::uint8_t> waits(state_.size(), 0);
  std::size_t left = 0;
  for (const std::uint32_t cell : wanted) left += waits[cell] == 0 ? waits[cell] = 1 : 0;
  start(seeds);
  while (left > 0 && !front_.empty()) {
    const Candidate next = front_.top();
    front_.pop();
    if (known(next.cell)) continue;
    left -= waits[next.cell];
    accept(next.cell);
  }
  return std::move(distance_m_);
}

}  // namespace kontwin::crowd
