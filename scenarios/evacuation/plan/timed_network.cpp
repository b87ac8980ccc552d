#include "scenarios/evacuation/plan/timed_network.hpp"

#include <algorithm>

#include "twin/waiting_heap.hpp"

namespace kontwin::evacuation {

Incidence::Incidence(const TimedNetwork& network, Side side)
    : begin_(network.nodes + 1, 0), arcs_(network.arcs()) {
  const auto& end = side == Side::out ? network.from : network.to;
  for (const std::uint32_t node : end) ++begin_[node + 1];
  for (std::uint32_t node = 0; node < network.nodes; ++node) begin_[node + 1] += begin_[node];
  std::vector<std::uint32_t> place(begin_.begin(), begin_.end() - 1);
  for (std::uint32_t arc = 0; arc < network.arcs(); ++arc) arcs_[place[end[arc]]++] = arc;
}

std::vector<double> free_times_to(const TimedNetwork& network, const Incidence& in,
                                  std::span<const std::uint32_t> goals) {
  std::vector<double> time_s(network.nodes, never_s);
  WaitingHeap waiting;
  for (const std::uint32_t goal : goals) {
    time_s[goal] = 0;
    waiting.push({0, goal});
  }
  while (!waiting.empty()) {
    const Waiting next = waiting.pop();
    if (next.cost > time_s[next.junction]) continue;
    for (const std::uint32_t arc : in[next.junction]) {
      if (!(network.capacity_ps[arc] > 0)) continue;
      const double time = next.cost + network.travel_s[arc];
      if (time >= time_s[network.from[arc]]) continue;
      time_s[network.from[arc]] = time;
      waiting.push({time, network.from[arc]});
    }
  }
  return time_s;
}

LastDepartures last_departures(const TimedNetwork& network, const Incidence& in,
                               std::span<const std::uint32_t> goals) {
  LastDepartures last;
  last.at_s.assign(network.nodes, -never_s);
  last.arc.assign(network.nodes, 0xFFFFFFFFU);
  // The latest first: what is settled cannot become later, as every arc only takes time away.
  WaitingHeap waiting;
  for (const std::uint32_t goal : goals) {
    last.at_s[goal] = never_s;
    waiting.push({-never_s, goal});
  }
  while (!waiting.empty()) {
    const Waiting next = waiting.pop();
    const double there_s = -next.cost;
    if (there_s < last.at_s[next.junction]) continue;
    for (const std::uint32_t arc : in[next.junction]) {
      if (!(network.capacity_ps[arc] > 0)) continue;
      const double leave_s = std::min(there_s - network.travel_s[arc], network.last_entry_s[arc]);
      if (leave_s <= last.at_s[network.from[arc]]) continue;
      last.at_s[network.from[arc]] = leave_s;
      last.arc[network.from[arc]] = arc;
      waiting.push({-leave_s, network.from[arc]});
    }
  }
  return last;
}

}  // namespace kontwin::evacuation
