#include "scenarios/evacuation/crowd/crowd_simulation.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/evacuation/crowd/crowd_run.hpp"
#include "scenarios/evacuation/crowd/plan_geometry.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd {

namespace {

constexpr double look_s = 0.5;
/// Whoever is out walks on for so far, or so long, and is in the way of those behind: a door does
/// not open into nothing.
constexpr float clear_m = 1.0F;
constexpr double clear_s = 3;

WayField::Direction outward_of(const Exit& exit, const Surface& surface) {
  const double dx = exit.b.x_m - exit.a.x_m, dy = exit.b.y_m - exit.a.y_m;
  const double length_m = std::hypot(dx, dy);
  const double nx = -dy / length_m, ny = dx / length_m;
  const LocalPoint beside{(exit.a.x_m + exit.b.x_m) / 2 + 0.1 * nx,
                          (exit.a.y_m + exit.b.y_m) / 2 + 0.1 * ny};
  const float sign = contains(surface.shape, beside) ? -1.0F : 1.0F;
  return {sign * static_cast<float>(nx), sign * static_cast<float>(ny)};
}

std::vector<Goal> goals_of(const Building& building, const CrowdOptions& options) {
  std::vector<Goal> goals;
  for (std::uint32_t i = 0; i < building.exits.size(); ++i) {
    goals.push_back({Goal::Kind::exit, i, building.exits[i].surface, {}});
  }
  for (const Route& route : options.routes) {
    for (const Route::Stop& stop : route.stops) goals.push_back(stop.goal);
  }
  return goals;
}

CellBox box_of_ground(const Ground& ground) {
  CellBox box = box_around(ground.walls());
  const LocalPoint origin = ground.origin();
  // Borders may be all exits: no walls.
  for (const Surface& surface : ground.building().surfaces) {
    for (const LocalPoint& point : surface.shape.outer) {
      const auto x = static_cast<float>(point.x_m - origin.x_m);
      const auto y = static_cast<float>(point.y_m - origin.y_m);
      const auto z = static_cast<float>(surface.height_at(point));
      box = {std::min(box.x0_m, x), std::min(box.y0_m, y), std::min(box.z0_m, z),
             std::max(box.x1_m, x), std::max(box.y1_m, y), std::max(box.z1_m, z)};
    }
  }
  return box;
}

std::vector<double> changes_of(const Building& building, const CrowdOptions& options) {
  std::vector<double> times;
  const auto add = [&times](const OpenTime& open) {
    for (const double time_s : {open.opens_s, open.closes_s}) {
      if (time_s > 0 && std::isfinite(time_s)) times.push_back(time_s);
    }
  };
  for (const Opening& one : building.openings) add(one.open);
  for (const Exit& one : building.exits) add(one.open);
  for (const Blockage& one : building.blockages) add(one.blocks);
  for (const Smoke& one : options.smoke) add(one.lasts);
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  return times;
}

Ground checked(Ground ground, const std::vector<Person>& people, const CrowdOptions& options) {
  check(people, options, ground);
  return ground;
}

}  // namespace

CrowdSimulation::Impl::Impl(Ground given_ground, std::vector<Person> people, CrowdOptions given,
                            ComputeArena& the_arena)
    : ground(checked(std::move(given_ground), people, given)),
      options(std::move(given)),
      arena(the_arena),
      state(std::move(people)),
      ways(goals_of(ground.building(), options), any_wheels(state.given)),
      motion(ground.walls(), box_of_ground(ground), options.movement, arena),
      limits(ground.building(), ground.origin()),
      measures(ground.origin()),
      queues(ground.building(), options.exit_flow_ppsm),
      changes_s(changes_of(ground.building(), options)),
      step_s(std::round(static_cast<double>(options.movement.step_s) * 1e6) / 1e6),
      steps_a_look(std::max<std::uint64_t>(1, std::llround(look_s / step_s))),
      looks_a_decision(std::max<std::uint64_t>(1, std::llround(options.reconsider_s / look_s))) {
  const auto& building = ground.building();
  for (const Exit& exit : building.exits) {
    outward.push_back(outward_of(exit, building.surfaces[exit.surface]));
  }
  std::size_t goal = building.exits.size();
  for (const Route& route : options.routes) {
    first_stop.push_back(goal);
    goal += route.stops.size();
  }
  for (const Surface& surface : building.surfaces) {
    const double length_m = distance_m(surface.low, surface.high);
    const bool slopes = surface.kind != Surface::Kind::floor && length_m > 0;
    slope_share.push_back(
        slopes ? static_cast<float>(length_m / std::hypot(length_m, surface.rise_m)) : 1.0F);
  }
  gates.resize(building.exits.size());
  make_ready(0);
  for (std::uint32_t i = 0; i < state.size(); ++i) put_on_ground(i, {1, 0}, 0);
  ground.set_time(0);
  use_smoke();
  motion.set_walls(ground.walls());
  clear_blockages();
  renew_ways();
  find_rows();
}

void CrowdSimulation::Impl::advance(double until_s) {
  while (now_s() < until_s - step_s / 2) {
    if (motion.people.count() == 0) {
      const double next_s = next_arrival_s();
      if (!(next_s < until_s)) break;
      steps = std::max(steps, static_cast<std::uint64_t>(std::ceil(next_s / step_s - 1e-6)));
    }
    step();
  }
  if (motion.people.count() == 0 && std::isfinite(until_s)) {
    steps = std::max(steps, static_cast<std::uint64_t>(std::ceil(until_s / step_s - 1e-6)));
  }
  find_rows();
}

void CrowdSimulation::Impl::step() {
  bool time_comes = false;
  for (; next_change < changes_s.size() && changes_s[next_change] <= now_s() + 1e-9;
       ++next_change) {
    time_comes = true;
  }
  if (time_comes) {
    use_smoke();
    if (ground.set_time(now_s())) {
      motion.set_walls(ground.walls());
      clear_blockages();
      renew_ways();
    }
  }
  if (outside > 0) let_in();
  motion.sort();
  if (steps % steps_a_look == 0) look_around();
  const std::size_t count = motion.people.count();
  exit_crossed.resize(count);
  surface_after.resize(motion.people.surface.size());
  keep.resize(count);
  part_leaves.assign(parts_of(count), 0);
  gap_crossed.resize(count);
  motion.step([this](std::size_t begin, std::size_t end) { wish_rows(begin, end); },
              [this](std::size_t begin, std::size_t end) { settle_rows(begin, end); });
  ++steps;
  person_steps += count;
  if (!limits.empty()) pass_gaps();
  if (!measures.empty()) {
    measures.look(now_s(), motion.people, motion.before_x_m(), motion.before_y_m());
  }
  leave();
}

void CrowdSimulation::Impl::settle_rows(std::size_t begin, std::size_t end) {
  constexpr float there_m = 0.6F;  // so near to a stop is at it
  const auto time_s = static_cast<float>(now_s());
  Pedestrians& rows = motion.people;
  for (std::size_t row = begin; row < end; ++row) {
    const float x0 = motion.before_x_m()[row], y0 = motion.before_y_m()[row];
    const float x = rows.x_m[row], y = rows.y_m[row];
    const std::uint32_t person = rows.person[row];
    state.fetch(rows.person[row + rows_ahead]);
    PersonNow& now = state.now[person];
    keep[row] = 1;
    if (now.status == Status::out) {
      exit_crossed[row] = Ground::no_exit;
      surface_after[row] = rows.surface[row];
      gap_crossed[row] = GapLimits::no_gap;
      keep[row] = !is_clear(row);
      if (keep[row] == 0) part_leaves[row / people_per_part] = 1;
      continue;
    }
    const Ground::Step step = ground.step(rows.surface[row], x0, y0, x, y);
    if (step.exit != Ground::no_exit && step.exit != now.exit && now.exit != none &&
        state.told_exit[person] == now.exit) {
      // Jostled over the line of another exit than the one it was told: it stays this side of it.
      hold(row);
      continue;
    }
    exit_crossed[row] = step.exit;
    if (step.exit != Ground::no_exit) part_leaves[row / people_per_part] = 1;
    surface_after[row] = step.surface;
    if (!limits.empty()) gap_crossed[row] = limits.crossed(rows.surface[row], x0, y0, x, y);
    rows.z_m[row] = ground.height(step.surface, x, y);
    now.walked_m += std::sqrt((x - x0) * (x - x0) + (y - y0) * (y - y0));
    if (!now.has_stop || now.status != Status::walking || time_s < now.stop_until_s) continue;
    if (ways.to(goal_of(person), now.means).distance(step.surface, x, y) < there_m) {
      const Route& route = options.routes[state.given[person].route];
      now.stop_until_s = time_s + static_cast<float>(route.stops[now.stop].wait_s);
      next_stop(person, static_cast<std::uint16_t>(now.stop + 1));
    }
  }
}

void CrowdSimulation::Impl::pass_gaps() {
  limits.pass_time(step_s);
  Pedestrians& rows = motion.people;
  for (std::size_t row = 0; row < rows.count(); ++row) {
    if (gap_crossed[row] == GapLimits::no_gap) continue;
    if (limits.let_through(gap_crossed[row], state.given[rows.person[row]].heads)) continue;
    hold(row);
  }
}

void CrowdSimulation::Impl::hold(std::size_t row) {
  Pedestrians& rows = motion.people;
  rows.x_m[row] = motion.before_x_m()[row];
  rows.y_m[row] = motion.before_y_m()[row];
  rows.vx_mps[row] = rows.vy_mps[row] = 0;
  rows.z_m[row] = ground.height(rows.surface[row], rows.x_m[row], rows.y_m[row]);
  surface_after[row] = rows.surface[row];
  exit_crossed[row] = Ground::no_exit;
  gap_crossed[row] = GapLimits::no_gap;
}

void CrowdSimulation::Impl::leave() {
  motion.people.surface.swap(surface_after);
  bool anybody_clear = false;
  for (std::size_t part = 0; part < part_leaves.size(); ++part) {
    if (part_leaves[part] == 0) continue;
    const std::size_t begin = part * people_per_part;
    anybody_clear |= leave(begin, std::min(motion.people.count(), begin + people_per_part));
  }
  if (anybody_clear) motion.people.keep_only(keep);
}

bool CrowdSimulation::Impl::leave(std::size_t begin, std::size_t end) {
  const Pedestrians& rows = motion.people;
  const LocalPoint origin = ground.origin();
  bool anybody_clear = false;
  for (std::size_t row = begin; row < end; ++row) {
    const std::uint32_t person = rows.person[row];
    if (exit_crossed[row] != Ground::no_exit) {
      state.now[person].status = Status::out;
      state.now[person].exit = exit_crossed[row];
      queues.pass(exit_crossed[row], state.given[person].heads);
      state.ended_s[person] = now_s();
      state.surface[person] = rows.surface[row];
      state.last_place[person] = {static_cast<double>(rows.x_m[row]) + origin.x_m,
                                  static_cast<double>(rows.y_m[row]) + origin.y_m};
    } else if (keep[row] == 0) {
      anybody_clear = true;
    }
  }
  return anybody_clear;
}

bool CrowdSimulation::Impl::is_clear(std::size_t row) const {
  const Pedestrians& rows = motion.people;
  const std::uint32_t person = rows.person[row];
  const LocalPoint& gap = ground.building().exits[state.now[person].exit].a;
  const WayField::Direction& out = outward[state.now[person].exit];
  const float dx = rows.x_m[row] - static_cast<float>(gap.x_m - ground.origin().x_m);
  const float dy = rows.y_m[row] - static_cast<float>(gap.y_m - ground.origin().y_m);
  return dx * out.x + dy * out.y > clear_m || now_s() + step_s - state.ended_s[person] > clear_s;
}

void CrowdSimulation::Impl::find_rows() {
  std::fill(state.row.begin(), state.row.end(), none);
  for (std::uint32_t row = 0; row < motion.people.count(); ++row) {
    state.row[motion.people.person[row]] = row;
  }
}

}  // namespace kontwin::crowd
