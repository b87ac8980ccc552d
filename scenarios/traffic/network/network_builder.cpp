#include "scenarios/traffic/network/network_builder.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "twin/error.hpp"

namespace kontwin::traffic {

namespace {

constexpr double default_speed_mps = 30 / 3.6;
constexpr int most_lanes = 16;
// What a number that a file may hold must not run over.
constexpr double largest_storage = 2e9;
constexpr double longest_delay_s = 1e9;

template <typename Parts>
void check_ids(const Parts& parts, const char* what) {
  std::set<std::string_view> seen;
  for (const auto& part : parts) {
    if (!seen.insert(part.id).second) {
      throw WorldError(std::string("network: ") + what + " " + part.id + " is there twice");
    }
  }
}

}  // namespace

NetworkBuilder::NetworkBuilder(NetworkParts parts, std::vector<Repair>& repairs)
    : parts_(std::move(parts)), repairs_(repairs), network_(new Network) {}

std::shared_ptr<const Network> NetworkBuilder::build() {
  check_rows();
  add_junctions();
  mend_links();
  add_links();
  collect_turns();
  complete_turns();
  choose_lanes();
  complete_lanes();
  add_turns();
  add_signals();
  add_right_of_way();
  add_greens();
  network_->index_names();
  return network_;
}

void NetworkBuilder::note(const char* rule, std::string place, std::string done) {
  repairs_.push_back({rule, std::move(place), std::move(done)});
}

void NetworkBuilder::check_rows() const {
  if (parts_.links.empty()) throw WorldError("network: it has no links");
  check_ids(parts_.junctions, "junction");
  check_ids(parts_.links, "link");
  check_ids(parts_.signals, "signal");
  for (const LinkPart& link : parts_.links) {
    if (link.from >= parts_.junctions.size() || link.to >= parts_.junctions.size()) {
      throw WorldError("network: link " + link.id + " starts or ends at a junction not there");
    }
  }
  for (const TurnPart& turn : parts_.turns) {
    if (turn.from >= parts_.links.size() || turn.to >= parts_.links.size()) {
      throw WorldError("network: a turn names a link that is not there");
    }
    for (const std::uint32_t other : turn.gives_way_to) {
      if (other >= parts_.turns.size()) {
        throw WorldError("network: a turn gives way to one that is not there");
      }
    }
  }
  for (const SignalPart& signal : parts_.signals) {
    for (const std::uint32_t turn : signal.turns) {
      if (turn >= parts_.turns.size()) {
        throw WorldError("network: signal " + signal.id + " rules a turn that is not there");
      }
    }
    for (const StagePart& stage : signal.stages) {
      if (stage.aspects.size() != signal.turns.size()) {
        throw WorldError("network: signal " + signal.id + " has a stage with " +
                         std::to_string(stage.aspects.size()) + " aspects for " +
                         std::to_string(signal.turns.size()) + " turns");
      }
    }
  }
}

void NetworkBuilder::add_junctions() {
  network_->name = std::move(parts_.name);
  network_->reference = std::move(parts_.reference);
  network_->drives_on_right = parts_.drives_on_right;
  for (JunctionPart& junction : parts_.junctions) {
    network_->junction_id.push_back(std::move(junction.id));
    network_->junction_place.push_back(junction.place);
    network_->junction_control.push_back(junction.control);
  }
}

void NetworkBuilder::hold(const LinkPart& link, double& value, const Range& range,
                          const char* unit) {
  if (value >= range.least && value <= range.most) return;
  value = std::clamp(value, range.least, range.most);
  note("out of range", "link " + link.id, std::to_string(value) + unit);
}

void NetworkBuilder::mend_links() {
  for (LinkPart& link : parts_.links) {
    if (link.shape.size() < 2) {
      link.shape = {network_->junction_place[link.from], network_->junction_place[link.to]};
    }
    const double drawn_m = kontwin::length_m(link.shape);
    if (std::isnan(link.length_m)) link.length_m = drawn_m;
    if (!(link.length_m > 0) || !std::isfinite(link.length_m)) {
      link.length_m = std::clamp(drawn_m, 1.0, link_lengths_m.most);
      note("zero length", "link " + link.id, std::to_string(link.length_m) + " m");
    }
    if (!(link.free_speed_mps > 0) || !std::isfinite(link.free_speed_mps)) {
      link.free_speed_mps = default_speed_mps;
      note("no speed", "link " + link.id, "30 km/h");
    }
    hold(link, link.length_m, link_lengths_m, " m");
    hold(link, link.free_speed_mps, link_speeds_mps, " m/s");
    if (link.lanes < 1 || link.lanes > most_lanes) {
      link.lanes = std::clamp(link.lanes, 1, most_lanes);
      note("no lanes", "link " + link.id, std::to_string(link.lanes));
    }
    if (!(link.lane_capacity_pcph > 0) || !std::isfinite(link.lane_capacity_pcph)) {
      const bool said = !std::isnan(link.lane_capacity_pcph);
      link.lane_capacity_pcph = lane_capacity_pcph(link.free_speed_mps);
      if (said) {
        note("no capacity", "link " + link.id,
             std::to_string(std::lround(link.lane_capacity_pcph)) + " cars an hour and lane");
      }
    }
    hold(link, link.lane_capacity_pcph, link_capacities_pcph, " cars an hour and lane");
    if (std::isnan(link.lane_width_m)) link.lane_width_m = LinkPart().lane_width_m;
    hold(link, link.lane_width_m, lane_widths_m, " m wide");
    link.lane_kinds.resize(static_cast<std::size_t>(link.lanes), link.allowed);
    unsigned let_in = 0;
    for (VehicleKinds& kinds : link.lane_kinds) let_in |= kinds &= link.allowed;
    link.allowed = static_cast<VehicleKinds>(let_in);
    if (link.allowed == 0) note("no one allowed", "link " + link.id, "kept, closed to all");
  }
}

void NetworkBuilder::add_links() {
  Network& network = *network_;
  network.lane_begin.push_back(0);
  network.shape_begin.push_back(0);
  for (LinkPart& link : parts_.links) {
    network.link_id.push_back(std::move(link.id));
    network.link_name.push_back(std::move(link.name));
    network.from.push_back(link.from);
    network.to.push_back(link.to);
    network.length_m.push_back(link.length_m);
    network.free_speed_mps.push_back(link.free_speed_mps);
    network.lane_capacity_pcph.push_back(link.lane_capacity_pcph);
    network.lane_width_m.push_back(link.lane_width_m);
    network.allowed.push_back(link.allowed);
    network.priority.push_back(link.priority);
    network.shape.insert(network.shape.end(), link.shape.begin(), link.shape.end());
    network.shape_begin.push_back(static_cast<std::uint32_t>(network.shape.size()));
    // At capacity the room is full with vehicles and holes (Newell 1993). Where the capacity is too
    // high for the jam density, waves run back as fast as vehicles drive, or as drivers react.
    const double drive_s = link.length_m / link.free_speed_mps;
    const double wave_s =
        link.length_m / jam_spacing_m / (link.lane_capacity_pcph / 3600) - drive_s;
    const double least_s = std::min(drive_s, link.length_m / jam_spacing_m * reaction_time_s);
    const double storage = std::round(100 * link.length_m / jam_spacing_m);
    const double delay_s = std::min(std::max(wave_s, least_s), longest_delay_s);
    for (int lane = 0; lane < link.lanes; ++lane) {
      network.lane_link.push_back(static_cast<std::uint32_t>(network.from.size() - 1));
      network.lane_kinds.push_back(link.lane_kinds[static_cast<std::size_t>(lane)]);
      network.lane_storage.push_back(
          static_cast<CarHundredths>(std::clamp(storage, 100.0, largest_storage)));
      network.lane_hole_delay.push_back(to_micros(delay_s));
    }
    network.lane_begin.push_back(static_cast<std::uint32_t>(network.lane_link.size()));
  }
  network.index_links();
  network.opposite.assign(network.links(), no_row);
  for (std::uint32_t link = 0; link < network.links(); ++link) {
    for (const std::uint32_t back : network.out_links(network.to[link])) {
      if (network.to[back] != network.from[link] || back == link) continue;
      // Two halves of a ring lead to each other's start, but on and not back.
      const double bend = turned(heading_at_end(network, link), heading_at_start(network, back));
      const bool leads_back = std::abs(bend) > 2 * M_PI / 3;
      if (leads_back && network.opposite[link] == no_row) network.opposite[link] = back;
    }
  }
}

std::string NetworkBuilder::turn_name(const TurnPart& turn) const {
  return "turn from link " + network_->link_id[turn.from] + " to " + network_->link_id[turn.to];
}

void NetworkBuilder::collect_turns() {
  std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
  place_of_part_.assign(parts_.turns.size(), no_row);
  for (std::uint32_t part = 0; part < parts_.turns.size(); ++part) {
    const TurnPart& turn = parts_.turns[part];
    if (network_->to[turn.from] != network_->from[turn.to]) {
      note("turn of other links", turn_name(turn), "dropped: they do not meet");
    } else if (!seen.emplace(turn.from, turn.to).second) {
      note("turn of other links", turn_name(turn), "dropped: named twice");
    } else {
      part_of_turn_.push_back(part);
    }
  }
}

void NetworkBuilder::complete_turns() {
  const Network& network = *network_;
  std::vector<std::uint8_t> leads_on(network.links(), 0);
  std::vector<std::uint8_t> has_turns(network.junctions(), 0);
  for (const std::uint32_t part : part_of_turn_) {
    leads_on[parts_.turns[part].from] = 1;
    has_turns[network.to[parts_.turns[part].from]] = 1;
  }
  const auto add = [this](std::uint32_t from, std::uint32_t to) {
    TurnPart turn;
    turn.from = from;
    turn.to = to;
    part_of_turn_.push_back(static_cast<std::uint32_t>(parts_.turns.size()));
    place_of_part_.push_back(no_row);
    parts_.turns.push_back(std::move(turn));
  };
  for (std::uint32_t link = 0; link < network.links(); ++link) {
    if (leads_on[link] != 0) continue;
    const auto out = network.out_links(network.to[link]);
    if (out.empty()) continue;
    const std::uint32_t back = network.opposite[link];
    if (has_turns[network.to[link]] != 0) {
      if (back != no_row) {
        add(link, back);
      } else {
        for (const std::uint32_t next : out) add(link, next);
      }
      note("dead end", "link " + network.link_id[link],
           back != no_row ? "turns back" : "all turns at its end");
      continue;
    }
    bool onwards = false;
    for (const std::uint32_t next : out) {
      if (next == back || next == link) continue;
      add(link, next);
      onwards = true;
    }
    if (!onwards && back != no_row) add(link, back);
  }
}

double NetworkBuilder::angle_of(const TurnPart& turn) const {
  if (network_->opposite[turn.from] == turn.to) {
    return network_->drives_on_right ? M_PI : -M_PI;
  }
  return turned(heading_at_end(*network_, turn.from), heading_at_start(*network_, turn.to));
}

void NetworkBuilder::add_turns() {
  Network& network = *network_;
  std::ranges::sort(part_of_turn_, [this](std::uint32_t a, std::uint32_t b) {
    const TurnPart& first = parts_.turns[a];
    const TurnPart& second = parts_.turns[b];
    return std::pair(first.from, first.to) < std::pair(second.from, second.to);
  });
  network.turn_begin.assign(network.links() + 1, 0);
  for (std::uint32_t turn = 0; turn < part_of_turn_.size(); ++turn) {
    const TurnPart& part = parts_.turns[part_of_turn_[turn]];
    place_of_part_[part_of_turn_[turn]] = turn;
    network.turn_from.push_back(part.from);
    network.turn_to.push_back(part.to);
    network.turn_lanes.push_back(part.lanes);
    network.turn_allowed.push_back(part.allowed);
    network.turn_angle.push_back(static_cast<float>(angle_of(part)));
    ++network.turn_begin[part.from + 1];
  }
  for (std::size_t link = 0; link < network.links(); ++link) {
    network.turn_begin[link + 1] += network.turn_begin[link];
  }
  network.turn_signal.assign(network.turns(), no_row);
}

}  // namespace kontwin::traffic
