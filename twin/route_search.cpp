#include "twin/route_search.hpp"

#include <algorithm>
#include <string>

#include "twin/entity_ref.hpp"
#include "twin/error.hpp"

namespace kontwin::route_search {

namespace {

/// A junction waiting to be settled, cheapest first. Among equals the one that is nearer to the
/// target goes first, so that A* does not look at all ways that are equally good, then the lowest.
struct Waiting {
  double cost;   // so far and, with landmarks, at least to go
  double to_go;  // of that
  std::uint32_t junction;
  friend bool operator<(const Waiting& a, const Waiting& b) {
    if (a.cost != b.cost) return a.cost < b.cost;
    return a.to_go != b.to_go ? a.to_go < b.to_go : a.junction < b.junction;
  }
};

/// A heap of four children a node: half as deep as one of two, and the four lie side by side.
class WaitingHeap {
 public:
  void clear() { items_.clear(); }
  void reserve(std::size_t size) { items_.reserve(size); }
  bool empty() const { return items_.empty(); }
  void push(Waiting item) {
    std::size_t at = items_.size();
    items_.push_back(item);
    while (at > 0) {
      const std::size_t parent = (at - 1) / 4;
      if (!(item < items_[parent])) break;
      items_[at] = items_[parent];
      at = parent;
    }
    items_[at] = item;
  }
  Waiting pop() {
    const Waiting first = items_.front();
    const Waiting last = items_.back();
    items_.pop_back();
    const std::size_t count = items_.size();
    if (count == 0) return first;
    std::size_t at = 0;
    for (;;) {
      const std::size_t child = 4 * at + 1;
      if (child >= count) break;
      std::size_t least = child;
      const std::size_t end = std::min(child + 4, count);
      for (std::size_t other = child + 1; other < end; ++other) {
        if (items_[other] < items_[least]) least = other;
      }
      if (!(items_[least] < last)) break;
      items_[at] = items_[least];
      at = least;
    }
    items_[at] = last;
    return first;
  }

 private:
  std::vector<Waiting> items_;
};

/// What a search for one route knows of the junctions it has reached. It is kept for the next
/// search of the thread: a search that reaches few junctions must not pay for clearing all.
struct Reached {
  struct Junction {
    double cost = unreachable, to_go = 0;
    std::uint32_t link = no_row;
    std::uint32_t search = 0;  // that reached it
    bool target = false;
  };
  std::vector<Junction> junctions;
  WaitingHeap heap;
  std::uint32_t search = 0;

  void start(std::size_t count) {
    if (junctions.size() < count) junctions.resize(count);
    heap.clear();
    if (++search != 0) return;
    junctions.assign(junctions.size(), {});
    search = 1;
  }
};

Reached& reached_of_this_thread() {
  thread_local Reached reached;
  return reached;
}

}  // namespace

void check_junction(std::uint32_t junction, std::size_t junctions) {
  if (junction < junctions) return;
  throw WorldError("road graph: junction " + std::to_string(junction) +
                   " is not there, there are " + std::to_string(junctions));
}

RouteTree tree(const Rows& graph, std::span<const std::uint32_t> sources,
               std::span<const double> cost) {
  const std::size_t junctions = graph.begin.size() - 1;
  RouteTree tree{std::vector<double>(junctions, unreachable),
                 std::vector<std::uint32_t>(junctions, no_row)};
  WaitingHeap heap;
  heap.reserve(junctions);
  for (const std::uint32_t source : sources) {
    check_junction(source, junctions);
    if (tree.cost[source] == 0) continue;
    tree.cost[source] = 0;
    heap.push({0, 0, source});
  }
  while (!heap.empty()) {
    const Waiting next_one = heap.pop();
    const double so_far = next_one.cost;
    const std::uint32_t junction = next_one.junction;
    // A cheaper way was found since.
    if (so_far > tree.cost[junction]) continue;
    for (std::uint32_t i = graph.begin[junction]; i < graph.begin[junction + 1]; ++i) {
      const auto [next, road] = graph.edges[i];
      const double reached = so_far + cost[road];
      if (reached < tree.cost[next]) {
        tree.cost[next] = reached;
        tree.link[next] = road;
        heap.push({reached, 0, next});
      } else if (reached == tree.cost[next] && road < tree.link[next] &&
                 tree.link[next] != no_row && reached < unreachable && cost[road] > 0) {
        tree.link[next] = road;
      }
    }
  }
  return tree;
}

std::optional<Route> route(const Rows& graph, std::span<const std::uint32_t> from,
                           std::span<const RouteStart> starts,
                           std::span<const std::uint32_t> targets, std::span<const double> cost,
                           const Landmarks* landmarks) {
  const std::size_t count = graph.begin.size() - 1;
  std::optional<Landmarks::Bounds> bounds;
  for (const std::uint32_t target : targets) check_junction(target, count);
  if (landmarks != nullptr) bounds = landmarks->towards(targets);
  Reached& reached = reached_of_this_thread();
  reached.start(count);
  const auto at = [&](std::uint32_t junction) -> Reached::Junction& {
    Reached::Junction& one = reached.junctions[junction];
    if (one.search != reached.search) {
      one = {unreachable, bounds ? bounds->to_go(junction) : 0, no_row, reached.search, false};
    }
    return one;
  };
  for (const std::uint32_t target : targets) at(target).target = true;
  for (const RouteStart& start : starts) {
    check_junction(start.junction, count);
    Reached::Junction& one = at(start.junction);
    if (!(start.cost < one.cost)) continue;
    one.cost = start.cost;
    if (one.to_go < unreachable) {
      reached.heap.push({one.cost + one.to_go, one.to_go, start.junction});
    }
  }
  while (!reached.heap.empty()) {
    const Waiting first = reached.heap.pop();
    const Reached::Junction& here = reached.junctions[first.junction];
    if (first.cost > here.cost + here.to_go) continue;
    if (here.target) {
      Route found{{}, here.cost, first.junction};
      while (reached.junctions[found.from].link != no_row) {
        found.links.push_back(reached.junctions[found.from].link);
        found.from = from[found.links.back()];
      }
      std::ranges::reverse(found.links);
      return found;
    }
    const double so_far = here.cost;
    for (std::uint32_t i = graph.begin[first.junction]; i < graph.begin[first.junction + 1]; ++i) {
      const auto [next, road] = graph.edges[i];
      const double cost_there = so_far + cost[road];
      if (!(cost_there < unreachable)) continue;
      Reached::Junction& there = at(next);
      if (cost_there < there.cost) {
        there.cost = cost_there;
        there.link = road;
        if (there.to_go < unreachable) {
          reached.heap.push({cost_there + there.to_go, there.to_go, next});
        }
      } else if (cost_there == there.cost && there.link != no_row && road < there.link &&
                 cost[road] > 0) {
        there.link = road;
      }
    }
  }
  return std::nullopt;
}

}  // namespace kontwin::route_search
