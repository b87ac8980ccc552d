#pragma once

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/push_relabel_max_flow.hpp>
#include <boost/graph/successive_shortest_path_nonnegative_weights.hpp>
// It takes what it needs from the headers above.
#include <boost/graph/find_flow_cost.hpp>
#include <cmath>
#include <utility>

#include "scenarios/evacuation/plan/flow_network.hpp"

namespace kontwin::testing {

/// A network as Boost.Graph wants it: with an arc back for each arc.
class BoostNetwork {
 public:
  explicit BoostNetwork(const evacuation::FlowNetwork& network) : graph_(network.nodes) {
    for (std::size_t arc = 0; arc < network.arcs(); ++arc) {
      const auto add = [&](std::uint32_t from, std::uint32_t to, long capacity, long cost) {
        const auto edge = boost::add_edge(from, to, graph_).first;
        boost::put(boost::edge_capacity, graph_, edge, capacity);
        // Not whole: Boost adds to the distance of what cannot be reached.
        boost::put(boost::edge_weight, graph_, edge, static_cast<double>(cost));
        return edge;
      };
      const auto there =
          add(network.from[arc], network.to[arc], network.capacity[arc], network.cost[arc]);
      const auto back = add(network.to[arc], network.from[arc], 0, -network.cost[arc]);
      boost::put(boost::edge_reverse, graph_, there, back);
      boost::put(boost::edge_reverse, graph_, back, there);
    }
  }

  long maximum_flow(std::uint32_t source, std::uint32_t sink) {
    return boost::push_relabel_max_flow(graph_, source, sink);
  }
  /// Flow and cost of the cheapest of the maximum flows.
  std::pair<long, long> cheapest_maximum_flow(std::uint32_t source, std::uint32_t sink) {
    boost::successive_shortest_path_nonnegative_weights(graph_, source, sink);
    long flow = 0;
    for (const auto edge : boost::make_iterator_range(boost::out_edges(source, graph_))) {
      if (boost::get(boost::edge_capacity, graph_, edge) > 0) {
        flow += boost::get(boost::edge_capacity, graph_, edge) -
                boost::get(boost::edge_residual_capacity, graph_, edge);
      }
    }
    return {flow, std::lround(boost::find_flow_cost(graph_))};
  }

 private:
  using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
  using Edge = boost::property<
      boost::edge_capacity_t, long,
      boost::property<boost::edge_residual_capacity_t, long,
                      boost::property<boost::edge_reverse_t, Traits::edge_descriptor,
                                      boost::property<boost::edge_weight_t, double>>>>;
  boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property, Edge>
      graph_;
};

}  // namespace kontwin::testing
