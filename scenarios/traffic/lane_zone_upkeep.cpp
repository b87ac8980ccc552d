// Microscopic zones between two stretches of driving: what queues know of them, and what measures
// change in them.
#include <algorithm>

#include "scenarios/traffic/lane_queues.hpp"
#include "scenarios/traffic/open_turn.hpp"

namespace kontwin::traffic {

namespace {

constexpr double standing_mps = 0.3;

}  // namespace

void LaneQueues::settle_zones() {
  if (zones_.empty()) return;
  zone_of_lane_.assign(lane_count_, no_row);
  lane_shut_.assign(lane_count_, 0);
  for (std::uint32_t number = 0; number < zones_.size(); ++number) {
    ZoneBorder& border = zones_[number];
    parts_[partition_.part_of_junction[border.junctions.front()]].zones.push_back(number);
    for (const std::uint32_t link : border.zone.links()) {
      border.zone.set_lane_kinds(link, of_lanes(*network_, network_->lane_kinds, link));
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
      line.count = static_cast<std::uint32_t>(types.size() + border.in_bays_of(lane));
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
      zone.set_lane_kinds(link, of_lanes(*network_, links.lane_may_enter, link));
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

void LaneQueues::borrow_lanes(std::uint32_t link, std::uint32_t lanes) {
  zones_[zone_of_lane_[network_->lane_begin[link]]].zone.borrow_lanes(link, lanes);
}

void LaneQueues::open_borrowed(std::uint32_t link, bool open) {
  zones_[zone_of_lane_[network_->lane_begin[link]]].zone.open_borrowed(link, open);
}

bool LaneQueues::are_empty(std::uint32_t link, std::uint32_t lanes) const {
  const std::uint32_t first = network_->lane_begin[link];
  if (const micro::MicroZone* zone = zone_of(first); zone && !zone->are_empty(link, lanes)) {
    return false;
  }
  // Those in bays of a zone count, too: they have to pull out.
  for (std::uint32_t beside = 0; beside < network_->lanes_of(link); ++beside) {
    if (((lanes >> beside) & 1U) != 0 && lines_[first + beside].count > 0) return false;
  }
  return true;
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
