#include "scenarios/evacuation/plan/time_expansion.hpp"

#include <algorithm>
#include <queue>
#include <string>

#include "scenarios/evacuation/plan/max_flow.hpp"
#include "twin/error.hpp"

namespace kontwin::evacuation {

namespace {

constexpr std::int64_t far_away = std::numeric_limits<std::int32_t>::max();

/// Shortest travel times, forwards from given moments or backwards to them. [node]
std::vector<std::int64_t> moments(const DynamicNetwork& network, std::vector<std::int64_t> at,
                                  bool backwards) {
  const auto& tail = backwards ? network.to : network.from;
  const auto& head = backwards ? network.from : network.to;
  std::vector<std::uint32_t> begin(network.nodes + 1, 0);
  for (const std::uint32_t node : tail) ++begin[node + 1];
  for (std::uint32_t node = 0; node < network.nodes; ++node) begin[node + 1] += begin[node];
  std::vector<std::uint32_t> out(network.arcs());
  std::vector<std::uint32_t> place(begin.begin(), begin.end() - 1);
  for (std::uint32_t arc = 0; arc < network.arcs(); ++arc) out[place[tail[arc]]++] = arc;

  using Waiting = std::pair<std::int64_t, std::uint32_t>;
  std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> waiting;
  for (std::uint32_t node = 0; node < network.nodes; ++node) {
    if (at[node] < far_away) waiting.emplace(at[node], node);
  }
  while (!waiting.empty()) {
    const auto [moment, node] = waiting.top();
    waiting.pop();
    if (moment > at[node]) continue;
    for (std::uint32_t i = begin[node]; i < begin[node + 1]; ++i) {
      const std::uint32_t arc = out[i];
      if (network.capacity[arc] == 0) continue;
      if (!backwards && moment > network.last_entry[arc]) continue;
      const std::int64_t then = moment + network.travel[arc];
      if (then >= at[head[arc]]) continue;
      at[head[arc]] = then;
      waiting.emplace(then, head[arc]);
    }
  }
  return at;
}

void check(const Transshipment& problem) {
  const DynamicNetwork& network = problem.network;
  const auto fail = [](const std::string& what) { throw ScenarioError("time expansion: " + what); };
  for (std::size_t arc = 0; arc < network.arcs(); ++arc) {
    if (network.from[arc] >= network.nodes || network.to[arc] >= network.nodes) {
      fail("arc " + std::to_string(arc) + " ends at no node");
    }
    if (network.capacity[arc] < 0 || network.travel[arc] < 0) {
      fail("arc " + std::to_string(arc) + " has a capacity or a travel time below 0");
    }
  }
  for (const Supply& supply : problem.supplies) {
    if (supply.node >= network.nodes) fail("a supply is at no node");
    if (supply.amount < 0 || supply.ready < 0) fail("a supply, or its moment, is below 0");
  }
  for (const Room& room : problem.rooms) {
    if (room.node >= network.nodes) fail("a room is at no node");
    if (room.amount < 0) fail("a room is below 0");
  }
}

}  // namespace

TimeExpansion::TimeExpansion(const Transshipment& problem, Step last) {
  check(problem);
  const DynamicNetwork& network = problem.network;
  std::vector<std::int64_t> ready(network.nodes, far_away), left(network.nodes, far_away);
  for (const Supply& supply : problem.supplies) {
    ready[supply.node] = std::min<std::int64_t>(ready[supply.node], supply.ready);
  }
  for (const Room& room : problem.rooms) left[room.node] = 0;
  const auto earliest = moments(network, std::move(ready), false);
  const auto to_go = moments(network, std::move(left), true);

  // A node's copies, for the steps from its earliest on.
  const auto steps_at = [&](std::uint32_t node) {
    return std::max<std::int64_t>(0, last - to_go[node] - earliest[node] + 1);
  };
  std::vector<std::uint32_t> base(network.nodes);
  std::uint64_t count = 0;
  for (std::uint32_t node = 0; node < network.nodes; ++node) {
    base[node] = static_cast<std::uint32_t>(count);
    count += static_cast<std::uint64_t>(steps_at(node));
    if (count > 200'000'000) throw ScenarioError("time expansion: has more nodes than fit");
  }
  flows_.nodes = static_cast<std::uint32_t>(count);
  const auto copy = [&](std::uint32_t node, std::int64_t step) {
    return base[node] + static_cast<std::uint32_t>(step - earliest[node]);
  };
  first_copy_.reserve(network.arcs() + 1);
  for (std::uint32_t arc = 0; arc < network.arcs(); ++arc) {
    first_copy_.push_back(static_cast<std::uint32_t>(flows_.arcs()));
    const std::uint32_t from = network.from[arc];
    const std::uint32_t to = network.to[arc];
    if (network.capacity[arc] == 0 || steps_at(from) == 0 || steps_at(to) == 0) continue;
    const std::int64_t until =
        std::min<std::int64_t>(network.last_entry[arc], last - to_go[to] - network.travel[arc]);
    for (std::int64_t step = earliest[from]; step <= until; ++step) {
      flows_.add(copy(from, step), copy(to, step + network.travel[arc]), network.capacity[arc]);
    }
  }
  first_copy_.push_back(static_cast<std::uint32_t>(flows_.arcs()));
  // Where nothing closes, waiting on the way gains nothing over waiting before the departure.
  const bool wait_anywhere =
      std::ranges::any_of(network.last_entry, [last](Step entry) { return entry < last; });
  for (std::uint32_t node = 0; wait_anywhere && node < network.nodes; ++node) {
    for (std::int64_t step = 1; step < steps_at(node); ++step) {
      const auto there = base[node] + static_cast<std::uint32_t>(step);
      flows_.add(there - 1, there, boundless);
    }
  }
  // A supply reaches each of its steps, and each step a room, by an arc of its own: along a chain
  // of steps a search would have to pass them one by one.
  source_ = flows_.add_node();
  sink_ = flows_.add_node();
  for (const Supply& supply : problem.supplies) {
    const std::uint32_t waiting = flows_.add_node();
    supply_arc_.push_back(flows_.add(source_, waiting, supply.amount));
    for (std::int64_t step = supply.ready; step <= last - to_go[supply.node]; ++step) {
      flows_.add(waiting, copy(supply.node, step), boundless);
    }
  }
  for (const Room& room : problem.rooms) {
    const std::uint32_t inside = flows_.add_node();
    room_arc_.push_back(flows_.add(inside, sink_, room.amount));
    for (std::int64_t step = earliest[room.node]; step <= last; ++step) {
      flows_.add(copy(room.node, step), inside, boundless);
    }
  }
}

Amount arrives_by(const Transshipment& problem, Step last) {
  if (last < 0) return 0;
  const TimeExpansion expansion(problem, last);
  return maximum_flow(expansion.flows(), expansion.source(), expansion.sink(), FlowAnswer::cut)
      .value;
}

namespace {

/// What gets through with all the time there is, when nothing closes.
Amount gets_through(const Transshipment& problem) {
  FlowNetwork flows;
  flows.nodes = problem.network.nodes;
  for (std::uint32_t arc = 0; arc < problem.network.arcs(); ++arc) {
    if (problem.network.capacity[arc] == 0) continue;
    flows.add(problem.network.from[arc], problem.network.to[arc], boundless);
  }
  const std::uint32_t source = flows.add_node();
  const std::uint32_t sink = flows.add_node();
  for (const Supply& one : problem.supplies) flows.add(source, one.node, one.amount);
  for (const Room& one : problem.rooms) flows.add(one.node, sink, one.amount);
  return maximum_flow(flows, source, sink, FlowAnswer::cut).value;
}

/// What fills up just before everything is through.
void name_bottlenecks(const Transshipment& problem, QuickestTransshipment& found) {
  found.full_steps.assign(problem.network.arcs(), 0);
  found.full_rooms.assign(problem.rooms.size(), 0);
  if (found.last == 0) return;
  const TimeExpansion before(problem, found.last - 1);
  const FlowNetwork& flows = before.flows();
  const auto cut = maximum_flow(flows, before.source(), before.sink(), FlowAnswer::cut);
  const auto is_cut = [&](std::uint32_t arc) {
    return cut.source_side[flows.from[arc]] == 1 && cut.source_side[flows.to[arc]] == 0;
  };
  for (std::uint32_t arc = 0; arc < problem.network.arcs(); ++arc) {
    const auto [first, end] = before.copies(arc);
    for (std::uint32_t copy = first; copy < end; ++copy) found.full_steps[arc] += is_cut(copy);
  }
  for (std::size_t room = 0; room < problem.rooms.size(); ++room) {
    found.full_rooms[room] = is_cut(before.room_arc(room)) ? 1 : 0;
  }
}

}  // namespace

QuickestTransshipment quickest_transshipment(const Transshipment& problem, Step horizon,
                                             Amount wanted) {
  check(problem);
  QuickestTransshipment found;
  const Amount supply = std::min(wanted, gets_through(problem));
  Step low = -1;  // not by then
  Step high = 0;
  Amount through = arrives_by(problem, 0);
  while (through < supply && high < horizon) {
    low = high;
    high = std::min<Step>(horizon, std::max<Step>(8, 2 * high));
    through = arrives_by(problem, high);
  }
  found.amount = std::min(through, supply);
  if (through < supply) low = -1;
  while (low + 1 < high) {
    const Step middle = low + (high - low) / 2;
    if (arrives_by(problem, middle) >= found.amount) {
      high = middle;
    } else {
      low = middle;
    }
  }
  found.last = found.amount == 0 ? 0 : high;
  name_bottlenecks(problem, found);
  return found;
}

}  // namespace kontwin::evacuation
