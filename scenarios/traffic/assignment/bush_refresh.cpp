#include <algorithm>
#include <limits>
#include <numeric>

#include "scenarios/traffic/assignment/bush.hpp"
#include "twin/entity_ref.hpp"

namespace kontwin::traffic {

namespace {

/// The cheapest and the dearest way to each place: over the links in use and the cheapest ones,
/// which are the ones that will be kept.
void label(Bush& bush, std::span<const PricedLink> links, BushScratch& scratch) {
  auto& least = scratch.least;
  auto& most = scratch.most;
  least.assign(bush.places(), 0);
  most.assign(bush.places(), 0);
  scratch.kept.assign(bush.in_link.size(), 1);
  for (std::size_t place = 1; place < bush.places(); ++place) {
    const std::uint32_t begin = bush.in_begin[place];
    const std::uint32_t end = bush.in_begin[place + 1];
    std::uint32_t best = begin;
    double cheapest = std::numeric_limits<double>::infinity();
    for (std::uint32_t in = begin; in < end; ++in) {
      const double way = least[bush.in_tail[in]] + links[bush.in_link[in]].cost;
      if (way < cheapest) {
        cheapest = way;
        best = in;
      }
    }
    // The cheapest one to the front.
    std::swap(bush.in_link[begin], bush.in_link[best]);
    std::swap(bush.in_tail[begin], bush.in_tail[best]);
    std::swap(bush.in_flow[begin], bush.in_flow[best]);
    least[place] = cheapest;
    double dearest = most[bush.in_tail[begin]] + links[bush.in_link[begin]].cost;
    for (std::uint32_t in = begin + 1; in < end; ++in) {
      if (bush.in_flow[in] > 0) {
        dearest = std::max(dearest, most[bush.in_tail[in]] + links[bush.in_link[in]].cost);
      } else {
        scratch.kept[in] = 0;
      }
    }
    most[place] = dearest;
  }
}

/// Cheapest ways over the whole network, starting from those of the bush: only what a link outside
/// the bush makes cheaper is looked at again.
void find_better_ways(const Bush& bush, const AssignmentGraph& graph,
                      std::span<const PricedLink> links, BushScratch& scratch) {
  auto& distance = scratch.distance;
  distance.assign(graph.nodes(), std::numeric_limits<double>::infinity());
  scratch.last_link.assign(graph.nodes(), no_row);
  scratch.place_of.resize(graph.nodes());
  scratch.better.clear();
  for (std::uint32_t place = 0; place < bush.places(); ++place) {
    distance[bush.node[place]] = scratch.least[place];
    scratch.place_of[bush.node[place]] = place;
  }
  const auto relax = [&](std::uint32_t node) {
    if (!graph.passable(node, bush.origin)) return;
    const double here = distance[node];
    for (const auto [link, head] : graph.out(node)) {
      const double there = here + links[link].cost;
      if (there < distance[head]) {
        distance[head] = there;
        if (scratch.last_link[head] == no_row) scratch.better.push_back(head);
        scratch.last_link[head] = link;
        scratch.heap.push(there, head);
      }
    }
  };
  for (const std::uint32_t node : bush.node) relax(node);
  while (!scratch.heap.empty()) {
    const auto [there, node] = scratch.heap.pop();
    if (there == distance[node]) relax(node);
  }
}

double excess_of(const Bush& bush, std::span<const PricedLink> links, const BushScratch& scratch) {
  double excess = 0;
  for (std::size_t place = 1; place < bush.places(); ++place) {
    const double there = scratch.distance[bush.node[place]];
    for (std::uint32_t in = bush.in_begin[place]; in < bush.in_begin[place + 1]; ++in) {
      const double way =
          scratch.distance[bush.node[bush.in_tail[in]]] + links[bush.in_link[in]].cost;
      excess += bush.in_flow[in] * (way - there);
    }
  }
  return excess;
}

bool has_link(const Bush& bush, std::uint32_t place, std::uint32_t link) {
  const auto begin = bush.in_link.begin();
  return std::find(begin + bush.in_begin[place], begin + bush.in_begin[place + 1], link) !=
         begin + bush.in_begin[place + 1];
}

/// Links that may join. A link whose start is nearer by the dearest way than its end cannot close a
/// cycle: along the bush the dearest way never falls, and over such a link it rises.
void choose_joining(const Bush& bush, const AssignmentGraph& graph,
                    std::span<const PricedLink> links, std::span<const std::uint32_t> link_from,
                    BushScratch& scratch) {
  scratch.joining.clear();
  const auto offer = [&](std::uint32_t link, std::uint32_t tail, std::uint32_t head) {
    if (scratch.most[tail] + links[link].cost < scratch.most[head] && !has_link(bush, head, link)) {
      scratch.joining.push_back({link, tail, head});
    }
  };
  for (const std::uint32_t node : scratch.better) {
    const std::uint32_t link = scratch.last_link[node];
    offer(link, scratch.place_of[link_from[link]], scratch.place_of[node]);
  }
  if (scratch.better.empty() || !scratch.joining.empty()) return;
  // The cheaper ways start behind places that are still reached by dear ones: take whatever makes
  // those cheaper.
  for (std::uint32_t tail = 0; tail < bush.places(); ++tail) {
    if (!graph.passable(bush.node[tail], bush.origin)) continue;
    for (const auto [link, head] : graph.out(bush.node[tail])) {
      offer(link, tail, scratch.place_of[head]);
    }
  }
}

/// Writes the bush anew without the dropped links and with the joining ones.
void rebuild(Bush& bush, BushScratch& scratch) {
  const auto places = static_cast<std::uint32_t>(bush.places());
  scratch.order.resize(places);
  std::iota(scratch.order.begin(), scratch.order.end(), 0U);
  const bool in_order =
      std::ranges::all_of(scratch.joining, [](const auto& join) { return join.tail < join.head; });
  if (!in_order) {
    std::ranges::sort(scratch.order, [&](std::uint32_t a, std::uint32_t b) {
      return scratch.most[a] != scratch.most[b] ? scratch.most[a] < scratch.most[b] : a < b;
    });
  }
  scratch.new_place.resize(places);
  for (std::uint32_t i = 0; i < places; ++i) scratch.new_place[scratch.order[i]] = i;
  std::ranges::stable_sort(scratch.joining, {},
                           [&](const auto& join) { return scratch.new_place[join.head]; });

  Bush& next = scratch.next;
  next.node.clear();
  next.in_begin.clear();
  next.in_link.clear();
  next.in_tail.clear();
  next.in_flow.clear();
  next.merge.clear();
  auto join = scratch.joining.begin();
  for (std::uint32_t place = 0; place < places; ++place) {
    const std::uint32_t old = scratch.order[place];
    const auto begin = static_cast<std::uint32_t>(next.in_link.size());
    next.node.push_back(bush.node[old]);
    next.in_begin.push_back(begin);
    for (std::uint32_t in = bush.in_begin[old]; in < bush.in_begin[old + 1]; ++in) {
      if (scratch.kept[in] == 0) continue;
      next.in_link.push_back(bush.in_link[in]);
      next.in_tail.push_back(scratch.new_place[bush.in_tail[in]]);
      next.in_flow.push_back(bush.in_flow[in]);
    }
    for (; join != scratch.joining.end() && join->head == old; ++join) {
      next.in_link.push_back(join->link);
      next.in_tail.push_back(scratch.new_place[join->tail]);
      next.in_flow.push_back(0);
    }
    if (next.in_link.size() > begin + 1) next.merge.push_back(place);
  }
  next.in_begin.push_back(static_cast<std::uint32_t>(next.in_link.size()));
  for (std::uint32_t& place : bush.end_place) {
    if (place != no_row) place = scratch.new_place[place];
  }
  std::swap(bush.node, next.node);
  std::swap(bush.in_begin, next.in_begin);
  std::swap(bush.in_link, next.in_link);
  std::swap(bush.in_tail, next.in_tail);
  std::swap(bush.in_flow, next.in_flow);
  std::swap(bush.merge, next.merge);
}

}  // namespace

double refresh(Bush& bush, const AssignmentGraph& graph, std::span<const PricedLink> links,
               std::span<const std::uint32_t> link_from, std::span<double> end_cost,
               BushScratch& scratch) {
  label(bush, links, scratch);
  find_better_ways(bush, graph, links, scratch);
  const double excess = excess_of(bush, links, scratch);
  for (std::size_t i = 0; i < end_cost.size(); ++i) {
    end_cost[i] = bush.end_place[i] == no_row ? std::numeric_limits<double>::infinity()
                                              : scratch.distance[bush.node[bush.end_place[i]]];
  }
  choose_joining(bush, graph, links, link_from, scratch);
  if (!scratch.joining.empty() || std::ranges::find(scratch.kept, 0) != scratch.kept.end()) {
    rebuild(bush, scratch);
  }
  return excess;
}

}  // namespace kontwin::traffic
