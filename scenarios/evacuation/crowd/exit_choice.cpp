#include "scenarios/evacuation/crowd/exit_choice.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/evacuation/crowd/plan_geometry.hpp"

namespace kontwin::crowd {

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
    // While somebody walks there the queue goes on.
    return std::max(walk_s, view.queues.wait_s(exit, way_m));
  };
  const std::uint32_t kept = state.now[person].exit;
  std::uint32_t best = none;
  double best_s = never_s, worth_s = never_s;
  if (kept != none) {
    if (const double kept_s = time_s(kept); std::isfinite(kept_s)) {
      best = kept;
      best_s = view.options.worth_changing * kept_s;
      if (kept_s > static_cast<double>(distance(kept) / given.speed_mps)) {
        best_s = std::min(best_s, kept_s - view.options.worth_leaving_queue_s);
      }
      worth_s = best_s;
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
  if (best != kept && std::isfinite(worth_s) && from.chance >= 1 - best_s / worth_s) return kept;
  return best;
}

}  // namespace kontwin::crowd
