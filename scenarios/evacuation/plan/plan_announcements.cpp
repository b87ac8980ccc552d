#include "scenarios/evacuation/plan/plan_announcements.hpp"

#include <algorithm>
#include <map>

namespace kontwin::evacuation {

namespace {

/// A shelter with so much of its room planned for keeps it for those who are sent there; of others
/// the few who are sent find room beside whoever is there first.
constexpr double most_sent = 0.1;

/// Whether the way of some who drive to it closes, and of no one it never does.
bool closes_for_all(const LastDepartures& last, const PlanInputs& inputs,
                    const RoadPlanNetwork& roads, double safety_s) {
  bool some = false;
  for (const ZonePeople& zone : inputs.zones) {
    const std::uint32_t from = roads.start_at(zone.junction);
    if (zone.driving == 0 || from == no_row) continue;
    if (last.at_s[from] == never_s) return false;
    some = some || last.at_s[from] > safety_s;
  }
  return some;
}

void name_places_for_all(EvacuationPlan& plan, const PlanInputs& inputs) {
  std::map<EntityRef, EvacuationPlan::Assignment*> last_of;
  for (EvacuationPlan::Assignment& one : plan.assignments) last_of[one.home] = &one;
  for (const ZonePeople& zone : inputs.zones) {
    const auto found = last_of.find(zone.home);
    if (found != last_of.end()) found->second->people += zone.staying;
  }
}

}  // namespace

void add_announcements(EvacuationPlan& plan, const PlanInputs& inputs, const RoadPlanNetwork& roads,
                       const PlanOptions& options) {
  name_places_for_all(plan, inputs);
  if (options.closes_s.empty()) return;
  plan.safety_s = options.safety_min * 60;
  for (std::uint32_t road = 0; road < options.closes_s.size(); ++road) {
    if (options.closes_s[road] < never_s) {
      plan.closing.push_back({road, std::max(0.0, options.closes_s[road])});
    }
  }
  const Incidence in(roads.timed, Incidence::Side::in);
  for (const OpenShelter& one : inputs.shelters) {
    const std::uint32_t goal = roads.end_at(one.junction);
    std::uint64_t sent = 0;
    for (const EvacuationPlan::Assignment& planned : plan.assignments) {
      if (planned.shelter == one.shelter) sent += planned.people;
    }
    if (goal == no_row || one.room == 0 || static_cast<double>(sent) > most_sent * one.room)
      continue;
    const LastDepartures last = last_departures(roads.timed, in, std::span(&goal, 1));
    if (closes_for_all(last, inputs, roads, plan.safety_s)) plan.first_come.push_back(one.shelter);
  }
}

}  // namespace kontwin::evacuation
