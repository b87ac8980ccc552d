// Signals that choose their stages, in the course of a part.
#include <algorithm>
#include <bit>

#include "scenarios/traffic/lane_part.hpp"

namespace kontwin::traffic {

namespace {

constexpr Micros look_every = 1'000'000;
/// A vehicle this close to its stop line keeps an actuated stage green: the passage time of the
/// Signal Timing Manual (NCHRP 812, 2015), 2 to 4 s.
constexpr Micros passage = 3'000'000;

bool is_between(const Signal::Stage& stage) { return stage.least == stage.most; }

/// The next stage that is more than a change between two.
std::uint32_t next_main(const Signal& signal, std::uint32_t stage) {
  const auto after = [&signal](std::uint32_t one) {
    return one + 1 < signal.stages.size() ? one + 1 : 0;
  };
  const std::uint32_t first = after(stage);
  std::uint32_t next = first;
  while (is_between(signal.stages[next])) {
    next = after(next);
    if (next == first) break;
  }
  return next;
}

}  // namespace

bool LanePart::demand_for(const Signal& signal, std::uint32_t stage, Micros now) const {
  for (std::size_t place = 0; place < signal.turns.size(); ++place) {
    if (signal.stages[stage].aspects[place] == Aspect::red) continue;
    const std::uint32_t turn = signal.turns[place];
    const std::uint32_t link = network_.turn_from[turn];
    for (std::uint32_t lanes = all_.used_lanes_[turn]; lanes != 0; lanes &= lanes - 1) {
      const std::uint32_t lane =
          network_.lane_begin[link] + static_cast<std::uint32_t>(std::countr_zero(lanes));
      if (const micro::MicroZone* zone = all_.zone_of(lane)) {
        if (zone->somebody_near(lane, turn, seconds(passage))) return true;
        continue;
      }
      const StopLine& line = all_.lines_[lane];
      for (const std::uint32_t head : {line.wide.head, line.narrow.head}) {
        if (head == no_row) continue;
        const Vehicle& vehicle = all_.vehicles_[head];
        if (vehicle.turn == turn && vehicle.ready <= now + passage) return true;
      }
    }
  }
  return false;
}

double LanePart::pressure_of(const Signal& signal, std::uint32_t stage, Micros now) {
  double pressure = 0;
  for (std::size_t place = 0; place < signal.turns.size(); ++place) {
    if (signal.stages[stage].aspects[place] == Aspect::red) continue;
    const std::uint32_t turn = signal.turns[place];
    const std::uint32_t from = network_.turn_from[turn];
    const std::uint32_t to = network_.turn_to[turn];
    double waiting = 0;
    for (std::uint32_t lanes = all_.used_lanes_[turn]; lanes != 0; lanes &= lanes - 1) {
      waiting += all_.lines_[network_.lane_begin[from] +
                             static_cast<std::uint32_t>(std::countr_zero(lanes))]
                     .count;
    }
    // What lies ahead is seen from its start, which this part owns.
    double ahead = 0;
    for (std::uint32_t lane = network_.lane_begin[to]; lane < network_.lane_begin[to + 1]; ++lane) {
      take_in_holes(lane, now);
      ahead += all_.gates_[lane].taken / 100.0;
    }
    pressure += network_.lane_capacity_pcph[from] * (waiting - ahead);
  }
  return pressure;
}

void LanePart::serve_signal(std::uint32_t row, Micros now) {
  SignalPlans& plans = all_.signals_;
  if (!plans.runs_by_stage(row)) return;
  const Signal& signal = plans.signal(row);
  const std::uint32_t stage = plans.stage(row);
  const Micros stands = now - plans.stage_since(row);
  const Signal::Stage& at = signal.stages[stage];
  const auto count = static_cast<std::uint32_t>(signal.stages.size());
  std::uint32_t wanted = stage;
  if (is_between(at)) {
    if (stands >= at.duration) {
      const std::uint32_t after = (stage + 1) % count;
      // Past the changes, straight to the stage that was chosen.
      wanted = is_between(signal.stages[after]) ? after : plans.chosen(row, after);
    }
  } else if (stands >= at.least) {
    std::uint32_t target = stage;
    if (signal.kind == SignalKind::max_pressure) {
      double most = pressure_of(signal, stage, now);
      for (std::uint32_t other = 0; other < count; ++other) {
        if (is_between(signal.stages[other]) || other == stage) continue;
        const double pressure = pressure_of(signal, other, now);
        if (pressure > most) {
          most = pressure;
          target = other;
        }
      }
    } else if (stands >= at.most || !demand_for(signal, stage, now)) {
      for (std::uint32_t other = next_main(signal, stage); other != stage;
           other = next_main(signal, other)) {
        if (demand_for(signal, other, now)) {
          target = other;
          break;
        }
      }
    }
    if (target != stage) {
      plans.choose(row, target);
      const std::uint32_t after = (stage + 1) % count;
      wanted = is_between(signal.stages[after]) ? after : target;
    }
  }
  if (wanted != stage) {
    plans.set_stage(row, wanted, now);
    wake_signal(row, now);
  }
  part_.wheel.schedule(all_.entries_, all_.signal_event(row), now + look_every);
}

void LanePart::wake_signal(std::uint32_t row, Micros now) {
  for (const std::uint32_t turn : all_.signals_.signal(row).turns) {
    const std::uint32_t link = network_.turn_from[turn];
    for (std::uint32_t lanes = all_.used_lanes_[turn]; lanes != 0; lanes &= lanes - 1) {
      const std::uint32_t line =
          network_.lane_begin[link] + static_cast<std::uint32_t>(std::countr_zero(lanes));
      if (all_.lines_[line].held_since != never && all_.lines_[line].waits_for == no_row) {
        part_.wheel.schedule(all_.entries_, line, std::max(now, all_.lines_[line].next_exit));
      }
    }
  }
}

}  // namespace kontwin::traffic
