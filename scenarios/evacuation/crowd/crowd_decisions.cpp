#include <cmath>
#include <utility>

#include "scenarios/evacuation/crowd/crowd_run.hpp"
#include "twin/random.hpp"

namespace kontwin::crowd {

void CrowdSimulation::Impl::next_stop(std::uint32_t person, std::uint16_t stop) {
  const std::uint32_t route = state.given[person].route;
  state.now[person].stop = stop;
  state.now[person].has_stop = route != none && stop < options.routes[route].stops.size();
}

std::size_t CrowdSimulation::Impl::goal_of(std::uint32_t person) const {
  const PersonNow& now = state.now[person];
  return now.has_stop ? first_stop[state.given[person].route] + now.stop : now.exit;
}

void CrowdSimulation::Impl::renew_ways() {
  ways.renew(ground, water_share, arena);
  if (options.way_choice == WayChoice::quickest) detours.emplace(ways);
  all_decide = true;
}

void CrowdSimulation::Impl::decide(std::uint32_t person, std::size_t row) {
  const Pedestrians& rows = motion.people;
  RandomStream random(person, looks);
  const Standpoint from{rows.surface[row], rows.x_m[row], rows.y_m[row], random.uniform()};
  const std::uint32_t exit = choose_exit({ground, ways, queues, options}, state, person, from);
  state.now[person].status = exit == none ? Status::stuck : Status::walking;
  // Another exit is another way.
  if (std::exchange(state.now[person].exit, exit) != exit) state.now[person].detour = false;
  // A stop that cannot be reached is left out rather than waited for.
  while (state.now[person].has_stop &&
         !std::isfinite(ways.to(goal_of(person), state.now[person].means)
                            .distance(from.surface, from.x_m, from.y_m))) {
    next_stop(person, static_cast<std::uint16_t>(state.now[person].stop + 1));
  }
  choose_way(person, row, random.uniform());
}

void CrowdSimulation::Impl::look_around() {
  find_rows();
  if (!water_share.empty()) find_caught();
  each_part([this](std::size_t begin, std::size_t end) {
    hear(begin, end);
    measure_ways(begin, end);
  });
  queues.look(motion.people, state, static_cast<double>(steps_a_look) * step_s);
  look_for_jams();
  each_part([this](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      const std::uint32_t person = motion.people.person[row];
      const Status status = state.now[person].status;
      if (status != Status::walking && status != Status::stuck) continue;
      // They look at different moments, so that not all change at once.
      const bool turn = (person + looks) % looks_a_decision == 0;
      if (all_decide || (turn && decides_alone(person))) decide(person, row);
    }
  });
  all_decide = false;
  ++looks;
  if (groups.empty()) return;
  follow_leaders();
  pace_groups();
}

void CrowdSimulation::Impl::measure_ways(std::size_t begin, std::size_t end) {
  const Pedestrians& rows = motion.people;
  for (std::size_t row = begin; row < end; ++row) {
    const std::uint32_t person = rows.person[row];
    state.surface[person] = rows.surface[row];
    PersonNow& now = state.now[person];
    if (now.status != Status::walking) continue;
    now.to_go_m = ways.to(goal_of(person), now.means)
                      .distance(rows.surface[row], rows.x_m[row], rows.y_m[row]);
  }
}

void CrowdSimulation::Impl::hear(std::size_t begin, std::size_t end) {
  const Pedestrians& rows = motion.people;
  const LocalPoint origin = ground.origin();
  for (const Announcement& said : options.announcements) {
    if (!said.lasts.at(now_s())) continue;
    for (std::size_t row = begin; row < end; ++row) {
      const LocalPoint place{static_cast<double>(rows.x_m[row]) + origin.x_m,
                             static_cast<double>(rows.y_m[row]) + origin.y_m};
      const bool within =
          std::isinf(said.reach_m) ||
          (rows.surface[row] == said.surface && distance_m(said.place, place) <= said.reach_m);
      if (!within) continue;
      const std::uint32_t person = rows.person[row];
      if (said.exit != none) state.told_exit[person] = said.exit;
      if (said.set_out && state.now[person].status == Status::waiting) {
        state.sets_out_s[person] = std::min(state.sets_out_s[person], now_s());
      }
    }
  }
}

}  // namespace kontwin::crowd
