#include "scenarios/traffic/equilibrium/link_timeline.hpp"

#include <algorithm>

#include "twin/road_graph.hpp"

namespace kontwin::traffic {

void LinkTimeline::note(double at_s, const LinkState& links) {
  const bool first = last_.empty();
  last_.resize(links.may_enter.size());
  for (std::uint32_t link = 0; link < last_.size(); ++link) {
    const Change now{at_s, links.speed_mps[link], links.may_enter[link]};
    Change& last = last_[link];
    if (first) {
      last = now;
      continue;
    }
    if (now.may_enter == last.may_enter && now.speed_mps == last.speed_mps) continue;
    std::vector<Change>& changes = changes_[link];
    if (changes.empty()) changes.push_back(last);
    slowest_share_ = std::min(slowest_share_, changes.front().speed_mps / now.speed_mps);
    changes.push_back(now);
    last = now;
  }
}

double LinkTimeline::ready_after_change_s(std::uint32_t link, VehicleKind kind, double at_s,
                                          double free_s, double length_m,
                                          double top_speed_mps) const {
  const auto found = changes_.find(link);
  if (found == changes_.end()) return at_s + free_s;
  const std::vector<Change>& changes = found->second;
  auto now = std::ranges::upper_bound(changes, at_s, {}, &Change::from_s);
  if (now != changes.begin()) --now;
  while (now != changes.end() && !contains(now->may_enter, kind)) ++now;
  if (now == changes.end()) return unreachable;
  return std::max(at_s, now->from_s) + length_m / std::min(now->speed_mps, top_speed_mps);
}

}  // namespace kontwin::traffic
