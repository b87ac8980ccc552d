// A part with microscopic zones, step by step, and the way into them.
#include <algorithm>

#include "scenarios/traffic/lane_part.hpp"
#include "scenarios/traffic/micro/zone_map.hpp"
#include "scenarios/traffic/open_turn.hpp"

namespace kontwin::traffic {

namespace {

/// A place outside that was kept for a lane is given to others when nobody came for it.
constexpr Micros kept_for = 3'000'000;
/// Who found no room in a zone looks again within the step: a stream at capacity loses what it
/// waits.
constexpr Micros look_again_after = 100'000;

}  // namespace

// -- a part, step by step ------------------------------------------------------------------------

void LanePart::run_with_zones(Micros until) {
  for (const std::uint32_t number : part_.zones) {
    ZoneBorder& border = all_.zones_[number];
    micro::Questions& ask = border.zone.ask();
    ask.next_turn = [this](std::uint32_t slot, std::uint32_t link) {
      return turn_in_zone(slot, link);
    };
    ask.accept = [this, &border](std::uint32_t slot, std::uint32_t turn, std::uint32_t lane) {
      return may_drive_on(border, slot, turn, lane, border.zone.now());
    };
    if (!all_.plans_.empty()) {
      ask.next_stop = [this](std::uint32_t slot, std::uint32_t link) {
        return stop_in_zone(slot, link);
      };
      ask.stopped = [this, &border](std::uint32_t slot, Micros arrived, Micros left) {
        halt_in_zone(border, slot, arrived, left);
      };
    }
    ask.aspect = [this](std::uint32_t turn, Micros now) { return aspect_in_zone(turn, now); };
  }
  // All zones keep step.
  const micro::MicroZone& first = all_.zones_[part_.zones.front()].zone;
  for (;;) {
    run_events(std::min(until, first.step_end()));
    if (first.step_end() > until) break;
    for (const std::uint32_t number : part_.zones) step_zone(all_.zones_[number]);
  }
  // A copy must not ask the original.
  for (const std::uint32_t number : part_.zones) all_.zones_[number].zone.ask() = {};
}

void LanePart::step_zone(ZoneBorder& border) {
  micro::MicroZone& zone = border.zone;
  zone.advance(zone.step_end());
  const Micros now = zone.now();
  for (const micro::Passing& passing : zone.passed()) {
    Vehicle& vehicle = all_.vehicles_[passing.vehicle];
    LaneQueues::Count& count = all_.counts_[passing.lane];
    ++count.exits;
    count.cars += static_cast<std::uint32_t>(vehicle.flow);
    count.time_sum += passing.at - vehicle.entered;
    count.delay_sum += std::max<Micros>(0, passing.at - vehicle.ready);
    if (!all_.kind_exits_.empty()) {
      ++all_.kind_exits_[vehicle_kinds * passing.lane + static_cast<std::size_t>(vehicle.kind)];
    }
    if (passing.next == no_row) continue;
    const double limit_mps =
        links_->speed_mps[passing.next] * static_cast<double>(vehicle.speed_factor);
    const double speed_mps = std::min(limit_mps, static_cast<double>(vehicle.top_speed_mps));
    const double drive_s = network_.length_m[passing.next] / speed_mps;
    vehicle.entered = passing.at;
    vehicle.ready = passing.at + to_micros(drive_s);
    vehicle.driven_m += static_cast<float>(network_.length_m[passing.next]);
    vehicle.free_s += static_cast<float>(drive_s);
    // It was past stopping when the link was blocked.
    if (contains(links_->blocked[passing.next], vehicle.kind) && zone.remove(passing.vehicle)) {
      part_.aside.push_back({passing.at, passing.vehicle, passing.next, true});
    }
  }
  for (const micro::Leaving& gone : zone.leaving()) take_from_zone(border, gone);
  if (!border.bays.empty()) serve_bays(border, now);
  std::erase_if(border.claims, [&](const ZoneBorder::Claim& claim) {
    if (claim.granted == never || now - claim.granted < kept_for) return false;
    all_.gates_[claim.lane].taken -= claim.room;
    if (all_.gates_[claim.lane].first_waiting != no_row) schedule_entry(claim.lane, now);
    return true;
  });
  all_.recount(border, now);
  for (const std::uint32_t link : zone.links()) {
    for (std::uint32_t lane = network_.lane_begin[link]; lane < network_.lane_begin[link + 1];
         ++lane) {
      if (all_.lane_shut_[lane] == 0) continue;
      all_.lane_shut_[lane] = 0;
      if (all_.gates_[lane].first_waiting != no_row) schedule_entry(lane, now);
    }
  }
}

void LanePart::take_from_zone(ZoneBorder& border, const micro::Leaving& gone) {
  const std::uint32_t slot = gone.vehicle;
  if (gone.turn == no_row) {
    const bool arrived = all_.vehicles_[slot].turn == arrives;
    (arrived ? part_.arrived : part_.aside).push_back({gone.at, slot, gone.link, false});
    return;
  }
  const auto promise = std::ranges::find(border.promises, slot, &ZoneBorder::Promise::slot);
  const std::uint32_t lane = promise->lane;
  border.promises.erase(promise);
  const std::uint32_t link = network_.turn_to[gone.turn];
  put_on(lane, link, slot, guides_->onward(all_.vehicles_[slot], link), gone.at);
}

// -- into a zone ---------------------------------------------------------------------------------

Micros LanePart::zone_entry_at(std::uint32_t lane) const {
  const bool open = all_.in_zone(lane) && all_.lane_shut_[lane] == 0;
  return open ? all_.gates_[lane].next_entry : never;
}

bool LanePart::zone_admits(std::uint32_t line, std::uint32_t slot, std::uint32_t lane, Micros now) {
  const micro::MicroZone& zone = all_.zones_[all_.zone_of_lane_[lane]].zone;
  const Vehicle& vehicle = all_.vehicles_[slot];
  double wished_mps =
      links_->speed_mps[network_.lane_link[lane]] * static_cast<double>(vehicle.speed_factor);
  if (line < all_.lane_count_) {
    wished_mps = std::min(wished_mps,
                          micro::turn_speed_mps(network_, vehicle.turn, zone.options().junction));
  }
  // Where nobody comes from inside, a stream keeps its speed; elsewhere gaps are taken as they are.
  const auto before = network_.in_links(network_.from[network_.lane_link[lane]]);
  const bool keeps_up = before.empty() || !all_.in_zone(network_.lane_begin[before.front()]);
  const std::uint32_t link = network_.lane_link[lane];
  std::uint32_t onward = no_row;
  if (zone.open_borrowed(link) > 0) {
    onward = guides_->onward(vehicle, link);
    if (onward >= network_.turns()) onward = no_row;
  }
  const auto speed_mps = zone.entry_speed_mps(lane, all_.identities_[slot].type, wished_mps,
                                              std::max(now, zone.now()), keeps_up, onward);
  if (!speed_mps) {
    const Micros again = now + look_again_after;
    if (again < zone.step_end()) {
      all_.gates_[lane].next_entry = again;
    } else {
      all_.lane_shut_[lane] = 1;
    }
    return false;
  }
  entry_mps_ = *speed_mps;
  return true;
}

void LanePart::enter_zone(std::uint32_t lane, std::uint32_t slot, Micros now) {
  const Vehicle& vehicle = all_.vehicles_[slot];
  const Identity& identity = all_.identities_[slot];
  ++all_.lines_[lane].count;
  entering_ = slot;
  micro::MicroZone& zone = all_.zones_[all_.zone_of_lane_[lane]].zone;
  // Who left a zone for a short link may be due before the end of the step in which it left.
  const Micros at = std::max(now, zone.now());
  zone.enter({slot, identity.number, identity.type, lane, entry_mps_,
              static_cast<double>(vehicle.speed_factor), at});
  entering_ = no_row;
  const std::uint32_t link = network_.lane_link[lane];
  if (const std::uint32_t borrowed = zone.open_borrowed(link); borrowed > 0) {
    // Each of its gates lets in to all lanes.
    const Micros lanes = network_.lanes_of(link) + borrowed;
    const Micros next = now + (all_.gates_[lane].next_entry - now) / lanes;
    for (std::uint32_t one = network_.lane_begin[link]; one < network_.lane_begin[link + 1];
         ++one) {
      all_.gates_[one].next_entry = next;
    }
  }
}

std::uint32_t LanePart::turn_in_zone(std::uint32_t slot, std::uint32_t link) {
  Vehicle& vehicle = all_.vehicles_[slot];
  if (slot != entering_) {
    vehicle.turn = guides_->onward(vehicle, link);
    if (vehicle.tree == own_route) ++vehicle.position;
  }
  if (vehicle.halts != 0 && !pulls_out_) come_to_halts(slot, link);
  return open_turn(network_, *links_, vehicle);
}

}  // namespace kontwin::traffic
