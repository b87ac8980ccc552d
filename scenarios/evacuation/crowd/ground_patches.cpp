#include "scenarios/evacuation/crowd/ground_patches.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "twin/joined_sets.hpp"

namespace kontwin::crowd {

namespace {

constexpr float patch_m = 1;

/// Gives the cells of one square that hang together from `start` on the same patch.
float fill(const GroundGrid& grid, const WayField::Sheet& sheet, std::size_t start,
           std::uint32_t patch, std::vector<std::uint32_t>& of_cell) {
  const auto side = static_cast<std::size_t>(std::max(1.F, std::round(patch_m * sheet.per_m)));
  const auto square = [&](std::size_t cell) {
    const std::size_t at = cell - sheet.begin;
    return std::pair(at % sheet.columns / side, at / sheet.columns / side);
  };
  const auto home = square(start);
  std::vector<std::size_t> open{start};
  of_cell[start] = patch;
  float area_m2 = 0;
  while (!open.empty()) {
    const std::size_t cell = open.back();
    open.pop_back();
    area_m2 += 1 / (sheet.per_m * sheet.per_m);
    const std::uint8_t links = (*grid.links)[cell];
    const auto reach = [&](std::size_t next, std::uint8_t bit) {
      if (!(links & bit) || of_cell[next] != GroundPatches::no_patch || square(next) != home)
        return;
      of_cell[next] = patch;
      open.push_back(next);
    };
    reach(cell - 1, GroundGrid::west);
    reach(cell + 1, GroundGrid::east);
    reach(cell - sheet.columns, GroundGrid::south);
    reach(cell + sheet.columns, GroundGrid::north);
  }
  return area_m2;
}

/// Rooms that openings join, and how many openings do.
std::size_t join_rooms(const WayOpenings& openings, const std::vector<std::uint32_t>& of_cell,
                       JoinedSets& rooms) {
  std::size_t joints = 0;
  for (const auto& sides : openings.sides) {
    std::set<std::uint32_t> before[2];
    for (std::size_t side = 0; side < 2; ++side) {
      for (const RowAtOpening& row : sides[side]) {
        for (const std::uint32_t cell : row.cells) {
          if (of_cell[cell] != GroundPatches::no_patch) {
            before[side].insert(rooms.find(of_cell[cell]));
          }
        }
      }
    }
    for (const std::uint32_t here : before[0]) {
      for (const std::uint32_t there : before[1]) {
        ++joints;
        rooms.join(here, there);
      }
    }
  }
  return joints;
}

}  // namespace

GroundPatches patches_of(const GroundGrid& grid, const WayOpenings& openings) {
  GroundPatches patches;
  patches.of_cell.assign(grid.cells(), GroundPatches::no_patch);
  // Euler's characteristic of the cells: corners less edges plus faces.
  std::ptrdiff_t characteristic = 0;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> joined;
  const auto& links = *grid.links;
  for (const WayField::Sheet& sheet : grid.sheets) {
    const std::size_t end = sheet.begin + std::size_t{sheet.columns} * sheet.rows;
    for (std::size_t cell = sheet.begin; cell < end; ++cell) {
      if (!(links[cell] & GroundGrid::walkable)) continue;
      if (patches.of_cell[cell] == GroundPatches::no_patch) {
        const auto next = static_cast<std::uint32_t>(patches.count());
        patches.area_m2.push_back(fill(grid, sheet, cell, next, patches.of_cell));
      }
      const std::uint32_t here = patches.of_cell[cell];
      ++characteristic;
      const auto edge = [&](std::size_t before, std::uint8_t bit) {
        if (!(links[cell] & bit)) return;
        --characteristic;
        const std::uint32_t there = patches.of_cell[before];
        if (there != here) joined.emplace_back(std::minmax(here, there));
      };
      edge(cell - 1, GroundGrid::west);
      edge(cell - sheet.columns, GroundGrid::south);
      characteristic += (links[cell] & GroundGrid::whole_square) != 0;
    }
  }
  std::ranges::sort(joined);
  joined.erase(std::unique(joined.begin(), joined.end()), joined.end());
  JoinedSets rooms(patches.count());
  patches.begin.assign(patches.count() + 1, 0);
  for (const auto& [one, other] : joined) {
    rooms.join(one, other);
    ++patches.begin[one + 1];
    ++patches.begin[other + 1];
  }
  std::partial_sum(patches.begin.begin(), patches.begin.end(), patches.begin.begin());
  patches.neighbours.resize(2 * joined.size());
  std::vector<std::uint32_t> at(patches.begin.begin(), patches.begin.end() - 1);
  for (const auto& [one, other] : joined) {
    patches.neighbours[at[one]++] = other;
    patches.neighbours[at[other]++] = one;
  }
  const std::size_t apart = rooms.count();
  const std::ptrdiff_t holes = static_cast<std::ptrdiff_t>(apart) - characteristic;
  const std::size_t joints = join_rooms(openings, patches.of_cell, rooms);
  // Of the joints as many as there are rooms fewer make no loop.
  patches.loops = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, holes)) + joints -
                  (apart - rooms.count());
  return patches;
}

}  // namespace kontwin::crowd
