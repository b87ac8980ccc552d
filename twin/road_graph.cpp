#include "twin/road_graph.hpp"

#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/filtered_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <numeric>
#include <set>
#include <string>

#include "twin/entity_ref.hpp"
#include "twin/error.hpp"
#include "twin/waiting_heap.hpp"

namespace kontwin {

namespace {

/// The road row an edge stands for.
struct RoadEdge {
  std::uint32_t road;
};

using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, RoadEdge,
                                                 boost::no_property, std::uint32_t, std::uint32_t>;

/// Edges start at `from` and end at `to`; those of a junction are in rising road row.
Graph make_graph(std::size_t junctions, std::span<const std::uint32_t> from,
                 std::span<const std::uint32_t> to) {
  std::vector<std::uint32_t> order(from.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {}, [&from](std::uint32_t road) { return from[road]; });
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  std::vector<RoadEdge> roads;
  edges.reserve(order.size());
  roads.reserve(order.size());
  for (const std::uint32_t road : order) {
    edges.emplace_back(from[road], to[road]);
    roads.push_back({road});
  }
  return {boost::edges_are_sorted, edges.begin(), edges.end(), roads.begin(),
          static_cast<std::uint32_t>(junctions)};
}

/// Keeps the edges that may be used.
struct MayBeUsed {
  const Graph* graph = nullptr;
  std::span<const double> cost;
  template <typename Edge>
  bool operator()(const Edge& edge) const {
    return cost[(*graph)[edge].road] < unreachable;
  }
};

/// The edges of a graph as rows that a search runs along.
struct Rows {
  std::vector<std::uint32_t> begin;  // [junction] and an end
  std::vector<RoadGraph::Edge> edges;
};

void check_junction(std::uint32_t junction, std::size_t junctions) {
  if (junction < junctions) return;
  throw WorldError("road graph: junction " + std::to_string(junction) +
                   " is not there, there are " + std::to_string(junctions));
}

/// Dijkstra (1959) along the edges of `graph` from several junctions at once, until `stop` is
/// settled. Boost's own search has neither the tie-break by road row nor a stop without an
/// exception.
RouteTree search(const Rows& graph, std::span<const std::uint32_t> sources,
                 std::span<const double> cost, std::uint32_t stop = no_row) {
  const std::size_t junctions = graph.begin.size() - 1;
  RouteTree tree{std::vector<double>(junctions, unreachable),
                 std::vector<std::uint32_t>(junctions, no_row)};
  WaitingHeap heap;
  heap.reserve(junctions);
  for (const std::uint32_t source : sources) {
    check_junction(source, junctions);
    if (tree.cost[source] == 0) continue;
    tree.cost[source] = 0;
    heap.push({0, source});
  }
  while (!heap.empty()) {
    const auto [so_far, junction] = heap.pop();
    // A cheaper way was found since.
    if (so_far > tree.cost[junction]) continue;
    if (junction == stop) break;
    for (std::uint32_t i = graph.begin[junction]; i < graph.begin[junction + 1]; ++i) {
      const auto [next, road] = graph.edges[i];
      const double reached = so_far + cost[road];
      if (reached < tree.cost[next]) {
        tree.cost[next] = reached;
        tree.link[next] = road;
        heap.push({reached, next});
      } else if (reached == tree.cost[next] && road < tree.link[next] &&
                 tree.link[next] != no_row && reached < unreachable && cost[road] > 0) {
        tree.link[next] = road;
      }
    }
  }
  return tree;
}

}  // namespace

struct RoadGraph::Impl {
  std::vector<std::uint32_t> from, to;
  Graph forward, backward;
  Rows out, in;
  std::vector<std::uint32_t> out_road, in_road;

  Impl(std::size_t junctions, const RoadNetwork& roads)
      : from(roads.from),
        to(roads.to),
        forward(make_graph(junctions, from, to)),
        backward(make_graph(junctions, to, from)) {
    list_links(forward, out, out_road);
    list_links(backward, in, in_road);
  }

  static void list_links(const Graph& graph, Rows& rows, std::vector<std::uint32_t>& roads) {
    rows.begin.push_back(0);
    for (std::uint32_t junction = 0; junction < boost::num_vertices(graph); ++junction) {
      const auto [first, last] = boost::out_edges(junction, graph);
      for (auto edge = first; edge != last; ++edge) {
        rows.edges.push_back({boost::target(*edge, graph), graph[*edge].road});
        roads.push_back(graph[*edge].road);
      }
      rows.begin.push_back(static_cast<std::uint32_t>(roads.size()));
    }
  }

  void check(std::span<const double> cost) const {
    if (cost.size() != from.size()) {
      throw WorldError("road graph: " + std::to_string(cost.size()) + " costs for " +
                       std::to_string(from.size()) + " links");
    }
  }

  std::optional<Route> route(std::uint32_t origin, std::uint32_t target,
                             std::span<const double> cost) const {
    check_junction(target, boost::num_vertices(forward));
    const RouteTree tree = search(out, std::span(&origin, 1), cost, target);
    if (tree.cost[target] == unreachable) return std::nullopt;
    Route found{{}, tree.cost[target]};
    for (std::uint32_t at = target; at != origin; at = from[found.links.back()]) {
      found.links.push_back(tree.link[at]);
    }
    std::ranges::reverse(found.links);
    return found;
  }
};

RoadGraph::RoadGraph(std::size_t junctions, const RoadNetwork& roads) {
  for (std::size_t link = 0; link < roads.links(); ++link) {
    if (roads.from[link] >= junctions || roads.to[link] >= junctions) {
      throw WorldError("road graph: link " + std::to_string(link) +
                       " starts or ends at a junction that is not there");
    }
  }
  impl_ = std::make_unique<Impl>(junctions, roads);
}

RoadGraph::~RoadGraph() = default;
RoadGraph::RoadGraph(RoadGraph&&) noexcept = default;
RoadGraph& RoadGraph::operator=(RoadGraph&&) noexcept = default;

std::size_t RoadGraph::junctions() const { return impl_->out.begin.size() - 1; }
std::size_t RoadGraph::links() const { return impl_->from.size(); }
std::uint32_t RoadGraph::from(std::uint32_t link) const { return impl_->from[link]; }
std::uint32_t RoadGraph::to(std::uint32_t link) const { return impl_->to[link]; }

std::span<const std::uint32_t> RoadGraph::out_links(std::uint32_t junction) const {
  const std::uint32_t begin = impl_->out.begin[junction];
  return std::span(impl_->out_road).subspan(begin, impl_->out.begin[junction + 1] - begin);
}

std::span<const std::uint32_t> RoadGraph::in_links(std::uint32_t junction) const {
  const std::uint32_t begin = impl_->in.begin[junction];
  return std::span(impl_->in_road).subspan(begin, impl_->in.begin[junction + 1] - begin);
}

std::span<const RoadGraph::Edge> RoadGraph::edges_out(std::uint32_t junction) const {
  const std::uint32_t begin = impl_->out.begin[junction];
  return std::span(impl_->out.edges).subspan(begin, impl_->out.begin[junction + 1] - begin);
}

std::optional<Route> RoadGraph::shortest_route(std::uint32_t from, std::uint32_t to,
                                               std::span<const double> cost) const {
  impl_->check(cost);
  return impl_->route(from, to, cost);
}

RouteTree RoadGraph::routes_from(std::uint32_t origin, std::span<const double> cost) const {
  impl_->check(cost);
  return search(impl_->out, std::span(&origin, 1), cost);
}

RouteTree RoadGraph::routes_to(std::span<const std::uint32_t> targets,
                               std::span<const double> cost) const {
  impl_->check(cost);
  return search(impl_->in, targets, cost);
}

std::vector<Route> RoadGraph::alternatives(std::uint32_t from, std::uint32_t to, std::size_t count,
                                           std::span<const double> cost) const {
  impl_->check(cost);
  std::vector<Route> found;
  auto best = count == 0 ? std::nullopt : impl_->route(from, to, cost);
  if (!best) return found;
  found.push_back(std::move(*best));

  const auto cheaper = [](const Route& a, const Route& b) {
    return a.cost != b.cost ? a.cost < b.cost : a.links < b.links;
  };
  std::set<Route, decltype(cheaper)> candidates(cheaper);
  std::vector<double> left;
  while (found.size() < count) {
    const std::vector<std::uint32_t> last = found.back().links;
    for (std::size_t spur = 0; spur < last.size(); ++spur) {
      left.assign(cost.begin(), cost.end());
      // No junction of the root may be left again, so none is passed twice.
      for (std::size_t i = 0; i < spur; ++i) {
        for (const std::uint32_t link : out_links(impl_->from[last[i]])) left[link] = unreachable;
      }
      for (const Route& route : found) {
        if (route.links.size() > spur &&
            std::equal(last.begin(), last.begin() + static_cast<long>(spur), route.links.begin())) {
          left[route.links[spur]] = unreachable;
        }
      }
      const auto rest = impl_->route(impl_->from[last[spur]], to, left);
      if (!rest) continue;
      Route whole{{last.begin(), last.begin() + static_cast<long>(spur)}, 0};
      whole.links.insert(whole.links.end(), rest->links.begin(), rest->links.end());
      for (const std::uint32_t link : whole.links) whole.cost += cost[link];
      candidates.insert(std::move(whole));
    }
    if (candidates.empty()) break;
    found.push_back(std::move(candidates.extract(candidates.begin()).value()));
  }
  return found;
}

std::vector<std::uint32_t> RoadGraph::components(std::span<const double> cost) const {
  impl_->check(cost);
  const boost::filtered_graph usable(impl_->forward, MayBeUsed{&impl_->forward, cost});
  std::vector<std::uint32_t> component(junctions(), 0);
  const auto index = boost::get(boost::vertex_index, impl_->forward);
  const std::uint32_t count =
      boost::strong_components(usable, boost::make_iterator_property_map(component.begin(), index));

  // Numbered by size, then by the lowest junction in them.
  std::vector<std::uint32_t> size(count, 0), lowest(count, no_row), rank(count), number(count);
  for (std::uint32_t junction = 0; junction < component.size(); ++junction) {
    const std::uint32_t which = component[junction];
    ++size[which];
    lowest[which] = std::min(lowest[which], junction);
  }
  std::iota(rank.begin(), rank.end(), 0U);
  std::ranges::sort(rank, [&](std::uint32_t a, std::uint32_t b) {
    return size[a] != size[b] ? size[a] > size[b] : lowest[a] < lowest[b];
  });
  for (std::uint32_t place = 0; place < count; ++place) number[rank[place]] = place;
  for (std::uint32_t& which : component) which = number[which];
  return component;
}

}  // namespace kontwin
