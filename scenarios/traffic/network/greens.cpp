// When a signal lets whom go.
#include <algorithm>
#include <cmath>

#include "scenarios/traffic/network/greens.hpp"
#include "scenarios/traffic/network/network_builder.hpp"

namespace kontwin::traffic {

namespace {

/// Moments of any number that a file may hold: none becomes 0, and none is beyond thirty years.
Micros held(double seconds) {
  constexpr double most_s = 1e9;
  return to_micros(std::clamp(std::isnan(seconds) ? 0 : seconds, -most_s, most_s));
}

}  // namespace

void NetworkBuilder::add_signals() {
  Network& network = *network_;
  never_green_.assign(network.turns(), 0);
  for (SignalPart& part : parts_.signals) {
    Signal signal;
    signal.id = part.id;
    signal.kind = part.kind;
    signal.offset = held(part.offset_s);
    // Turns that were dropped take their aspects along; the rest by rising turn.
    std::vector<std::pair<std::uint32_t, std::size_t>> kept;
    for (std::size_t i = 0; i < part.turns.size(); ++i) {
      const std::uint32_t turn = place_of_part_[part.turns[i]];
      if (turn == no_row) continue;
      if (network.turn_signal[turn] == no_row) {
        kept.emplace_back(turn, i);
      } else {
        note("two signals", "signal " + part.id + ", " + turn_name(parts_.turns[part.turns[i]]),
             "signal " + network.signals[network.turn_signal[turn]].id + " rules it");
      }
    }
    std::ranges::sort(kept);
    const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
    kept.erase(std::unique(kept.begin(), kept.end(), same), kept.end());
    for (const StagePart& stage : part.stages) {
      if (held(stage.duration_s) <= 0) continue;
      Signal::Stage made{held(stage.duration_s),
                         held(std::max(0.0, stage.least_s)),
                         held(std::max({0.0, stage.least_s, stage.most_s})),
                         {}};
      for (const auto& [turn, index] : kept) made.aspects.push_back(stage.aspects[index]);
      signal.cycle += made.duration;
      signal.stages.push_back(std::move(made));
    }
    if (signal.stages.empty() || kept.empty()) {
      note("no cycle", "signal " + part.id, "taken away");
      continue;
    }
    std::vector<std::pair<std::uint32_t, std::size_t>> ruled;
    for (std::size_t i = 0; i < kept.size(); ++i) {
      const bool goes = std::ranges::any_of(signal.stages, [i](const Signal::Stage& stage) {
        return stage.aspects[i] != Aspect::red;
      });
      if (goes) {
        ruled.emplace_back(kept[i].first, i);
      } else {
        note("no green",
             "signal " + part.id + ", " + turn_name(parts_.turns[part_of_turn_[kept[i].first]]),
             "gives way instead");
        never_green_[kept[i].first] = 1;
      }
    }
    if (ruled.empty()) {
      note("no cycle", "signal " + part.id, "taken away");
      continue;
    }
    for (Signal::Stage& stage : signal.stages) {
      std::vector<Aspect> aspects;
      aspects.reserve(ruled.size());
      for (const auto& [turn, index] : ruled) aspects.push_back(stage.aspects[index]);
      stage.aspects = std::move(aspects);
    }
    for (const auto& [turn, index] : ruled) {
      signal.turns.push_back(turn);
      network.turn_signal[turn] = static_cast<std::uint32_t>(network.signals.size());
    }
    network.signals.push_back(std::move(signal));
  }
}

void append_greens(const Signal& signal, std::uint32_t turn, std::vector<Network::Green>& green) {
  const auto place = std::ranges::lower_bound(signal.turns, turn) - signal.turns.begin();
  const std::size_t first = green.size();
  Micros at = 0;
  for (const Signal::Stage& stage : signal.stages) {
    const Aspect aspect = stage.aspects[static_cast<std::size_t>(place)];
    if (aspect != Aspect::red) {
      const bool permissive = aspect == Aspect::permissive;
      const bool goes_on =
          green.size() > first && green.back().end == at && green.back().permissive == permissive;
      if (goes_on) {
        green.back().end = at + stage.duration;
      } else {
        green.push_back({at, at + stage.duration, permissive});
      }
    }
    at += stage.duration;
  }
}

void NetworkBuilder::add_greens() {
  Network& network = *network_;
  network.green_begin.push_back(0);
  for (std::uint32_t turn = 0; turn < network.turns(); ++turn) {
    if (network.turn_signal[turn] != no_row) {
      append_greens(network.signals[network.turn_signal[turn]], turn, network.green);
    }
    network.green_begin.push_back(static_cast<std::uint32_t>(network.green.size()));
  }
}

}  // namespace kontwin::traffic
