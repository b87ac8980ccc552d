#include "scenarios/evacuation/crowd/cell_list.hpp"

#include <algorithm>
#include <cmath>

namespace kontwin::crowd {

namespace {

constexpr float column_m = 0.5F, row_m = 1.5F;
constexpr float storey_m = 3.0F;
constexpr double most_cells = 4e6;

std::int32_t cells_over(float length_m, float per_m) {
  return std::max(1, static_cast<std::int32_t>(std::ceil(length_m * per_m)));
}

}  // namespace

CellList::CellList(const CellBox& box) {
  const float width = box.x1_m - box.x0_m, depth = box.y1_m - box.y0_m;
  grid_.x0_m = box.x0_m;
  grid_.y0_m = box.y0_m;
  grid_.z0_m = box.z0_m;
  grid_.per_m_z = 1 / storey_m;
  grid_.storeys = cells_over(box.z1_m - box.z0_m, grid_.per_m_z);
  grid_.levels = box.z1_m - box.z0_m >= same_level_m;
  // A wide country gets wide cells: memory stays bounded, and people there are few.
  const double cells = static_cast<double>(width / column_m) * static_cast<double>(depth / row_m) *
                       static_cast<double>(grid_.storeys);
  const float coarser = static_cast<float>(std::sqrt(std::max(1.0, cells / most_cells)));
  grid_.per_m_x = 1 / (column_m * coarser);
  grid_.per_m_y = 1 / (row_m * coarser);
  grid_.columns = cells_over(width, grid_.per_m_x);
  grid_.rows = cells_over(depth, grid_.per_m_y);
  begin_.resize(grid_.cell(grid_.storeys - 1, grid_.rows - 1, grid_.columns - 1) + 2);
}

void CellList::sort(Pedestrians& people, ComputeArena& arena) {
  const std::size_t count = people.count();
  key_.resize(count);
  target_.resize(count);
  sorted_.resize(count);
  const auto each_part = [&](auto&& work) {
    arena.for_each_part(parts_of(count), [&](std::size_t part) {
      const std::size_t end = std::min(count, (part + 1) * people_per_part);
      for (std::size_t i = part * people_per_part; i < end; ++i) work(i);
    });
  };
  each_part([&](std::size_t i) {
    key_[i] = static_cast<std::uint32_t>(grid_.cell(
        grid_.storey(people.z_m[i]), grid_.row(people.y_m[i]), grid_.column(people.x_m[i])));
  });
  std::fill(begin_.begin(), begin_.end(), 0U);
  for (std::size_t i = 0; i < count; ++i) target_[i] = begin_[key_[i]]++;
  std::uint32_t before = 0;
  for (std::uint32_t& begin : begin_) {
    const std::uint32_t here = begin;
    begin = before;
    before += here;
  }
  each_part([&](std::size_t i) { people.copy_row(i, sorted_, begin_[key_[i]] + target_[i]); });
  std::swap(people, sorted_);
}

}  // namespace kontwin::crowd
