#include "scenarios/traffic/static_equilibrium.hpp"

#include <algorithm>
#include <string>

#include "twin/error.hpp"

namespace kontwin::traffic {

namespace {

struct UsedRoute {
  std::vector<std::uint32_t> links;
  double flow = 0;
};

double cost_of(const std::vector<std::uint32_t>& links, const std::vector<double>& cost) {
  double sum = 0;
  for (const std::uint32_t link : links) sum += cost[link];
  return sum;
}

/// The slope of the difference in cost of two routes: of the links that only one of them uses.
double slope_between(const UsedRoute& a, const std::vector<std::uint32_t>& b,
                     std::span<const LinkCost> costs, const std::vector<double>& flow) {
  double sum = 0;
  for (const std::uint32_t link : a.links) {
    if (std::ranges::find(b, link) == b.end()) sum += costs[link].slope(flow[link]);
  }
  for (const std::uint32_t link : b) {
    if (std::ranges::find(a.links, link) == a.links.end()) sum += costs[link].slope(flow[link]);
  }
  return sum;
}

}  // namespace

Equilibrium user_equilibrium(const RoadGraph& graph, std::span<const LinkCost> costs,
                             std::span<const StaticDemand> demands, double gap,
                             int most_iterations) {
  Equilibrium result;
  result.link_flow.assign(graph.links(), 0);
  result.link_cost.assign(graph.links(), 0);
  result.demand_cost.assign(demands.size(), 0);
  std::vector<std::vector<UsedRoute>> used(demands.size());
  const auto price = [&](std::uint32_t link) {
    result.link_cost[link] = costs[link].cost(result.link_flow[link]);
  };
  const auto shift = [&](const std::vector<std::uint32_t>& links, double flow) {
    for (const std::uint32_t link : links) {
      result.link_flow[link] += flow;
      price(link);
    }
  };
  for (std::uint32_t link = 0; link < graph.links(); ++link) price(link);

  for (result.iterations = 1; result.iterations <= most_iterations; ++result.iterations) {
    for (std::size_t d = 0; d < demands.size(); ++d) {
      const auto best = graph.shortest_route(demands[d].from, demands[d].to, result.link_cost);
      if (!best) {
        throw ScenarioError("equilibrium: no route from junction " +
                            std::to_string(demands[d].from) + " to " +
                            std::to_string(demands[d].to));
      }
      auto& routes = used[d];
      auto target = std::ranges::find(routes, best->links, &UsedRoute::links);
      if (target == routes.end()) {
        routes.push_back({best->links, routes.empty() ? demands[d].flow : 0});
        target = routes.end() - 1;
        shift(target->links, target->flow);
      }
      for (auto route = routes.begin(); route != routes.end(); ++route) {
        if (route == target || route->flow <= 0) continue;
        const double excess =
            cost_of(route->links, result.link_cost) - cost_of(target->links, result.link_cost);
        if (excess <= 0) continue;
        const double slope = slope_between(*route, target->links, costs, result.link_flow);
        const double moved = slope > 0 ? std::min(route->flow, excess / slope) : route->flow;
        shift(route->links, -moved);
        shift(target->links, moved);
        route->flow -= moved;
        target->flow += moved;
      }
      std::erase_if(routes, [](const UsedRoute& route) { return route.flow <= 0; });
    }
    double total = 0;
    double cheapest = 0;
    for (std::uint32_t link = 0; link < graph.links(); ++link) {
      total += result.link_flow[link] * result.link_cost[link];
    }
    for (std::size_t d = 0; d < demands.size(); ++d) {
      result.demand_cost[d] =
          graph.shortest_route(demands[d].from, demands[d].to, result.link_cost)->cost;
      cheapest += demands[d].flow * result.demand_cost[d];
    }
    result.relative_gap = cheapest > 0 ? total / cheapest - 1 : 0;
    if (result.relative_gap <= gap) return result;
  }
  throw ScenarioError("equilibrium: not reached in " + std::to_string(most_iterations) +
                      " iterations; relative gap " + std::to_string(result.relative_gap));
}

}  // namespace kontwin::traffic
