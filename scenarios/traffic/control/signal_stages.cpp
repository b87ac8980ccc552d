#include "scenarios/traffic/control/signal_stages.hpp"

#include <algorithm>

#include "twin/error.hpp"

namespace kontwin::traffic {

namespace {

/// Shorter greens are those of a change: one approach ends before the other.
constexpr Micros shortest_main = 5'000'000;

void let_go(const Signal& signal, std::uint32_t turn, Signal::Stage& stage) {
  const auto place = std::ranges::find(signal.turns, turn) - signal.turns.begin();
  stage.aspects[static_cast<std::size_t>(place)] = Aspect::exclusive;
}

/// Those who give way to someone with green beside them do so under the signal, too.
void mark_permissive(const Network& network, const Signal& signal, Signal::Stage& stage) {
  std::vector<std::uint32_t> green;
  for (std::size_t place = 0; place < signal.turns.size(); ++place) {
    if (stage.aspects[place] != Aspect::red) green.push_back(signal.turns[place]);
  }
  for (std::size_t place = 0; place < signal.turns.size(); ++place) {
    if (stage.aspects[place] == Aspect::red) continue;
    const auto first = network.gives_way_to(signal.turns[place]);
    const bool yields = std::ranges::any_of(
        first, [&green](std::uint32_t other) { return std::ranges::count(green, other) > 0; });
    if (yields) stage.aspects[place] = Aspect::permissive;
  }
}

}  // namespace

std::vector<Signal::Stage> stages_of(const Network& network, const Signal& signal,
                                     std::span<const SignalStage> said, double between_s) {
  const auto fail = [&signal](const std::string& what) {
    throw ScenarioError("signal " + signal.id + ": " + what);
  };
  std::vector<Signal::Stage> stages;
  for (const SignalStage& one : said) {
    Signal::Stage stage;
    stage.duration = to_micros(one.green_s);
    stage.least = to_micros(one.least_s);
    stage.most = to_micros(one.most_s);
    stage.aspects.assign(signal.turns.size(), Aspect::red);
    for (const std::uint32_t link : one.roads) {
      bool any = false;
      for (const std::uint32_t turn : signal.turns) {
        if (network.turn_from[turn] != link) continue;
        let_go(signal, turn, stage);
        any = true;
      }
      if (!any) fail("it rules no turn out of link " + network.link_id[link]);
    }
    for (const auto& [from, to] : one.turns) {
      const std::uint32_t turn = network.find_turn(from, to);
      if (turn == no_row || std::ranges::count(signal.turns, turn) == 0) {
        fail("it rules no turn from link " + network.link_id[from] + " to link " +
             network.link_id[to]);
      }
      let_go(signal, turn, stage);
    }
    mark_permissive(network, signal, stage);
    stages.push_back(std::move(stage));
    if (between_s <= 0) continue;
    Signal::Stage between;
    between.duration = between.least = between.most = to_micros(between_s);
    between.aspects.assign(signal.turns.size(), Aspect::red);
    stages.push_back(std::move(between));
  }
  return stages;
}

bool is_main(const Signal::Stage& stage) {
  const bool any =
      std::ranges::any_of(stage.aspects, [](Aspect aspect) { return aspect != Aspect::red; });
  return any && stage.duration >= shortest_main;
}

std::vector<Signal::Stage> with_greens(std::vector<Signal::Stage> stages,
                                       std::span<const double> green_s) {
  std::size_t next = 0;
  for (Signal::Stage& stage : stages) {
    if (is_main(stage))
      stage.duration = std::max<Micros>(shortest_main, to_micros(green_s[next++]));
  }
  return stages;
}

double lost_seconds(std::span<const Signal::Stage> stages) {
  Micros lost = 0;
  for (const Signal::Stage& stage : stages) {
    if (!is_main(stage)) lost += stage.duration;
  }
  return seconds(lost);
}

}  // namespace kontwin::traffic
