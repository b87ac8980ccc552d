// Vehicles that stop on their way.
#include <algorithm>
#include <optional>
#include <span>

#include "scenarios/traffic/lane_part.hpp"

namespace kontwin::traffic {

namespace {

/// The place in its route of the link that a vehicle is on; nothing on another than the planned
/// one.
std::optional<std::uint32_t> planned_leg(const Vehicle& vehicle, const HaltPlan& plan,
                                         std::span<const Halt> halts) {
  // Driving into its first link brought the vehicle one place beyond the start of its route.
  const std::uint32_t leg = vehicle.position - plan.route - 1;
  const bool as_planned = vehicle.position > plan.route && leg <= halts[plan.end - 1].leg;
  return as_planned ? std::optional(leg) : std::nullopt;
}

}  // namespace

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

void LanePart::come_to_halts(std::uint32_t slot, std::uint32_t link) {
  const Vehicle& vehicle = all_.vehicles_[slot];
  HaltPlan& plan = all_.plans_[slot];
  const auto halts = all_.halts_;
  if (const auto leg = planned_leg(vehicle, plan, halts)) {
    while (plan.next < plan.end && halts[plan.next].leg < *leg) ++plan.next;
    return;
  }
  // Another route than the planned one has no legs: what lies on it is met in the plan's order.
  std::uint32_t met = plan.next;
  while (met < plan.end && halts[met].link != link) ++met;
  if (met < plan.end) plan.next = met;
}

const Halt* LanePart::next_halt(std::uint32_t slot, std::uint32_t link) const {
  const HaltPlan& plan = all_.plans_[slot];
  if (plan.next >= plan.end) return nullptr;
  const Halt& halt = all_.halts_[plan.next];
  const auto leg = planned_leg(all_.vehicles_[slot], plan, all_.halts_);
  return halt.link == link && (!leg || halt.leg == *leg) ? &halt : nullptr;
}

void LanePart::halt(std::uint32_t slot, std::uint32_t link) {
  Vehicle& vehicle = all_.vehicles_[slot];
  HaltPlan& plan = all_.plans_[slot];
  const Micros drive = vehicle.ready - vehicle.entered;
  come_to_halts(slot, link);
  Micros waited = 0;
  bool in_bay = false;
  for (; const Halt* halt = next_halt(slot, link); ++plan.next) {
    const auto before =
        static_cast<Micros>(static_cast<double>(halt->along) * static_cast<double>(drive));
    const Micros arrived = vehicle.entered + before + waited;
    const Micros left = std::max(arrived + halt->dwell, halt->not_before);
    waited += left - arrived;
    in_bay = in_bay || halt->in_bay;
    part_.halted.push_back({plan.next, arrived, left});
  }
  vehicle.ready += waited;
  vehicle.halts = static_cast<std::uint8_t>((plan.next < plan.end ? more_halts : 0) |
                                            (in_bay ? halts_in_bay : 0));
}

// -- in a zone -----------------------------------------------------------------------------------

micro::Stopping LanePart::stop_in_zone(std::uint32_t slot, std::uint32_t link) const {
  if (all_.vehicles_[slot].halts == 0) return {};
  const Halt* halt = next_halt(slot, link);
  if (halt == nullptr) return {};
  return {static_cast<double>(halt->along) * network_.length_m[link], halt->dwell,
          halt->not_before};
}

void LanePart::halt_in_zone(ZoneBorder& border, std::uint32_t slot, Micros arrived, Micros left) {
  Vehicle& vehicle = all_.vehicles_[slot];
  HaltPlan& plan = all_.plans_[slot];
  part_.halted.push_back({plan.next, arrived, left});
  vehicle.ready += left - arrived;
  if (all_.halts_[plan.next].in_bay) border.bays.push_back({slot, no_row, 0, left});
  ++plan.next;
  vehicle.halts = plan.next < plan.end ? more_halts : 0;
}

void LanePart::serve_bays(ZoneBorder& border, Micros now) {
  micro::MicroZone& zone = border.zone;
  for (ZoneBorder::InBay& stands : border.bays) {
    if (stands.lane != no_row) continue;
    const micro::VehiclePlace place = zone.place_of(stands.slot);
    stands.lane = place.lane;
    stands.position_m = place.position_m;
    zone.remove(stands.slot);
  }
  // Those who came first pull out first.
  std::erase_if(border.bays, [&](const ZoneBorder::InBay& stands) {
    const Identity& identity = all_.identities_[stands.slot];
    if (now < stands.until || !zone.may_pull_out(stands.lane, identity.type, stands.position_m)) {
      return false;
    }
    entering_ = stands.slot;
    pulls_out_ = true;
    const auto factor = static_cast<double>(all_.vehicles_[stands.slot].speed_factor);
    zone.enter({stands.slot, identity.number, identity.type, stands.lane, 0, factor, now,
                stands.position_m});
    pulls_out_ = false;
    entering_ = no_row;
    return true;
  });
}

}  // namespace kontwin::traffic
