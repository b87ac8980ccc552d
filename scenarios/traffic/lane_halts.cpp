// Vehicles that stop on their way.
#include <algorithm>

#include "scenarios/traffic/lane_part.hpp"

namespace kontwin::traffic {

void LaneQueues::plan_halts(std::uint32_t slot, std::uint32_t begin, std::uint32_t count) {
  if (plans_.size() < vehicles_.size()) plans_.resize(vehicles_.size());
  plans_[slot] = {begin, begin + count, vehicles_[slot].position};
  vehicles_[slot].halts = more_halts;
}

void LaneQueues::gather_halts() {
  const auto before = static_cast<std::ptrdiff_t>(halted_.size());
  for (Part& part : parts_) {
    halted_.insert(halted_.end(), part.halted.begin(), part.halted.end());
    part.halted.clear();
  }
  std::ranges::sort(halted_.begin() + before, halted_.end(), {}, &HaltDone::halt);
}

void LanePart::halt(std::uint32_t slot, std::uint32_t link) {
  Vehicle& vehicle = all_.vehicles_[slot];
  HaltPlan& plan = all_.plans_[slot];
  const auto halts = all_.halts_;
  const Micros drive = vehicle.ready - vehicle.entered;
  // Driving into its first link brought the vehicle one place beyond the start of its route.
  // Another route than the planned one has no legs: what lies on it is met in the plan's order.
  const std::uint32_t leg = vehicle.position - plan.route - 1;
  const bool as_planned = vehicle.position > plan.route && leg <= halts[plan.end - 1].leg;
  if (!as_planned) {
    std::uint32_t met = plan.next;
    while (met < plan.end && halts[met].link != link) ++met;
    if (met < plan.end) plan.next = met;
  }
  // Halts on links driven in microscopic zones are not made.
  while (as_planned && plan.next < plan.end && halts[plan.next].leg < leg) ++plan.next;
  Micros waited = 0;
  bool in_bay = false;
  for (; plan.next < plan.end; ++plan.next) {
    const Halt& halt = halts[plan.next];
    if (halt.link != link || (as_planned && halt.leg != leg)) break;
    const auto before =
        static_cast<Micros>(static_cast<double>(halt.along) * static_cast<double>(drive));
    const Micros arrived = vehicle.entered + before + waited;
    const Micros left = std::max(arrived + halt.dwell, halt.not_before);
    waited += left - arrived;
    in_bay = in_bay || halt.in_bay;
    part_.halted.push_back({plan.next, arrived, left});
  }
  vehicle.ready += waited;
  vehicle.halts = static_cast<std::uint8_t>((plan.next < plan.end ? more_halts : 0) |
                                            (in_bay ? halts_in_bay : 0));
}

}  // namespace kontwin::traffic
