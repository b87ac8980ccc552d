#include "scenarios/traffic/equilibrium/link_times.hpp"

#include <algorithm>

#include "twin/error.hpp"

namespace kontwin::traffic {

namespace {

/// One who left: when they got to the end of the link, and when they left it.
struct Passage {
  double ready_s, exit_s;
};

/// So many have to be seen on a turn for what they waited to count as much as what its light says.
constexpr double turns_to_believe = 4;

/// The mean over the turns of each link. [link]
std::vector<IdleWait> by_link(const Network& network, std::span<const IdleWait> turns) {
  std::vector<IdleWait> waits(network.links());
  for (std::uint32_t link = 0; link < network.links(); ++link) {
    const std::uint32_t begin = network.turn_begin[link];
    const std::uint32_t end = network.turn_begin[link + 1];
    double square_s2 = 0;
    for (std::uint32_t turn = begin; turn < end; ++turn) {
      waits[link].mean_s += turns[turn].mean_s / (end - begin);
      square_s2 +=
          (turns[turn].variance_s2 + turns[turn].mean_s * turns[turn].mean_s) / (end - begin);
    }
    waits[link].variance_s2 = std::max(0.0, square_s2 - waits[link].mean_s * waits[link].mean_s);
  }
  return waits;
}

/// What those who left in an interval waited, less what is chance.
double typical_wait_s(const WaitRecord::Wait& measured, const IdleWait& idle, double usual_s) {
  const double wait_s = measured.delay_s / measured.exits;
  const double difference_s = wait_s - usual_s;
  const double chance = idle.variance_s2 / measured.exits;
  if (!(chance > 0)) return wait_s;
  return wait_s - difference_s * chance / (chance + difference_s * difference_s);
}

/// The mean over all intervals; on idle roads where nobody came.
double usual_wait_s(const WaitRecord& record, std::uint32_t link, const IdleWait& idle) {
  WaitRecord::Wait sum;
  for (std::size_t interval = 0; interval < record.intervals(); ++interval) {
    sum.delay_s += record.links(interval)[link].delay_s;
    sum.exits += record.links(interval)[link].exits;
  }
  return sum.exits > 0 ? sum.delay_s / sum.exits : idle.mean_s;
}

/// Typical passages of a link in a run, one an interval, in order of both moments; `record` holds
/// the run and those before it.
void list_passages(const WaitRecord& run, const WaitRecord& record, std::uint32_t link,
                   const IdleWait& idle, std::vector<Passage>& passages) {
  passages.clear();
  const double usual_s = usual_wait_s(record, link, idle);
  const double interval_s = run.interval_s();
  double wait_s = idle.mean_s;
  double last_ready_s = 0;
  for (std::size_t interval = 0; interval < run.intervals(); ++interval) {
    const WaitRecord::Wait& measured = run.links(interval)[link];
    const bool left = measured.exits > 0;
    const bool stood = !left && run.vehicles(interval, link) > 0.5 && wait_s > idle.mean_s;
    if (left) {
      const double before_s = typical_wait_s(record.links(interval)[link], idle, usual_s);
      wait_s = typical_wait_s(measured, idle, before_s);
    } else {
      wait_s = stood ? wait_s + interval_s : idle.mean_s;
    }
    const double exit_s = (static_cast<double>(interval) + 0.5) * interval_s;
    last_ready_s = std::max(last_ready_s, exit_s - wait_s);
    passages.push_back({last_ready_s, exit_s});
  }
}

/// What the vehicles of each turn waited longer than others that left the link as they did. [turn]
std::vector<float> more_waits(const Network& network, const WaitRecord& record,
                              std::span<const IdleWait> turns, std::span<const IdleWait> links) {
  std::vector<float> more_s(network.turns(), 0);
  for (std::uint32_t link = 0; link < network.links(); ++link) {
    for (auto turn = network.turn_begin[link]; turn < network.turn_begin[link + 1]; ++turn) {
      double sum_s = turns_to_believe * (turns[turn].mean_s - links[link].mean_s);
      double exits = turns_to_believe;
      for (std::size_t interval = 0; interval < record.intervals(); ++interval) {
        const WaitRecord::Wait& all = record.links(interval)[link];
        const WaitRecord::Wait& those = record.turns(interval)[turn];
        if (!(those.exits > 0)) continue;
        sum_s += those.delay_s - those.exits * all.delay_s / all.exits;
        exits += those.exits;
      }
      more_s[turn] = static_cast<float>(sum_s / exits);
    }
  }
  return more_s;
}

}  // namespace

std::vector<IdleWait> idle_waits(const Network& network) {
  std::vector<IdleWait> waits(network.turns());
  for (std::uint32_t turn = 0; turn < network.turns(); ++turn) {
    if (network.turn_signal[turn] == no_row) continue;
    const Signal& signal = network.signals[network.turn_signal[turn]];
    if (signal.kind != SignalKind::fixed) continue;
    Micros green = 0;
    for (auto i = network.green_begin[turn]; i < network.green_begin[turn + 1]; ++i) {
      green += network.green[i].end - network.green[i].begin;
    }
    const double red_s = seconds(signal.cycle - green);
    // Who comes in the red waits for what is left of it.
    waits[turn].mean_s = red_s * red_s / (2 * seconds(signal.cycle));
    waits[turn].variance_s2 = red_s * red_s * red_s / (3 * seconds(signal.cycle)) -
                              waits[turn].mean_s * waits[turn].mean_s;
  }
  return waits;
}

void WaitRecord::add(const TripRun& run, double kept) {
  const Network& network = run.simulation().network();
  const std::size_t intervals = run.measures().size();
  if (run.turns().size() != intervals) {
    throw ScenarioError("traffic: a run that is to be recorded has to measure by turn");
  }
  interval_s_ = seconds(run.options().interval);
  weight_ = kept * weight_ + 1;
  for (auto* all : {&links_, &turns_}) {
    for (auto& interval : *all) {
      for (Wait& one : interval) one = {kept * one.exits, kept * one.delay_s};
    }
  }
  for (auto& interval : vehicle_s_) {
    for (double& one : interval) one *= kept;
  }
  while (links_.size() < intervals) {
    links_.emplace_back(network.links());
    turns_.emplace_back(network.turns());
    vehicle_s_.emplace_back(network.links(), 0.0);
  }
  for (std::size_t interval = 0; interval < intervals; ++interval) {
    for (std::uint32_t link = 0; link < network.links(); ++link) {
      const LinkMeasure& measure = run.measures()[interval][link];
      links_[interval][link].exits += measure.exits;
      links_[interval][link].delay_s += measure.delay_s;
      vehicle_s_[interval][link] += measure.vehicle_s;
    }
    for (std::uint32_t turn = 0; turn < network.turns(); ++turn) {
      const TurnMeasure& measure = run.turns()[interval][turn];
      turns_[interval][turn].exits += measure.exits;
      turns_[interval][turn].delay_s += static_cast<double>(measure.delay_s);
    }
  }
}

LinkTimes::LinkTimes(const Network& network) {
  const std::vector<IdleWait> turns = idle_waits(network);
  const std::vector<IdleWait> links = by_link(network, turns);
  for (const IdleWait& wait : links) wait_s_.push_back(static_cast<float>(wait.mean_s));
  for (std::uint32_t turn = 0; turn < network.turns(); ++turn) {
    more_s_.push_back(
        static_cast<float>(turns[turn].mean_s - links[network.turn_from[turn]].mean_s));
  }
}

LinkTimes::LinkTimes(const Network& network, const WaitRecord& run, const WaitRecord& record)
    : interval_s_(run.interval_s()), points_(run.intervals() + 1) {
  const std::size_t links = network.links();
  wait_s_.assign(links * points_, 0);
  const std::vector<IdleWait> turns = idle_waits(network);
  const std::vector<IdleWait> idle = by_link(network, turns);
  more_s_ = more_waits(network, record, turns, idle);
  std::vector<Passage> passages;
  for (std::uint32_t link = 0; link < links; ++link) {
    list_passages(run, record, link, idle[link], passages);
    std::size_t next = 0;
    double exit_s = 0;
    for (std::size_t point = 0; point < points_; ++point) {
      const double ready_s = interval_s_ * static_cast<double>(point);
      while (next < passages.size() && passages[next].ready_s <= ready_s) ++next;
      double wait_s = idle[link].mean_s;
      if (passages.empty()) {
        // Nothing ran.
      } else if (next == 0) {
        // No queue stands at the start; from there it grows to the first that was measured.
        const Passage& first = passages.front();
        const double share = first.ready_s > 0 ? ready_s / first.ready_s : 1;
        wait_s = idle[link].mean_s + share * (first.exit_s - first.ready_s - idle[link].mean_s);
      } else if (next == passages.size()) {
        wait_s = passages.back().exit_s - passages.back().ready_s;
      } else {
        const Passage& before = passages[next - 1];
        const Passage& after = passages[next];
        const double share = (ready_s - before.ready_s) / (after.ready_s - before.ready_s);
        wait_s = before.exit_s + share * (after.exit_s - before.exit_s) - ready_s;
      }
      exit_s = std::max(exit_s, ready_s + wait_s);
      wait_s_[link * points_ + point] = static_cast<float>(exit_s - ready_s);
    }
  }
}

}  // namespace kontwin::traffic
