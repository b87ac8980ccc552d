// What passes between the queues and the microscopic zones among them.
#include <algorithm>

#include "scenarios/traffic/lane_part.hpp"
#include "scenarios/traffic/micro/zone_map.hpp"

namespace kontwin::traffic {

namespace {

/// A place outside that was kept for a lane is given to others when nobody came for it.
constexpr Micros kept_for = 3'000'000;
/// Who found no room in a zone looks again within the step: a stream at capacity loses what it
/// waits.
constexpr Micros look_again_after = 100'000;
constexpr double standing_mps = 0.3;

/// The turn of a vehicle as a zone has it: no_row where it ends with its link, or is shut to it.
std::uint32_t open_turn(const Network& network, const LinkState& links, const Vehicle& vehicle) {
  const bool goes_on = vehicle.turn < network.turns() &&
                       contains(links.may_enter[network.turn_to[vehicle.turn]], vehicle.kind);
  return goes_on ? vehicle.turn : no_row;
}

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
  const auto speed_mps = zone.entry_speed_mps(lane, all_.identities_[slot].type, wished_mps,
                                              std::max(now, zone.now()), keeps_up);
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
}

std::uint32_t LanePart::turn_in_zone(std::uint32_t slot, std::uint32_t link) {
  Vehicle& vehicle = all_.vehicles_[slot];
  if (slot != entering_) {
    vehicle.turn = guides_->onward(vehicle, link);
    if (vehicle.tree == own_route) ++vehicle.position;
  }
  return open_turn(network_, *links_, vehicle);
}

// -- out of a zone -------------------------------------------------------------------------------

bool LanePart::may_drive_on(ZoneBorder& border, std::uint32_t slot, std::uint32_t turn,
                            std::uint32_t line, Micros now) {
  const Vehicle& vehicle = all_.vehicles_[slot];
  const std::uint32_t from = network_.lane_link[line];
  const std::uint32_t to = network_.turn_to[turn];
  // One vehicle ahead of its time is not too many: it asks a while before it is there.
  const Micros headway = links_->exit_headway[from] * vehicle.flow / 100;
  StopLine& at = all_.lines_[line];
  if (now + headway < at.next_exit) return false;
  if (!all_.in_zone(network_.lane_begin[to]) && !may_drive_out(border, slot, to, line, now)) {
    return false;
  }
  at.next_exit = std::max(at.next_exit, now) + headway;
  return true;
}

bool LanePart::may_drive_out(ZoneBorder& border, std::uint32_t slot, std::uint32_t link,
                             std::uint32_t line, Micros now) {
  const Vehicle& vehicle = all_.vehicles_[slot];
  auto claim = std::ranges::find(border.claims, line, &ZoneBorder::Claim::line);
  if (claim != border.claims.end() && claim->granted == never &&
      all_.lines_[line].waits_for == no_row) {
    // Those who waited were told to choose again.
    border.claims.erase(claim);
    claim = border.claims.end();
  }
  const bool claims = claim != border.claims.end();
  if (claims && network_.lane_link[claim->lane] == link) {
    if (claim->granted == never) return false;
    all_.gates_[claim->lane].taken += vehicle.room - claim->room;
    border.promises.push_back({slot, claim->lane});
    border.claims.erase(claim);
    return true;
  }
  const std::uint32_t lane = choose_lane(link, guides_->onward(vehicle, link), vehicle.kind, now);
  Gate& gate = all_.gates_[lane];
  const Micros headway = links_->entry_headway[link] * vehicle.flow / 100;
  if (gate.first_waiting == no_row && has_room(lane, now, border.zone.to_end_s(slot)) &&
      now + headway >= gate.next_entry) {
    gate.taken += vehicle.room;
    gate.next_entry = std::max(gate.next_entry, now) + headway;
    border.promises.push_back({slot, lane});
    return true;
  }
  // One of a lane waits at a time, as everywhere.
  if (claims) return false;
  border.claims.push_back({line, lane, vehicle.room, never});
  wait_for(line, lane, now);
  return false;
}

bool LanePart::has_room(std::uint32_t lane, Micros now, double in_s) {
  entry_at(lane, now);  // takes in the room that came back
  const Gate& gate = all_.gates_[lane];
  CarHundredths taken = gate.taken;
  const Micros then = now + to_micros(in_s);
  for (std::uint32_t hole = gate.first_hole;
       hole != no_row && part_.holes[hole].at <= then && taken >= gate.storage;
       hole = part_.holes[hole].next) {
    taken -= part_.holes[hole].size;
  }
  return taken < gate.storage;
}

void LanePart::grant(std::uint32_t line, Micros now) {
  if (!all_.in_zone(line)) return;
  ZoneBorder& border = all_.zones_[all_.zone_of_lane_[line]];
  const auto claim = std::ranges::find(border.claims, line, &ZoneBorder::Claim::line);
  if (claim == border.claims.end()) return;
  Gate& gate = all_.gates_[claim->lane];
  gate.taken += claim->room;
  gate.next_entry = std::max(gate.next_entry, now) +
                    links_->entry_headway[network_.lane_link[claim->lane]] * claim->room / 100;
  claim->granted = now;
}

Aspect LanePart::aspect_in_zone(std::uint32_t turn, Micros now) const {
  const LaneQueues::TurnRule& rule = all_.turn_rules_[turn];
  bool permissive = true;
  if (rule.signalled != 0 && all_.signals_.green_at(turn, now, permissive) > now) {
    return Aspect::red;
  }
  return permissive && rule.gives_way != 0 ? Aspect::permissive : Aspect::exclusive;
}

// -- between two runs ----------------------------------------------------------------------------

void LaneQueues::settle_zones() {
  if (zones_.empty()) return;
  zone_of_lane_.assign(lane_count_, no_row);
  lane_shut_.assign(lane_count_, 0);
  for (std::uint32_t number = 0; number < zones_.size(); ++number) {
    const ZoneBorder& border = zones_[number];
    parts_[partition_.part_of_junction[border.junctions.front()]].zones.push_back(number);
    for (const std::uint32_t link : border.zone.links()) {
      for (std::uint32_t lane = network_->lane_begin[link]; lane < network_->lane_begin[link + 1];
           ++lane) {
        zone_of_lane_[lane] = number;
        // As queues these lanes are never open: what is asked then is the zone.
        gates_[lane].storage = 0;
      }
    }
  }
}

void LaneQueues::recount(const ZoneBorder& border, Micros now) {
  for (const std::uint32_t link : border.zone.links()) {
    for (std::uint32_t lane = network_->lane_begin[link]; lane < network_->lane_begin[link + 1];
         ++lane) {
      const auto types = border.zone.types_on(lane);
      CarHundredths taken = 0;
      for (const std::uint32_t type : types) taken += border.room_of_type[type];
      gates_[lane].taken = taken;
      StopLine& line = lines_[lane];
      line.count = static_cast<std::uint32_t>(types.size());
      const bool stands = !types.empty() && border.zone.speeds_on(lane).front() < standing_mps;
      line.held_since = !stands ? never : std::min(line.held_since, now);
    }
  }
}

void LaneQueues::take_over_zones(std::span<const std::uint32_t> altered, const LinkState& links) {
  if (zones_.empty()) return;
  for (const std::uint32_t link : altered) {
    const std::uint32_t first = network_->lane_begin[link];
    if (in_zone(first)) {
      micro::MicroZone& zone = zones_[zone_of_lane_[first]].zone;
      zone.set_speed_limit(link, links.speed_mps[link]);
      zone.set_metered(link,
                       links.exit_headway[link] > headway(network_->lane_capacity_pcph[link]));
    }
    // Those who want to turn into it think again.
    for (const std::uint32_t before : network_->in_links(network_->from[link])) {
      const std::uint32_t lane_of_before = network_->lane_begin[before];
      if (!in_zone(lane_of_before)) continue;
      micro::MicroZone& zone = zones_[zone_of_lane_[lane_of_before]].zone;
      for (std::uint32_t lane = lane_of_before; lane < network_->lane_begin[before + 1]; ++lane) {
        zone.for_each_on(lane, [&](const micro::VehiclePlace& place) {
          const Vehicle& vehicle = vehicles_[place.vehicle];
          const bool turns_in =
              vehicle.turn < network_->turns() && network_->turn_to[vehicle.turn] == link;
          if (turns_in) zone.change_turn(place.vehicle, open_turn(*network_, links, vehicle));
        });
      }
    }
  }
}

void LaneQueues::turn_back_in_zone(std::uint32_t link, const LinkState& links, Micros now) {
  ZoneBorder& border = zones_[zone_of_lane_[network_->lane_begin[link]]];
  std::vector<std::uint32_t> slots;
  for (std::uint32_t lane = network_->lane_begin[link]; lane < network_->lane_begin[link + 1];
       ++lane) {
    border.zone.for_each_on(lane, [&](const micro::VehiclePlace& place) {
      const bool stopped = contains(links.blocked[link], vehicles_[place.vehicle].kind);
      if (stopped && 2 * place.position_m < network_->length_m[link]) {
        slots.push_back(place.vehicle);
      }
    });
  }
  for (const std::uint32_t slot : slots) {
    if (!border.zone.remove(slot)) continue;
    const Micros driven = now - vehicles_[slot].entered;
    aside_.push_back({now + driven, slot, link, true});
  }
  recount(border, now);
}

}  // namespace kontwin::traffic
