#include "scenarios/traffic/control/webster.hpp"

#include <algorithm>
#include <numeric>

namespace kontwin::traffic {

WebsterPlan webster(std::span<const double> flow_ratio, double lost_s, double least_cycle_s,
                    double most_cycle_s, double least_green_s) {
  const double sum = std::accumulate(flow_ratio.begin(), flow_ratio.end(), 0.0);
  WebsterPlan plan;
  plan.cycle_s = sum < 1 ? (1.5 * lost_s + 5) / (1 - sum) : most_cycle_s;
  plan.cycle_s = std::clamp(plan.cycle_s, least_cycle_s, most_cycle_s);
  const auto stages = static_cast<double>(flow_ratio.size());
  const double green_s = std::max(plan.cycle_s - lost_s, stages * least_green_s);
  plan.cycle_s = green_s + lost_s;
  // Each stage has its least; what is over goes where the flows need more than that.
  std::vector<bool> held(flow_ratio.size(), false);
  plan.green_s.assign(flow_ratio.size(), least_green_s);
  for (bool again = true; again;) {
    again = false;
    double left_s = green_s;
    double left_ratio = 0;
    double free_stages = 0;
    for (std::size_t stage = 0; stage < flow_ratio.size(); ++stage) {
      if (held[stage]) {
        left_s -= least_green_s;
      } else {
        left_ratio += flow_ratio[stage];
        ++free_stages;
      }
    }
    for (std::size_t stage = 0; stage < flow_ratio.size(); ++stage) {
      if (held[stage]) continue;
      const double share = left_ratio > 0 ? flow_ratio[stage] / left_ratio : 1 / free_stages;
      plan.green_s[stage] = left_s * share;
      if (plan.green_s[stage] >= least_green_s) continue;
      plan.green_s[stage] = least_green_s;
      held[stage] = true;
      again = true;
    }
  }
  return plan;
}

}  // namespace kontwin::traffic
