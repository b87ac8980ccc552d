#include "scenarios/traffic/lane_queues.hpp"

#include <algorithm>

#include "scenarios/traffic/lane_part.hpp"

namespace kontwin::traffic {

namespace {

/// Parts hand over no more often than this, so that the work between is worth it.
constexpr Micros least_stretch = 3'000'000;

}  // namespace

LaneQueues::LaneQueues(const Network& network, JunctionRules rules, std::vector<ZoneBorder> zones)
    : network_(&network),
      zones_(std::move(zones)),
      partition_(cut_around(network, zones_, least_stretch)),
      signals_(network),
      lane_count_(static_cast<std::uint32_t>(network.lanes())),
      line_count_(static_cast<std::uint32_t>(network.lanes() + network.links())),
      turn_lanes_(network.turn_lanes),
      used_lanes_(network.turn_lanes),
      all_way_headways_(all_way_headways(rules)),
      clearance_(to_micros(rules.clearance_s)),
      patience_(std::max<Micros>(1, to_micros(rules.patience_s))),
      filter_after_(to_micros(rules.filter_after_s)),
      first_at_once_(rules.first_at_once),
      last_pass_(network.turns(), -never / 2),
      one_lane_(network.lanes(), 0),
      lines_(line_count_),
      gates_(lane_count_),
      counts_(lane_count_),
      entries_(line_count_ + lane_count_ + network.signals.size()),
      parts_(partition_.parts) {
  for (std::uint32_t turn = 0; turn < network.turns(); ++turn) {
    TurnRule rule;
    rule.to = network.turn_to[turn];
    rule.signalled = network.turn_signal[turn] != no_row ? 1 : 0;
    rule.gives_way = rules.give_way && !network.gives_way_to(turn).empty() ? 1 : 0;
    rule.goes_first = rules.give_way ? network.goes_first[turn] : std::uint8_t{0};
    const JunctionControl control = network.junction_control[network.to[network.turn_from[turn]]];
    const bool takes_turns =
        control == JunctionControl::all_stop || control == JunctionControl::right_first;
    rule.first_come = rules.give_way && takes_turns ? 1 : 0;
    rule.headway_percent = turn_headway_percent(network, turn, rules);
    turn_rules_.push_back(rule);
    headways_.push_back(gap_headways(network, turn, rules));
  }
  for (std::uint32_t turn = 0; turn < network.turns(); ++turn) {
    for (const std::uint32_t other : network.gives_way_to(turn)) {
      const bool mutual = std::ranges::binary_search(network.gives_way_to(other), turn);
      foes_.push_back({other, network.lane_begin[network.turn_from[other]],
                       turn_rules_[other].signalled, mutual ? std::uint8_t{1} : std::uint8_t{0}});
    }
  }
  part_of_line_.reserve(line_count_);
  for (std::uint32_t lane = 0; lane < lane_count_; ++lane) {
    const std::uint32_t link = network.lane_link[lane];
    part_of_line_.push_back(partition_.part_of_junction[network.to[link]]);
    part_of_gate_.push_back(partition_.part_of_junction[network.from[link]]);
    gates_[lane].storage = network.lane_storage[lane];
    one_lane_[lane] = network.lanes_of(link) == 1 ? 1 : 0;
  }
  for (std::uint32_t link = 0; link < network.links(); ++link) {
    part_of_line_.push_back(partition_.part_of_junction[network.from[link]]);
  }
  for (Part& part : parts_) {
    for (auto& entered : part.entered) entered.resize(partition_.parts);
    for (auto& freed : part.freed) freed.resize(partition_.parts);
  }
  for (std::uint32_t signal = 0; signal < network.signals.size(); ++signal) {
    if (signals_.runs_by_stage(signal))
      wheel_of_signal(signal).schedule(entries_, signal_event(signal), 0);
  }
  settle_zones();
}

EventWheel& LaneQueues::wheel_of_signal(std::uint32_t signal) {
  const std::uint32_t turn = signals_.signal(signal).turns.front();
  const std::uint32_t junction = network_->to[network_->turn_from[turn]];
  return parts_[partition_.part_of_junction[junction]].wheel;
}

std::uint32_t LaneQueues::add(const Vehicle& vehicle, const Identity& identity) {
  fastest_factor_ = std::max(fastest_factor_, vehicle.speed_factor);
  auto slot = static_cast<std::uint32_t>(vehicles_.size());
  if (free_slots_.empty()) {
    vehicles_.push_back(vehicle);
  } else {
    slot = free_slots_.back();
    free_slots_.pop_back();
    vehicles_[slot] = vehicle;
  }
  if (!zones_.empty()) {
    identities_.resize(vehicles_.size());
    identities_[slot] = identity;
  }
  return slot;
}

void LaneQueues::release(std::uint32_t slot) { free_slots_.push_back(slot); }

Micros LaneQueues::look_ahead(const LinkState& links) const {
  Micros least = never;
  const double fastest = static_cast<double>(fastest_factor_);
  for (const std::uint32_t link : partition_.cut_links) {
    const double drive_s = network_->length_m[link] / (links.speed_mps[link] * fastest);
    least = std::min({least, static_cast<Micros>(drive_s * micros_per_second),
                      network_->lane_hole_delay[network_->lane_begin[link]]});
  }
  return std::max<Micros>(1, least);
}

void LaneQueues::run(Micros until, const Guides& guides, const LinkState& links,
                     ComputeArena& arena) {
  const Micros stretch = partition_.cut_links.empty() ? until - now_ : look_ahead(links);
  while (now_ < until) {
    const Micros end = std::min(until, now_ + std::min(stretch, until - now_));
    arena.for_each_part(parts_.size(), [&](std::size_t number) {
      LanePart part(*this, static_cast<std::uint32_t>(number), &guides, &links);
      part.take_over(now_);
      part.run(end);
    });
    now_ = end;
    reading_ = 1 - reading_;
  }
  for (std::uint32_t number = 0; number < parts_.size(); ++number) {
    LanePart(*this, number, &guides, &links).take_over(now_);
  }
  gather(arrived_, &Part::arrived);
  gather(aside_, &Part::aside);
  if (!halts_.empty()) gather_halts();
}

void LaneQueues::gather(std::vector<Left>& into, std::vector<Left> Part::*from) {
  const auto before = static_cast<std::ptrdiff_t>(into.size());
  for (Part& part : parts_) {
    into.insert(into.end(), (part.*from).begin(), (part.*from).end());
    (part.*from).clear();
  }
  std::sort(into.begin() + before, into.end(), [](const Left& a, const Left& b) {
    return a.at != b.at ? a.at < b.at : a.slot < b.slot;
  });
}

void LaneQueues::clear() {
  arrived_.clear();
  aside_.clear();
}

void LaneQueues::clear_counts() {
  std::ranges::fill(counts_, Count{});
  std::ranges::fill(kind_exits_, 0U);
  std::ranges::fill(turn_waits_, TurnWait{});
  halted_.clear();
}

void LaneQueues::count_kinds() { kind_exits_.assign(vehicle_kinds * lane_count_, 0); }

void LaneQueues::count_turns() { turn_waits_.assign(network_->turns(), {}); }

std::uint32_t LaneQueues::count(std::uint32_t link) const {
  std::uint32_t sum = 0;
  for (std::uint32_t lane = network_->lane_begin[link]; lane < network_->lane_begin[link + 1];
       ++lane) {
    sum += lines_[lane].count;
  }
  return sum;
}

std::uint64_t LaneQueues::count_all() const {
  std::uint64_t counted = 0;
  for (const StopLine& line : lines_) {
    for (const Queue& queue : {line.wide, line.narrow}) {
      for (std::uint32_t slot = queue.head; slot != no_row; slot = vehicles_[slot].next) ++counted;
    }
  }
  for (const ZoneBorder& border : zones_) counted += border.zone.inside() + border.bays.size();
  return counted;
}

std::uint64_t LaneQueues::events() const {
  std::uint64_t sum = 0;
  for (const Part& part : parts_) sum += part.events;
  return sum;
}

}  // namespace kontwin::traffic
