// When the first at a stop line has green, and a gap in the streams that go before it.
#include <algorithm>
#include <bit>
#include <cmath>

#include "scenarios/traffic/lane_part.hpp"

namespace kontwin::traffic {

Micros LanePart::green_and_clear(std::uint32_t line, std::uint32_t turn, const Vehicle& vehicle,
                                 Micros now) {
  const LaneQueues::TurnRule& rule = all_.turn_rules_[turn];
  bool must_give_way = true;
  if (rule.signalled != 0) {
    const Micros green = all_.signals_.green_at(turn, now, must_give_way);
    if (green > now) return start_at(line, vehicle, now, green);
  }
  if (rule.gives_way == 0 || !must_give_way || vehicle.urgent != 0) return now;
  const Micros clear = gap_at(line, turn, vehicle, now);
  if (clear > now) all_.lines_[line].yields = true;
  return clear;
}

Micros LanePart::start_at(std::uint32_t line, const Vehicle& vehicle, Micros now, Micros green) {
  StopLine& at = all_.lines_[line];
  if (green == never) return green;
  if (all_.first_at_once_) {
    at.next_exit = green;
    return green;
  }
  const Micros headway = links_->exit_headway[network_.lane_link[line]] * vehicle.flow *
                         all_.turn_rules_[vehicle.turn].headway_percent / 10000;
  // What was left of the headway when the light turned red is kept in the next green, so that a
  // queue gets the whole of each green, on average, and not a vehicle more. It is less than a
  // headway unless the one before went another way, which was green for longer.
  const Micros in_red =
      at.next_exit == now ? now - all_.signals_.last_green_end(vehicle.turn, now) : never;
  // Else a vehicle passes in the middle of the headway it takes, as a stream of them would.
  at.next_exit = green + (in_red < headway ? std::max<Micros>(0, in_red) : headway / 2);
  return at.next_exit;
}

Micros LanePart::gap_at(std::uint32_t line, std::uint32_t turn, const Vehicle& vehicle,
                        Micros now) const {
  const Micros clearance = all_.clearance_;
  const Micros held = all_.lines_[line].held_since;
  Micros gap = all_.headways_[turn].critical;
  if (held != never) gap -= std::min(gap, gap * (now - held) / all_.patience_);
  Micros clear = now;
  for (const LaneQueues::Foe& foe : foes_of(turn)) {
    const std::uint32_t other = foe.turn;
    if (foe.signalled != 0) {
      bool permissive = false;
      if (all_.signals_.green_at(other, now, permissive) > now) continue;
    }
    if (all_.last_pass_[other] + clearance > now) {
      clear = std::max(clear, all_.last_pass_[other] + clearance);
    }
    // First come first served where each would give way to the other.
    const bool mutual = foe.mutual != 0;
    for (std::uint32_t lanes = all_.used_lanes_[other]; lanes != 0; lanes &= lanes - 1) {
      const std::uint32_t lane =
          foe.first_lane + static_cast<std::uint32_t>(std::countr_zero(lanes));
      const StopLine& their = all_.lines_[lane];
      // One who cannot go on, or gives way to others, is not in the way.
      if (their.waits_for != no_row || (their.yields && !mutual)) continue;
      for (const std::uint32_t head : {their.wide.head, their.narrow.head}) {
        if (head == no_row || all_.vehicles_[head].turn != other) continue;
        const Micros comes = all_.vehicles_[head].ready;
        if (mutual) {
          const bool before = comes != vehicle.ready ? comes < vehicle.ready : lane < line;
          if (!before || comes > now) continue;
        }
        const Micros passes = std::max(comes, their.next_exit);
        if (passes < now + gap) clear = std::max(clear, std::max(passes, now) + clearance);
      }
    }
  }
  return clear;
}

bool LanePart::somebody_waits(std::uint32_t link, Micros now) const {
  for (std::uint32_t lane = network_.lane_begin[link]; lane < network_.lane_begin[link + 1];
       ++lane) {
    const StopLine& line = all_.lines_[lane];
    if (line.waits_for != no_row) continue;  // has no room to go on, and is not in the way
    for (const std::uint32_t head : {line.wide.head, line.narrow.head}) {
      if (head != no_row && all_.vehicles_[head].ready <= now) return true;
    }
  }
  return false;
}

Micros LanePart::all_way_headway(std::uint32_t line, Micros now) const {
  const std::uint32_t link = network_.lane_link[line];
  const std::uint32_t junction = network_.to[link];
  std::uint32_t straight_on = no_row;
  double bend = M_PI / 4;
  for (std::uint32_t turn = network_.turn_begin[link]; turn < network_.turn_begin[link + 1];
       ++turn) {
    const double angle = std::abs(static_cast<double>(network_.turn_angle[turn]));
    if (angle > bend) continue;
    bend = angle;
    straight_on = network_.to[network_.turn_to[turn]];
  }
  std::size_t opposing = 0, crossing = 0;
  for (const std::uint32_t other : network_.in_links(junction)) {
    if (other == link || !somebody_waits(other, now)) continue;
    ++(network_.from[other] == straight_on ? opposing : crossing);
  }
  if (crossing == 0) {
    const bool all_stop = network_.junction_control[junction] == JunctionControl::all_stop;
    return all_stop ? all_.all_way_headways_[std::min<std::size_t>(opposing, 1)] : 0;
  }
  return all_.all_way_headways_[std::min<std::size_t>(1 + opposing + crossing, 4)];
}

}  // namespace kontwin::traffic
