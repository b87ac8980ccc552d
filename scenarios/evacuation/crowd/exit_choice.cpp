#include "scenarios/evacuation/crowd/exit_choice.hpp"

#include <algorithm>
#include <cmath>

namespace kontwin::crowd {

namespace {

constexpr std::size_t metres_told_apart = 200;

}  // namespace

void ExitQueues::count(const CrowdState& state, std::size_t exits) {
  nearer_.assign(exits, std::vector<std::uint32_t>(metres_told_apart + 1, 0));
  for (std::size_t i = 0; i < state.size(); ++i) {
    if (state.status[i] != Status::walking || state.exit[i] == none) continue;
    if (!std::isfinite(state.to_go_m[i])) continue;
    const auto metre = std::min(metres_told_apart - 1, static_cast<std::size_t>(state.to_go_m[i]));
    nearer_[state.exit[i]][metre + 1] += state.given[i].heads;
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

  std::uint32_t best = none;
  double best_s = never_s, kept_s = never_s;
  for (std::uint32_t exit = 0; exit < exits.size(); ++exit) {
    if (exits[exit].emergency_only && !given.familiar && exit != told) continue;
    const float way_m = distance(exit);
    if (!std::isfinite(way_m)) continue;
    double time_s = static_cast<double>(way_m / given.speed_mps);
    if (view.options.exit_choice == ExitChoice::quickest) {
      // While somebody walks there the queue goes on.
      const double flow = std::min(view.options.exit_flow_ppsm, exits[exit].flow_limit_ppsm) *
                          distance_m(exits[exit].a, exits[exit].b);
      time_s = std::max(time_s, view.queues.ahead(exit, way_m) / flow);
    }
    if (exit == state.exit[person]) kept_s = time_s;
    if (time_s < best_s) {
      best = exit;
      best_s = time_s;
    }
  }
  if (std::isfinite(kept_s) && !(best_s < view.options.worth_changing * kept_s)) {
    return state.exit[person];
  }
  return best;
}

}  // namespace kontwin::crowd
