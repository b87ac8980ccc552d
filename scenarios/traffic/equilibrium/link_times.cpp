#include "scenarios/traffic/equilibrium/link_times.hpp"

#include <algorithm>

namespace kontwin::traffic {

namespace {

/// One who left: when they got to the end of the link, and when they left it.
struct Passage {
  double ready_s, exit_s;
};

/// What those who left in an interval waited, less what is chance.
double typical_wait_s(const LinkMeasure& measure, const IdleWait& idle, double usual_s) {
  const double wait_s = measure.delay_s / measure.exits;
  const double difference_s = wait_s - usual_s;
  const double chance = idle.variance_s2 / measure.exits;
  if (!(chance > 0)) return wait_s;
  return wait_s - difference_s * chance / (chance + difference_s * difference_s);
}

/// The mean over all intervals; on idle roads where nobody came.
double usual_wait_s(const TripRun& run, std::uint32_t link, const IdleWait& idle) {
  double sum_s = 0;
  double exits = 0;
  for (const auto& interval : run.measures()) {
    sum_s += interval[link].delay_s;
    exits += interval[link].exits;
  }
  return exits > 0 ? sum_s / exits : idle.mean_s;
}

/// Typical passages of a link, one an interval, in order of both moments.
void list_passages(const TripRun& run, std::uint32_t link, double interval_s, const IdleWait& idle,
                   std::vector<Passage>& passages) {
  passages.clear();
  const double usual_s = usual_wait_s(run, link, idle);
  double wait_s = idle.mean_s;
  double last_ready_s = 0;
  for (std::size_t interval = 0; interval < run.measures().size(); ++interval) {
    const LinkMeasure& measure = run.measures()[interval][link];
    const double begin_s = interval_s * static_cast<double>(interval);
    const double span_s = std::min(interval_s, seconds(run.now()) - begin_s);
    if (!(span_s > 0)) break;
    const bool stood =
        measure.exits == 0 && measure.vehicle_s > 0.5 * span_s && wait_s > idle.mean_s;
    if (measure.exits > 0) {
      wait_s = typical_wait_s(measure, idle, usual_s);
    } else {
      wait_s = stood ? wait_s + span_s : idle.mean_s;
    }
    const double exit_s = begin_s + span_s / 2;
    last_ready_s = std::max(last_ready_s, exit_s - wait_s);
    passages.push_back({last_ready_s, exit_s});
  }
}

}  // namespace

std::vector<IdleWait> idle_waits(const Network& network) {
  std::vector<IdleWait> waits(network.links());
  for (std::uint32_t link = 0; link < network.links(); ++link) {
    const std::uint32_t end = network.turn_begin[link + 1];
    const double turns = end - network.turn_begin[link];
    double square_s2 = 0;
    for (std::uint32_t turn = network.turn_begin[link]; turn < end; ++turn) {
      if (network.turn_signal[turn] == no_row) continue;
      const Signal& signal = network.signals[network.turn_signal[turn]];
      if (signal.kind != SignalKind::fixed) continue;
      Micros green = 0;
      for (auto i = network.green_begin[turn]; i < network.green_begin[turn + 1]; ++i) {
        green += network.green[i].end - network.green[i].begin;
      }
      const double red_s = seconds(signal.cycle - green);
      // Who comes in the red waits for what is left of it.
      waits[link].mean_s += red_s * red_s / (2 * seconds(signal.cycle)) / turns;
      square_s2 += red_s * red_s * red_s / (3 * seconds(signal.cycle)) / turns;
    }
    waits[link].variance_s2 = std::max(0.0, square_s2 - waits[link].mean_s * waits[link].mean_s);
  }
  return waits;
}

LinkTimes::LinkTimes(const Network& network) {
  for (const IdleWait& wait : idle_waits(network)) {
    wait_s_.push_back(static_cast<float>(wait.mean_s));
  }
}

LinkTimes::LinkTimes(const TripRun& run)
    : interval_s_(seconds(run.options().interval)), points_(run.measures().size() + 1) {
  const std::size_t links = run.simulation().network().links();
  wait_s_.assign(links * points_, 0);
  const std::vector<IdleWait> idle = idle_waits(run.simulation().network());
  std::vector<Passage> passages;
  for (std::uint32_t link = 0; link < links; ++link) {
    list_passages(run, link, interval_s_, idle[link], passages);
    std::size_t next = 0;
    double exit_s = 0;
    for (std::size_t point = 0; point < points_; ++point) {
      const double ready_s = interval_s_ * static_cast<double>(point);
      while (next < passages.size() && passages[next].ready_s <= ready_s) ++next;
      double wait_s = 0;
      if (next == 0) {
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
