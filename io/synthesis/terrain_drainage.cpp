#include "io/synthesis/terrain_drainage.hpp"

#include <algorithm>
#include <array>
#include <numbers>
#include <queue>

namespace kontwin {

namespace {

struct Front {
  float height_m;
  std::uint32_t cell;
  // Ties are broken by the cell's number, so that the order is the same everywhere.
  friend bool operator>(const Front& a, const Front& b) {
    return a.height_m != b.height_m ? a.height_m > b.height_m : a.cell > b.cell;
  }
};

}  // namespace

Drainage drain(const Raster<float>& surface, const std::vector<std::uint8_t>& outlet) {
  const auto columns = static_cast<std::int64_t>(surface.shape.columns);
  const auto rows = static_cast<std::int64_t>(surface.shape.rows);
  const std::array<std::int64_t, 8> steps{
      -1, 1, -columns, columns, -columns - 1, -columns + 1, columns - 1, columns + 1};
  const auto& z = surface.values;
  Drainage result;
  result.order.reserve(z.size());
  result.receiver.resize(z.size());
  std::vector<float> filled(z.size());
  enum : std::uint8_t { unseen, waiting, visited };
  std::vector<std::uint8_t> state(z.size(), unseen);

  std::vector<Front> heap;
  heap.reserve(z.size() / 4);
  std::priority_queue<Front, std::vector<Front>, std::greater<>> front(std::greater<>{},
                                                                       std::move(heap));
  const auto seed = [&](std::size_t cell) {
    if (state[cell] != unseen) return;
    state[cell] = waiting;
    filled[cell] = z[cell];
    result.receiver[cell] = static_cast<std::uint32_t>(cell);
    front.push({z[cell], static_cast<std::uint32_t>(cell)});
  };
  for (std::size_t cell = 0; cell < z.size(); ++cell) {
    const auto column = static_cast<std::int64_t>(cell) % columns;
    const auto row = static_cast<std::int64_t>(cell) / columns;
    const bool edge = column == 0 || row == 0 || column == columns - 1 || row == rows - 1;
    if (edge || outlet[cell] != 0) seed(cell);
  }
  while (!front.empty()) {
    const std::uint32_t cell = front.top().cell;
    front.pop();
    state[cell] = visited;
    result.order.push_back(cell);
    const bool is_outlet = result.receiver[cell] == cell;
    const auto column = static_cast<std::int64_t>(cell) % columns;
    const auto row = static_cast<std::int64_t>(cell) / columns;
    const bool edge = column == 0 || row == 0 || column == columns - 1 || row == rows - 1;
    float steepest = -1;
    for (std::size_t side = 0; side < 8; ++side) {
      if (edge) {
        const std::int64_t to_column = column + (side == 1 || side == 5 || side == 7 ? 1 : 0) -
                                       (side == 0 || side == 4 || side == 6 ? 1 : 0);
        const std::int64_t to_row =
            row + (side == 3 || side >= 6 ? 1 : 0) - (side == 2 || side == 4 || side == 5 ? 1 : 0);
        if (to_column < 0 || to_row < 0 || to_column >= columns || to_row >= rows) continue;
      }
      const auto other = static_cast<std::uint32_t>(static_cast<std::int64_t>(cell) + steps[side]);
      if (state[other] == unseen) {
        state[other] = waiting;
        filled[other] = std::max(z[other], filled[cell]);
        result.receiver[other] = cell;
        front.push({filled[other], other});
      } else if (!is_outlet && state[other] == visited) {
        const float fall =
            (filled[cell] - filled[other]) * (side < 4 ? 1.0F : std::numbers::sqrt2_v<float> / 2);
        if (fall > steepest) {
          steepest = fall;
          result.receiver[cell] = other;
        }
      }
    }
  }
  return result;
}

std::vector<float> drained_area_m2(const Drainage& drainage, double cell_m) {
  std::vector<float> area(drainage.receiver.size(), static_cast<float>(cell_m * cell_m));
  for (auto cell = drainage.order.rbegin(); cell != drainage.order.rend(); ++cell) {
    const std::uint32_t to = drainage.receiver[*cell];
    if (to != *cell) area[to] += area[*cell];
  }
  return area;
}

void fill_hollows(Raster<float>& surface, const Drainage& drainage, float step_m) {
  auto& z = surface.values;
  for (const std::uint32_t cell : drainage.order) {
    const std::uint32_t to = drainage.receiver[cell];
    if (to != cell) z[cell] = std::max(z[cell], z[to] + step_m);
  }
}

}  // namespace kontwin
