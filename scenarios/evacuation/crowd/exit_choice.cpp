#include "scenarios/evacuation/crowd/exit_choice.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/evacuation/crowd/plan_geometry.hpp"

namespace kontwin::crowd {

namespace {

constexpr std::size_t metres_told_apart = 200;

}  // namespace

void ExitQueues::count(const CrowdState& state, std::size_t exits) {
  nearer_.assign(exits, std::vector<std::uint32_t>(metres_told_apart + 1, 0));
  for (std::size_t i = 0; i < state.size(); ++i) {
    if (state.now[i].status != Status::walking || state.now[i].exit == none) continue;
    // Who still goes somewhere else first is in no queue.
    if (state.now[i].has_stop || !std::isfinite(state.now[i].to_go_m)) continue;
    const auto metre =
        std::min(metres_told_apart - 1, static_cast<std::size_t>(state.now[i].to_go_m));
    nearer_[state.now[i].exit][metre + 1] += state.given[i].heads;
  }
  for (auto& metres : nearer_) {
    for (std::size_t i = 1; i < metres.size(); ++i) metres[i] += metres[i - 1];
  }
}

double ExitQueues::ahead(std::uint32_t exit, float distance_m) const {
  const auto metre = std::min(metres_told_apart, static_cast<std::size_t>(distance_m));
  return nearer_[exit][metre];
}

std::uint32_t choose_exit(const ExitView& view, const CrowdState& state, std::uint32_t person,
                          Standpoint from) {
  const Person& given = state.given[person];
  const Means means = means_of(given);
  const auto& exits = view.ground.building().exits;
  const auto distance = [&](std::uint32_t exit) {
    return view.ground.is_exit_open(exit)
               ? view.ways.to(exit, means).distance(from.surface, from.x_m, from.y_m)
               : std::numeric_limits<float>::infinity();
  };
  const std::uint32_t told = state.told_exit[person];
  if (told != none && std::isfinite(distance(told))) return told;

  const auto time_s = [&](std::uint32_t exit) {
    const float way_m = distance(exit);
    if (!std::isfinite(way_m)) return never_s;
    const double walk_s = static_cast<double>(way_m / given.speed_mps);
    if (view.options.exit_choice == ExitChoice::nearest) return walk_s;
    const double flow = std::min(view.options.exit_flow_ppsm, exits[exit].flow_limit_ppsm) *
                        distance_m(exits[exit].a, exits[exit].b);
    // While somebody walks there the queue goes on.
    return std::max(walk_s, view.queues.ahead(exit, way_m) / flow);
  };
  const std::uint32_t kept = state.now[person].exit;
  std::uint32_t best = none;
  double best_s = never_s;
  if (kept != none) {
    if (const double kept_s = time_s(kept); std::isfinite(kept_s)) {
      best = kept;
      best_s = view.options.worth_changing * kept_s;
    }
  }
  const LocalPoint origin = view.ground.origin();
  const LocalPoint here{static_cast<double>(from.x_m) + origin.x_m,
                        static_cast<double>(from.y_m) + origin.y_m};
  for (std::uint32_t exit = 0; exit < exits.size(); ++exit) {
    if (exit == kept) continue;
    if (exits[exit].emergency_only && !given.familiar && exit != told) continue;
    // No way is shorter than the straight line.
    const double line_m = distance_m(Segment{exits[exit].a, exits[exit].b}, here);
    if (line_m >= best_s * static_cast<double>(given.speed_mps)) continue;
    if (const double it_s = time_s(exit); it_s < best_s) {
      best = exit;
      best_s = it_s;
    }
  }
  return best;
}

}  // namespace kontwin::crowd
