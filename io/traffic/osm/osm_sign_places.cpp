// Which junction a sign or a light is for.
#include <algorithm>
#include <array>
#include <cmath>

#include "io/import/osm_access.hpp"
#include "io/traffic/osm/osm_assembly.hpp"

namespace kontwin::traffic {

namespace {

/// Streets, and roads beyond, from that priority on: not ways to houses and fields.
constexpr std::int16_t least_street = -1;

}  // namespace

OsmAssembly::Rank OsmAssembly::rank_of_road(const OsmRoad& road, VehicleKinds kinds) {
  if ((kinds & wide_vehicles) == 0) return Rank::path;
  return road.priority < least_street ? Rank::lane : Rank::street;
}

OsmAssembly::Rank OsmAssembly::rank_of(std::uint32_t link) const {
  const std::uint32_t back = origin_[link].opposite;
  const VehicleKinds other = back == no_row ? VehicleKinds{0} : parts_.links[back].allowed;
  return rank_of_road(extract_.roads[origin_[link].road], parts_.links[link].allowed | other);
}

bool OsmAssembly::is_crossing_of(Rank rank, std::uint32_t at) const {
  return (rank == Rank::street ? street_ends_at_
          : rank == Rank::lane ? lane_ends_at_
                               : ends_at_)[at] > 2;
}

void OsmAssembly::read_signs() {
  for (const Spot& spot : spots_) {
    const OsmSign& sign = extract_.signs[spot.sign];
    std::vector<Lead> leads;
    if (sign.direction >= 0 && spot.forward != no_row) {
      leads.push_back({spot.forward, spot.to_end_m});
    }
    if (sign.direction <= 0 && spot.backward != no_row) {
      leads.push_back({spot.backward, spot.to_start_m});
    }
    obey(sign, nearest_junction(leads));
  }
  spots_ = {};
  for (const OsmSign& sign : extract_.signs) {
    const std::uint32_t at = junction_of_node_[sign.node];
    if (at != no_row) sign_at_junction(sign, at);
  }
}

std::uint32_t OsmAssembly::nearest_junction(std::span<const Lead> leads) const {
  Rank own = Rank::path;
  for (const Lead& lead : leads) own = std::max(own, rank_of(lead.link));
  // A street's sign is for where streets meet, and for a drive only where no street is near.
  const std::array<Rank, 2> ranks{own, own == Rank::street ? Rank::lane : own};
  for (const Rank rank : ranks) {
    double nearest_m = options_.sign_reach_m;
    std::uint32_t nearest = no_row;
    for (const Lead& lead : leads) {
      double away_m = lead.to_end_m;
      const std::uint32_t last = follow(lead.link, rank, away_m);
      if (last == no_row || away_m > nearest_m) continue;
      nearest_m = away_m;
      nearest = last;
    }
    if (nearest != no_row) return nearest;
  }
  return no_row;
}

std::uint32_t OsmAssembly::follow(std::uint32_t link, Rank rank, double& distance_m) const {
  while (distance_m <= options_.sign_reach_m) {
    const std::uint32_t at = parts_.links[link].to;
    if (is_crossing_of(rank, at)) return link;
    std::uint32_t next = no_row;
    for (const std::uint32_t onward : out(at)) {
      if (onward != origin_[link].opposite && rank_of(onward) >= rank) next = onward;
    }
    if (next == no_row) return no_row;
    // A loop of roads that meets nothing ends by its length; one without any by this.
    distance_m += std::max(0.1, static_cast<double>(origin_[next].length_m));
    link = next;
  }
  return no_row;
}

void OsmAssembly::obey(const OsmSign& sign, std::uint32_t link) {
  const std::string place = "node " + std::to_string(extract_.node_ids[sign.node]);
  if (sign.what == OsmSign::What::mini_roundabout) {
    repairs_.note("small roundabout", place, "left out: it is at no junction");
    return;
  }
  if (link == no_row) {
    const bool light = sign.what == OsmSign::What::signal;
    repairs_.note(light ? "lights away" : "sign away", place,
                  "left out: no junction of such roads within " +
                      std::to_string(std::lround(options_.sign_reach_m)) + " m");
    return;
  }
  switch (sign.what) {
    case OsmSign::What::signal:
      lights_[parts_.links[link].to] = 1;
      break;
    case OsmSign::What::all_stop:
      all_stop_[parts_.links[link].to] = 1;
      break;
    case OsmSign::What::stop:
    case OsmSign::What::give_way:
      // Two signs, one at the lane and one at the line, are one.
      if (!is_signed_down(link)) parts_.links[link].priority -= signed_down;
      break;
    default:
      break;
  }
}

void OsmAssembly::sign_at_junction(const OsmSign& sign, std::uint32_t at) {
  const std::string place = "node " + std::to_string(extract_.node_ids[sign.node]);
  if (sign.what == OsmSign::What::barrier) {
    repairs_.note("barrier", place, "left out: several roads meet there");
    return;
  }
  Rank most = Rank::path;
  for (const std::uint32_t link : out(at)) most = std::max(most, rank_of(link));
  for (const std::uint32_t link : in(at)) most = std::max(most, rank_of(link));
  if (is_crossing_of(std::min(most, Rank::lane), at)) {
    switch (sign.what) {
      case OsmSign::What::signal:
        lights_[at] = 1;
        break;
      case OsmSign::What::all_stop:
        all_stop_[at] = 1;
        break;
      case OsmSign::What::mini_roundabout:
        small_roundabout_[at] = 1;
        repairs_.tally("small roundabout", "small roundabouts", "the right goes first");
        break;
      default:
        repairs_.note("sign away", place, "left out: it stands on the junction, for no one road");
    }
    return;
  }
  // Where one road goes over into the next, or paths alone cross it: the sign is for the nearest
  // junction either way.
  std::vector<Lead> leads;
  for (const std::uint32_t link : out(at)) {
    const bool meant = sign.direction == 0 || (sign.direction > 0) == origin_[link].forward;
    if (meant && rank_of(link) == most) {
      leads.push_back({link, static_cast<double>(origin_[link].length_m)});
    }
  }
  obey(sign, nearest_junction(leads));
}

}  // namespace kontwin::traffic
