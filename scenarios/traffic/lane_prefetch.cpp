// Asks memory for what the next events will read: on a large network nearly every hop from link to
// link is the first in a while to look at its lanes, and would wait for each of them in turn.
#include <algorithm>

#include "scenarios/traffic/lane_part.hpp"

namespace kontwin::traffic {

namespace {

/// What hops read of a network with fewer lanes stays in a core's own cache by itself.
constexpr std::uint32_t small_network = 10'000;

/// As many events as keep what they read within a core's own cache.
constexpr std::size_t most_events = 96;

template <typename Row>
void fetch(const std::vector<Row>& column, std::uint32_t row) {
  __builtin_prefetch(column.data() + row);
}

}  // namespace

Micros LanePart::fetch_ahead(Micros until) {
  if (all_.lane_count_ < small_network) return until;
  std::vector<std::uint32_t>& lines = part_.coming;
  lines.clear();
  const Micros end = part_.wheel.coming(all_.entries_, until, most_events, lines);
  std::erase_if(lines, [&](std::uint32_t event) { return event >= all_.line_count_; });
  // Each pass asks for what the next one reads, so that all lines wait side by side.
  for (const std::uint32_t line : lines) {
    fetch(all_.lines_, line);
    if (line >= all_.lane_count_) continue;
    fetch(all_.gates_, line);
    fetch(all_.counts_, line);
    fetch(network_.lane_hole_delay, line);
    fetch(network_.lane_link, line);
    fetch(all_.part_of_gate_, line);
  }
  for (const std::uint32_t line : lines) {
    const StopLine& at = all_.lines_[line];
    for (const std::uint32_t head : {at.wide.head, at.narrow.head}) {
      if (head != no_row) fetch(all_.vehicles_, head);
    }
    if (line < all_.lane_count_) fetch(links_->exit_headway, network_.lane_link[line]);
  }
  // A vehicle at the roadside comes once a trip: what it reads is not worth a pass.
  std::erase_if(lines, [&](std::uint32_t& line) {
    const StopLine& at = all_.lines_[line];
    const std::uint32_t head = at.wide.head != no_row ? at.wide.head : at.narrow.head;
    if (line >= all_.lane_count_ || head == no_row) return true;
    const Vehicle& vehicle = all_.vehicles_[head];
    if (vehicle.next != no_row) fetch(all_.vehicles_, vehicle.next);
    if (vehicle.turn >= network_.turns()) return true;
    line = head;
    fetch(all_.turn_rules_, vehicle.turn);
    fetch(all_.headways_, vehicle.turn);
    fetch(network_.give_way_begin, vehicle.turn);
    all_.signals_.fetch_place(vehicle.turn);
    return false;
  });
  const std::vector<std::uint32_t>& heads = lines;
  for (const std::uint32_t head : heads) {
    const Vehicle& vehicle = all_.vehicles_[head];
    const LaneQueues::TurnRule& rule = all_.turn_rules_[vehicle.turn];
    guides_->fetch_onward(vehicle, rule.to);
    fetch(links_->may_enter, rule.to);
    fetch(links_->entry_headway, rule.to);
    fetch(links_->speed_mps, rule.to);
    fetch(network_.length_m, rule.to);
    fetch(network_.lane_begin, rule.to);
    if (rule.gives_way != 0) fetch(all_.foes_, network_.give_way_begin[vehicle.turn]);
    if (rule.signalled != 0) all_.signals_.fetch_plan(vehicle.turn);
  }
  for (const std::uint32_t head : heads) {
    const std::uint32_t turn = all_.vehicles_[head].turn;
    const LaneQueues::TurnRule& rule = all_.turn_rules_[turn];
    const std::uint32_t lane = network_.lane_begin[rule.to];
    fetch(all_.gates_, lane);
    fetch(all_.lines_, lane);
    fetch(all_.part_of_line_, lane);
    if (rule.gives_way == 0) continue;
    for (const LaneQueues::Foe& foe : foes_of(turn)) {
      fetch(all_.last_pass_, foe.turn);
      fetch(all_.used_lanes_, foe.turn);
      fetch(all_.lines_, foe.first_lane);
    }
  }
  return end;
}

}  // namespace kontwin::traffic
