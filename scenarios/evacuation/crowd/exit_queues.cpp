#include "scenarios/evacuation/crowd/exit_queues.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kontwin::crowd {

namespace {

constexpr std::size_t metres_told_apart = 200;
constexpr double smoothing_s = 15;
constexpr double least_ppsm = 0.1;
constexpr float slow_mps = 0.4F;
constexpr float slow_share = 0.5F;  // of the free speed: the old and the lame are no queue
/// Fewer than leave in so long are no queue.
constexpr double queue_s = 2;
/// Who comes out of a queue goes on at least so fast.
constexpr double onward_mps = 1;

}  // namespace

ExitQueues::ExitQueues(const Building& building, double expected_ppsm) {
  for (const crowd::Exit& exit : building.exits) {
    const double width_m = distance_m(exit.a, exit.b);
    const double flow_hps = std::min(expected_ppsm, exit.flow_limit_ppsm) * width_m;
    Exit& one = exits_.emplace_back();
    one.expected_hps = one.flow_hps = flow_hps;
    one.least_hps = std::min(flow_hps, least_ppsm * width_m);
    one.nearer.assign(metres_told_apart + 1, 0);
  }
}

void ExitQueues::look(const Pedestrians& rows, const CrowdState& state, double seconds) {
  for (Exit& exit : exits_) {
    std::ranges::fill(exit.nearer, 0);
    exit.slow = 0;
    exit.front_m = std::numeric_limits<float>::infinity();
  }
  for (std::size_t row = 0; row < rows.count(); ++row) {
    const std::uint32_t person = rows.person[row];
    const PersonNow& now = state.now[person];
    if (now.status != Status::walking || now.exit == none) continue;
    // Who still goes somewhere else first is in no queue.
    if (now.has_stop || !std::isfinite(now.to_go_m)) continue;
    Exit& exit = exits_[now.exit];
    const std::uint32_t heads = state.given[person].heads;
    exit.nearer[std::min(metres_told_apart - 1, static_cast<std::size_t>(now.to_go_m)) + 1] +=
        heads;
    const float vx = rows.vx_mps[row], vy = rows.vy_mps[row];
    const float slow = std::min(slow_mps, slow_share * now.speed_mps);
    if (vx * vx + vy * vy >= slow * slow) continue;
    exit.slow += heads;
    exit.front_m = std::min(exit.front_m, now.to_go_m);
  }
  for (Exit& exit : exits_) {
    for (std::size_t i = 1; i < exit.nearer.size(); ++i) exit.nearer[i] += exit.nearer[i - 1];
    learn(exit, seconds);
  }
}

void ExitQueues::learn(Exit& exit, double seconds) const {
  const bool queue = static_cast<double>(exit.slow) > queue_s * exit.expected_hps;
  exit.stood_s = queue ? exit.stood_s + seconds : 0;
  // A queue farther up, at a stair or a corner, shows at the exit when its first have come there.
  const bool shows = queue && exit.stood_s * onward_mps > static_cast<double>(exit.front_m);
  const double share = 1 - std::exp(-seconds / smoothing_s);
  if (shows) {
    exit.flow_hps += share * (static_cast<double>(exit.passed) / seconds - exit.flow_hps);
    exit.flow_hps = std::max(exit.flow_hps, exit.least_hps);
  } else if (!queue) {
    exit.flow_hps += share * (exit.expected_hps - exit.flow_hps);
  }
  exit.passed = 0;
}

double ExitQueues::ahead(std::uint32_t exit, float way_m) const {
  return exits_[exit].nearer[std::min(metres_told_apart, static_cast<std::size_t>(way_m))];
}

}  // namespace kontwin::crowd
