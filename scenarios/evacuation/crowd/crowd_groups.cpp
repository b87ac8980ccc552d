#include <algorithm>
#include <cmath>

#include "scenarios/evacuation/crowd/crowd_run.hpp"

namespace kontwin::crowd {

namespace {

/// Who waits still moves a little: a group must not shut a passage to its own last member.
constexpr float least_pace = 0.1F;
/// With more than so many others within so far, a person a square metre, nobody waits.
constexpr float crowd_reach_m = 1.5F;
constexpr std::uint32_t crowd_others = 6;
constexpr std::size_t groups_per_part = 128;

}  // namespace

void CrowdSimulation::Impl::follow_leaders() {
  for (const auto& members : groups) {
    // Whoever is first among those who still walk decides for all.
    std::uint32_t first = none;
    for (const std::uint32_t member : members) {
      if (state.now[member].status != Status::walking || state.row[member] == none) continue;
      if (first == none) {
        first = member;
        leader[member] = none;
        continue;
      }
      leader[member] = first;
      const std::uint32_t row = state.row[member];
      const Pedestrians& rows = motion.people;
      const float way_m = ways.to(state.now[first].exit, state.now[member].means)
                              .distance(rows.surface[row], rows.x_m[row], rows.y_m[row]);
      if (!std::isfinite(way_m)) continue;
      state.now[member].exit = state.now[first].exit;
      state.now[member].detour = state.now[first].detour;
    }
    if (first == none) continue;
    // What one was told makes all set out.
    for (const std::uint32_t member : members) {
      if (state.now[member].status != Status::waiting) continue;
      state.sets_out_s[member] = std::min(state.sets_out_s[member], now_s());
    }
  }
}

void CrowdSimulation::Impl::pace_groups() {
  const auto apart = static_cast<float>(options.group_apart_m);
  const auto pace_of_group = [&](const std::vector<std::uint32_t>& members) {
    float last_m = 0;
    for (const std::uint32_t member : members) {
      const PersonNow& now = state.now[member];
      if (now.status != Status::walking || !std::isfinite(now.to_go_m)) continue;
      last_m = std::max(last_m, now.to_go_m);
    }
    for (const std::uint32_t member : members) {
      PersonNow& now = state.now[member];
      const float ahead = last_m - now.to_go_m - apart;
      now.pace = 1;
      if (!(ahead > 0) || now.status != Status::walking) continue;
      // Whoever stopped in a queue would stop all behind, its own last member among them.
      if (!in_a_crowd(state.row[member])) now.pace = std::max(least_pace, 1 - ahead / apart);
    }
  };
  arena.for_each_part((groups.size() + groups_per_part - 1) / groups_per_part,
                      [&](std::size_t part) {
                        const std::size_t begin = part * groups_per_part;
                        const std::size_t end = std::min(groups.size(), begin + groups_per_part);
                        for (std::size_t i = begin; i < end; ++i) pace_of_group(groups[i]);
                      });
}

bool CrowdSimulation::Impl::in_a_crowd(std::size_t row) const {
  const Pedestrians& rows = motion.people;
  const CellGrid& grid = motion.cells().grid();
  const auto& begin = motion.cells().begin();
  const float x = rows.x_m[row], y = rows.y_m[row], z = rows.z_m[row];
  std::uint32_t near = 0;  // itself among them
  for (auto storey = grid.storey(z - same_level_m); storey <= grid.storey(z + same_level_m);
       ++storey) {
    for (auto line = grid.row(y - crowd_reach_m); line <= grid.row(y + crowd_reach_m); ++line) {
      const std::uint32_t first = begin[grid.cell(storey, line, grid.column(x - crowd_reach_m))];
      const std::uint32_t end = begin[grid.cell(storey, line, grid.column(x + crowd_reach_m)) + 1];
      for (std::uint32_t other = first; other < end; ++other) {
        const float dx = rows.x_m[other] - x, dy = rows.y_m[other] - y;
        if (dx * dx + dy * dy > crowd_reach_m * crowd_reach_m) continue;
        if (std::fabs(rows.z_m[other] - z) < same_level_m && ++near > crowd_others + 1) return true;
      }
    }
  }
  return false;
}

}  // namespace kontwin::crowd
