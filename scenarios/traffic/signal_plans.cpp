#include "scenarios/traffic/signal_plans.hpp"

#include <algorithm>
#include <utility>

#include "scenarios/traffic/network/greens.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic {

SignalPlans::SignalPlans(const Network& network)
    : network_(&network),
      signals_(network.signals),
      stages_(network.signals.size(), 0),
      chosen_(network.signals.size(), no_row),
      since_(network.signals.size(), 0),
      holds_(network.signals.size()),
      place_(network.turns(), 0),
      of_turn_(network.turns()),
      greens_(network.green) {
  for (std::uint32_t turn = 0; turn < network.turns(); ++turn) {
    of_turn_[turn] = {network.turn_signal[turn], network.green_begin[turn],
                      network.green_begin[turn + 1] - network.green_begin[turn]};
  }
  for (const Signal& signal : signals_) {
    clocks_.push_back({signal.offset, signal.cycle,
                       signal.kind == SignalKind::fixed ? Mode::fixed : Mode::by_stage});
    for (std::uint32_t place = 0; place < signal.turns.size(); ++place) {
      place_[signal.turns[place]] = place;
    }
  }
}

Micros SignalPlans::green_at(std::uint32_t turn, Micros now, bool& permissive) const {
  const Greens of = of_turn_[turn];
  const std::uint32_t row = of.signal;
  const Clock& clock = clocks_[row];
  switch (clock.mode) {
    case Mode::dark:
      permissive = true;
      return now;
    case Mode::by_stage: {
      const Aspect aspect = signals_[row].stages[stages_[row]].aspects[place_[turn]];
      permissive = aspect == Aspect::permissive;
      return aspect == Aspect::red ? never : now;
    }
    case Mode::held:
      permissive = false;
      if (network_->turn_from[turn] != holds_[row].link) return never;
      return std::max(now, holds_[row].green_from);
    case Mode::fixed:
      break;
  }
  const Micros phase = clock.phase_at(now);
  for (std::uint32_t i = of.begin; i < of.begin + of.count; ++i) {
    const Network::Green& green = greens_[i];
    if (phase >= green.end) continue;
    permissive = green.permissive;
    return phase >= green.begin ? now : now + (green.begin - phase);
  }
  permissive = greens_[of.begin].permissive;
  return now + (clock.cycle - phase) + greens_[of.begin].begin;
}

void SignalPlans::fetch_plan(std::uint32_t turn) const {
  const Greens of = of_turn_[turn];
  __builtin_prefetch(&clocks_[of.signal]);
  __builtin_prefetch(greens_.data() + of.begin);
}

Micros SignalPlans::last_green_end(std::uint32_t turn, Micros now) const {
  const Greens of = of_turn_[turn];
  const Clock& clock = clocks_[of.signal];
  if (clock.mode == Mode::held) return holds_[of.signal].since;
  const Micros phase = clock.phase_at(now);
  Micros last = greens_[of.begin + of.count - 1].end - clock.cycle;
  for (std::uint32_t i = of.begin; i < of.begin + of.count; ++i) {
    if (greens_[i].end <= phase) last = greens_[i].end;
  }
  return now - phase + last;
}

void SignalPlans::set_plan(std::uint32_t row, SignalKind kind, Micros offset,
                           std::vector<Signal::Stage> stages) {
  Signal& signal = signals_[row];
  const auto refuse = [&signal](const std::string& why) {
    throw ScenarioError("traffic: the plan for signal " + signal.id + " " + why);
  };
  Micros cycle = 0;
  for (const Signal::Stage& stage : stages) {
    if (stage.aspects.size() != signal.turns.size())
      refuse("has a stage that does not fit its turns");
    if (stage.duration <= 0) refuse("has a stage that does not last");
    cycle += stage.duration;
  }
  if (stages.empty()) refuse("has no stages");
  for (std::size_t place = 0; place < signal.turns.size(); ++place) {
    if (std::ranges::none_of(stages, [place](const Signal::Stage& stage) {
          return stage.aspects[place] != Aspect::red;
        })) {
      const std::uint32_t turn = signal.turns[place];
      refuse("never lets the turn from link " + network_->link_id[network_->turn_from[turn]] +
             " to link " + network_->link_id[network_->turn_to[turn]] + " go");
    }
  }
  signal.kind = kind;
  signal.offset = offset;
  signal.cycle = cycle;
  signal.stages = std::move(stages);
  stages_[row] = 0;
  chosen_[row] = no_row;
  clocks_[row] = {offset, cycle, mode_of_plan(row)};
  renew_greens(row);
}

void SignalPlans::set_working(std::uint32_t row, bool working) {
  clocks_[row].mode = working ? mode_of_plan(row) : Mode::dark;
}

void SignalPlans::hold(std::uint32_t row, std::uint32_t link, Micros now, Micros green_from) {
  clocks_[row].mode = Mode::held;
  holds_[row] = {link, now, green_from};
}

void SignalPlans::release(std::uint32_t row, Micros now) {
  if (clocks_[row].mode != Mode::held) return;
  clocks_[row].mode = mode_of_plan(row);
  since_[row] = now;
}

void SignalPlans::renew_greens(std::uint32_t row) {
  const Signal& signal = signals_[row];
  std::vector<Network::Green> made;
  for (const std::uint32_t turn : signal.turns) {
    made.clear();
    append_greens(signal, turn, made);
    Greens& of = of_turn_[turn];
    // What no longer fits where it was goes to the end.
    if (made.size() > of.count) {
      of.begin = static_cast<std::uint32_t>(greens_.size());
      greens_.resize(greens_.size() + made.size());
    }
    of.count = static_cast<std::uint32_t>(made.size());
    std::ranges::copy(made, greens_.begin() + of.begin);
  }
}

}  // namespace kontwin::traffic
