// Who joins while others walk already.

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include "scenarios/evacuation/crowd/crowd_run.hpp"
#include "scenarios/evacuation/crowd/plan_geometry.hpp"
#include "twin/error.hpp"
#include "twin/random.hpp"

namespace kontwin::crowd {

namespace {

/// Places behind an entrance that are tried are so far apart; bodies there keep so far from others
/// and from the line.
constexpr double places_apart_m = 0.1, room_m = 0.2, behind_m = 0.02;

/// The centres of bodies that stand just behind an exit, beside each other.
class PlacesBehind {
 public:
  PlacesBehind(const Exit& exit, WayField::Direction outward, double radius_m) {
    const Segment line{exit.a, exit.b};
    const double width_m = line.length_m();
    const double margin = std::min(0.5, (radius_m + behind_m) / width_m);
    const LocalPoint in{-static_cast<double>(outward.x) * (radius_m + behind_m),
                        -static_cast<double>(outward.y) * (radius_m + behind_m)};
    const LocalPoint a = line.at(margin), b = line.at(1 - margin);
    part_ = {{a.x_m + in.x_m, a.y_m + in.y_m}, {b.x_m + in.x_m, b.y_m + in.y_m}};
    count_ = static_cast<std::size_t>(part_.length_m() / places_apart_m) + 1;
  }
  std::size_t count() const { return count_; }
  LocalPoint at(std::size_t i) const {
    return part_.at(count_ > 1 ? static_cast<double>(i) / static_cast<double>(count_ - 1) : 0.5);
  }

 private:
  Segment part_;
  std::size_t count_;
};

struct Body {
  LocalPoint place;
  double radius_m;
};

}  // namespace

void CrowdSimulation::Impl::make_ready(std::uint32_t first) {
  std::vector<std::vector<std::uint32_t>> made = make_groups(state, first);
  leader.resize(state.size(), none);
  for (const auto& members : made) {
    for (std::size_t i = 1; i < members.size(); ++i) leader[members[i]] = members[0];
  }
  std::ranges::move(made, std::back_inserter(groups));
  for (std::uint32_t i = first; i < state.size(); ++i) {
    const std::uint32_t route = state.given[i].route;
    state.now[i].speed_mps = state.given[i].speed_mps;
    state.now[i].means = means_of(state.given[i]);
    next_stop(i, 0);
    if (route != none && state.told_exit[i] == none) {
      state.told_exit[i] = options.routes[route].exit;
    }
  }
}

void CrowdSimulation::Impl::put_on_ground(std::uint32_t person, WayField::Direction heading,
                                          float speed_mps) {
  Pedestrians& rows = motion.people;
  const std::size_t row = rows.count();
  const Person& given = state.given[person];
  const LocalPoint origin = ground.origin(), place = state.last_place[person];
  rows.resize(row + 1);
  rows.x_m[row] = static_cast<float>(place.x_m - origin.x_m);
  rows.y_m[row] = static_cast<float>(place.y_m - origin.y_m);
  rows.z_m[row] = ground.height(given.surface, rows.x_m[row], rows.y_m[row]);
  rows.heading_x[row] = heading.x;
  rows.heading_y[row] = heading.y;
  rows.vx_mps[row] = speed_mps * heading.x;
  rows.vy_mps[row] = speed_mps * heading.y;
  rows.radius_m[row] = given.radius_m;
  rows.person[row] = person;
  rows.surface[row] = given.surface;
}

void CrowdSimulation::Impl::admit(std::span<const Newcomer> newcomers) {
  std::vector<Person> people;
  for (const Newcomer& one : newcomers) {
    people.push_back(one.person);
    if (one.by == none) continue;
    if (one.by >= gates.size()) {
      throw ScenarioError("who comes in: there is no exit number " + std::to_string(one.by));
    }
    const Exit& exit = ground.building().exits[one.by];
    const PlacesBehind places(exit, outward[one.by], static_cast<double>(one.person.radius_m));
    people.back().surface = exit.surface;
    people.back().place = places.at(places.count() / 2);
  }
  check(people, options, ground);
  if (any_wheels(people) && !ways.has_wheels()) {
    ways.add_wheels();
    renew_ways();
  }
  const auto first = static_cast<std::uint32_t>(state.size());
  state.append(people);
  make_ready(first);
  for (std::uint32_t i = 0; i < newcomers.size(); ++i) {
    const Newcomer& one = newcomers[i];
    const std::uint32_t person = first + i;
    if (one.by == none) {
      state.sets_out_s[person] += now_s();
      put_on_ground(person, {1, 0}, 0);
      continue;
    }
    const std::pair<double, std::uint32_t> due{std::max(one.at_s, now_s()), person};
    state.sets_out_s[person] = due.first;
    Gate& gate = gates[one.by];
    gate.insert(std::upper_bound(gate.begin(), gate.end(), due, std::greater<>()), due);
    ++outside;
  }
  find_rows();
}

double CrowdSimulation::Impl::next_arrival_s() const {
  double next_s = never_s;
  if (outside == 0) return next_s;
  bool shut = false;
  for (std::uint32_t exit = 0; exit < gates.size(); ++exit) {
    if (gates[exit].empty()) continue;
    if (ground.is_exit_open(exit)) {
      next_s = std::min(next_s, gates[exit].back().first);
    } else {
      shut = true;
    }
  }
  if (shut && next_change < changes_s.size()) next_s = std::min(next_s, changes_s[next_change]);
  return next_s;
}

void CrowdSimulation::Impl::let_in() {
  for (std::uint32_t exit = 0; exit < gates.size(); ++exit) {
    const Gate& gate = gates[exit];
    if (gate.empty() || gate.back().first > now_s() + 1e-9 || !ground.is_exit_open(exit)) continue;
    let_in_by(exit);
  }
}

void CrowdSimulation::Impl::let_in_by(std::uint32_t exit) {
  const Exit& gap = ground.building().exits[exit];
  const Segment line{gap.a, gap.b};
  const LocalPoint origin = ground.origin();
  const Pedestrians& rows = motion.people;
  std::vector<Body> near;
  for (std::size_t row = 0; row < rows.count(); ++row) {
    if (rows.surface[row] != gap.surface) continue;
    const LocalPoint place{static_cast<double>(rows.x_m[row]) + origin.x_m,
                           static_cast<double>(rows.y_m[row]) + origin.y_m};
    // The widest bodies have a radius of a metre.
    if (distance_m(line, place) < 3.5) {
      near.push_back({place, static_cast<double>(rows.radius_m[row])});
    }
  }
  Gate& gate = gates[exit];
  while (!gate.empty() && gate.back().first <= now_s() + 1e-9) {
    const std::uint32_t person = gate.back().second;
    const Person& given = state.given[person];
    const auto radius_m = static_cast<double>(given.radius_m);
    const PlacesBehind places(gap, outward[exit], radius_m);
    RandomStream random(person, exit);
    const std::size_t start = random.below(places.count());
    std::optional<LocalPoint> free;
    for (std::size_t i = 0; i < places.count() && !free; ++i) {
      const LocalPoint place = places.at((start + i) % places.count());
      const bool room = std::ranges::none_of(near, [&](const Body& other) {
        return distance_m(place, other.place) < radius_m + other.radius_m + room_m;
      });
      if (room && !is_blocked_at(gap.surface, place)) free = place;
    }
    if (!free) return;
    if (!limits.empty()) {
      const auto at = [&](double in_m) {
        return std::pair{
            static_cast<float>(free->x_m - origin.x_m) - outward[exit].x * float(in_m),
            static_cast<float>(free->y_m - origin.y_m) - outward[exit].y * float(in_m)};
      };
      const auto [x0, y0] = at(-2 * (radius_m + behind_m));
      const auto [x1, y1] = at(0);
      const std::uint32_t limit = limits.crossed(gap.surface, x0, y0, x1, y1);
      if (limit != GapLimits::no_gap && !limits.let_through(limit, given.heads)) return;
    }
    gate.pop_back();
    --outside;
    near.push_back({*free, radius_m});
    state.last_place[person] = *free;
    state.sets_out_s[person] = now_s();
    put_on_ground(person, {-outward[exit].x, -outward[exit].y}, given.speed_mps);
    decide(person, rows.count() - 1);
  }
}

bool CrowdSimulation::Impl::is_blocked_at(std::uint32_t surface, LocalPoint place) const {
  const auto& blockages = ground.building().blockages;
  for (std::uint32_t i = 0; i < blockages.size(); ++i) {
    if (blockages[i].surface == surface && ground.is_blocked(i) &&
        contains(blockages[i].shape, place)) {
      return true;
    }
  }
  return false;
}

}  // namespace kontwin::crowd
