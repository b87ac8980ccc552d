// Ways round jams: what people on their way see of them, and who takes one.

#include <algorithm>
#include <cmath>
#include <utility>

#include "scenarios/evacuation/crowd/crowd_run.hpp"

namespace kontwin::crowd {

namespace {

/// Every so many looks around, 2 s, jams are looked for.
constexpr std::uint64_t looks_a_view = 4;
/// Whoever walks by so much of its free speed gets on.
constexpr float walks = 0.7F;
/// Whoever is on a detour goes back when staying would take hardly longer.
constexpr float back_at = 0.95F;
/// Where the two ways part by more than 60 degrees the detour's direction counts; elsewhere both
/// lead the same way, and the shortest is smoothed.
constexpr float parted = 0.5F;

}  // namespace

void CrowdSimulation::Impl::look_for_jams() {
  if (!detours || !detours->possible() || looks % looks_a_view != 0) return;
  walkers.resize(motion.people.count());
  each_part([this](std::size_t begin, std::size_t end) {
    const Pedestrians& rows = motion.people;
    for (std::size_t row = begin; row < end; ++row) {
      const std::uint32_t person = rows.person[row];
      const PersonNow& now = state.now[person];
      Detours::Walker& one = walkers[row];
      one.heads = 0;
      if (now.status != Status::walking || static_cast<float>(now_s()) < now.stop_until_s) continue;
      one = {ways.index(goal_of(person), now.means),
             rows.surface[row],
             rows.x_m[row],
             rows.y_m[row],
             cell_of(row),
             now.to_go_m,
             state.given[person].heads,
             1};
      const float vx = rows.vx_mps[row], vy = rows.vy_mps[row];
      if (vx * vx + vy * vy >= walks * walks * now.speed_mps * now.speed_mps) continue;
      const WayField::Direction way = way_of(row);
      const float pace_mps = pace_of(row, way);
      if (pace_mps > 0) one.gets_on = std::clamp((vx * way.x + vy * way.y) / pace_mps, -1.F, 1.F);
    }
  });
  detours->look(walkers, static_cast<double>(looks_a_view * steps_a_look) * step_s, arena);
}

WayField::Direction CrowdSimulation::Impl::way_of(std::size_t row) const {
  const Pedestrians& rows = motion.people;
  const std::uint32_t person = rows.person[row];
  const PersonNow& now = state.now[person];
  const std::size_t goal = goal_of(person);
  const WayField::Direction shortest =
      ways.to(goal, now.means).direction(rows.surface[row], rows.x_m[row], rows.y_m[row]);
  if (!now.detour || !detours) return shortest;
  const WayField* const quickest = detours->quickest(ways.index(goal, now.means));
  if (!quickest) return shortest;
  const WayField::Direction detour =
      quickest->direction(rows.surface[row], rows.x_m[row], rows.y_m[row]);
  if (detour.x == 0 && detour.y == 0) return shortest;
  return detour.x * shortest.x + detour.y * shortest.y > parted ? shortest : detour;
}

void CrowdSimulation::Impl::choose_way(std::uint32_t person, std::size_t row, double chance) {
  const Pedestrians& rows = motion.people;
  PersonNow& now = state.now[person];
  const bool was_on_it = std::exchange(now.detour, false);
  if (!detours || !detours->possible() || now.status != Status::walking) return;
  const auto known = detours->times(ways.index(goal_of(person), now.means), rows.surface[row],
                                    rows.x_m[row], rows.y_m[row], cell_of(row));
  if (!known) return;
  if (was_on_it) {
    now.detour = known->quick_m < back_at * known->stay_m;
    return;
  }
  // Who does not know the place sees a jam when it stands in it.
  if (!known->held && !state.given[person].familiar) return;
  auto worth_m = static_cast<float>(options.worth_changing) * known->stay_m;
  if (known->held) {
    const auto queue_m = static_cast<float>(options.worth_leaving_queue_s) * now.speed_mps;
    worth_m = std::min(worth_m, known->stay_m - queue_m);
  }
  now.detour = known->quick_m < worth_m &&
               chance < 1 - static_cast<double>(known->quick_m) / static_cast<double>(worth_m);
}

}  // namespace kontwin::crowd
