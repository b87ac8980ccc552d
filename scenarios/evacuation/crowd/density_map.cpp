#include "scenarios/evacuation/crowd/density_map.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/evacuation/crowd/ground_grid.hpp"

namespace kontwin::crowd {

char level_of_service(double density_per_m2) {
  constexpr std::pair<double, char> levels[] = {
      {0.31, 'A'}, {0.43, 'B'}, {0.72, 'C'}, {1.08, 'D'}, {2.17, 'E'}};
  for (const auto& [below, level] : levels) {
    if (density_per_m2 < below) return level;
  }
  return 'F';
}

DensityMap DensityMap::over(const Ground& ground) {
  DensityMap map;
  const GroundGrid& grid = ground.grid();
  for (std::size_t s = 0; s < grid.sheets.size(); ++s) {
    const LocalBox box = box_of(ground.building().surfaces[s].shape);
    Sheet sheet;
    sheet.x0_m = std::floor(box.min_x_m);
    sheet.y0_m = std::floor(box.min_y_m);
    sheet.columns = static_cast<std::uint32_t>(std::ceil(box.max_x_m) - sheet.x0_m);
    sheet.rows = static_cast<std::uint32_t>(std::ceil(box.max_y_m) - sheet.y0_m);
    const std::size_t cells = std::size_t{sheet.columns} * sheet.rows;
    sheet.ground_m2.assign(cells, 0);
    sheet.most_per_m2.assign(cells, 0);
    sheet.mean_per_m2.assign(cells, 0);
    sheet.looks.assign(cells, 0);
    const WayField::Sheet& fine = grid.sheets[s];
    for (std::uint32_t j = 0; j < fine.rows; ++j) {
      for (std::uint32_t i = 0; i < fine.columns; ++i) {
        const std::size_t cell = fine.begin + std::size_t{j} * fine.columns + i;
        if (!((*grid.links)[cell] & GroundGrid::walkable)) continue;
        const double x = ground.origin().x_m + fine.x0_m + double{1} * i / fine.per_m - sheet.x0_m;
        const double y = ground.origin().y_m + fine.y0_m + double{1} * j / fine.per_m - sheet.y0_m;
        const auto column = std::min(static_cast<std::uint32_t>(x), sheet.columns - 1);
        const auto row = std::min(static_cast<std::uint32_t>(y), sheet.rows - 1);
        sheet.ground_m2[std::size_t{row} * sheet.columns + column] += 1 / (fine.per_m * fine.per_m);
      }
    }
    map.sheets.push_back(std::move(sheet));
  }
  return map;
}

void DensityMap::look(std::span<const Person> people, std::span<const PersonState> states) {
  std::vector<std::vector<float>> heads(sheets.size());
  for (std::size_t s = 0; s < sheets.size(); ++s) heads[s].assign(sheets[s].looks.size(), 0);
  for (std::size_t p = 0; p < states.size(); ++p) {
    if (states[p].status == Status::out) continue;
    const Sheet& sheet = sheets[states[p].surface];
    const double x = states[p].place.x_m - sheet.x0_m, y = states[p].place.y_m - sheet.y0_m;
    if (x < 0 || y < 0 || x >= sheet.columns || y >= sheet.rows) continue;
    heads[states[p].surface][static_cast<std::size_t>(y) * sheet.columns +
                             static_cast<std::size_t>(x)] += static_cast<float>(people[p].heads);
  }
  for (std::size_t s = 0; s < sheets.size(); ++s) {
    Sheet& sheet = sheets[s];
    const auto columns = static_cast<std::int64_t>(sheet.columns);
    const auto rows = static_cast<std::int64_t>(sheet.rows);
    for (std::int64_t j = 0; j < rows; ++j) {
      for (std::int64_t i = 0; i < columns; ++i) {
        if (sheet.ground_m2[static_cast<std::size_t>(j * columns + i)] <= 0) continue;
        float near = 0, ground_m2 = 0;
        for (auto v = std::max<std::int64_t>(j - 1, 0); v <= std::min(j + 1, rows - 1); ++v) {
          for (auto u = std::max<std::int64_t>(i - 1, 0); u <= std::min(i + 1, columns - 1); ++u) {
            near += heads[s][static_cast<std::size_t>(v * columns + u)];
            ground_m2 += sheet.ground_m2[static_cast<std::size_t>(v * columns + u)];
          }
        }
        if (near <= 0) continue;
        // Less than a square metre of ground says nothing of a density.
        const float density = near / std::max(ground_m2, 1.F);
        const auto cell = static_cast<std::size_t>(j * columns + i);
        sheet.most_per_m2[cell] = std::max(sheet.most_per_m2[cell], density);
        ++sheet.looks[cell];
        sheet.mean_per_m2[cell] +=
            (density - sheet.mean_per_m2[cell]) / static_cast<float>(sheet.looks[cell]);
      }
    }
  }
}

}  // namespace kontwin::crowd
