#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "twin/road_graph.hpp"

namespace kontwin::traffic {

/// How long a link takes when so many use it: must not fall with the flow.
struct LinkCost {
  std::function<double(double flow)> cost;
  std::function<double(double flow)> slope;  ///< its derivative, 0 or more
};

/// So much wants to go from one junction to another.
struct StaticDemand {
  std::uint32_t from = 0, to = 0;
  double flow = 0;
};

struct Equilibrium {
  std::vector<double> link_flow;    ///< [link]
  std::vector<double> link_cost;    ///< [link] at that flow
  std::vector<double> demand_cost;  ///< [demand] of the cheapest route: that of all used ones
  double relative_gap = 0;          ///< total cost over all-cheapest cost, less 1
  int iterations = 0;
};

/// User equilibrium (Wardrop 1952): no one has a cheaper route than the one taken. By gradient
/// projection over the routes of each demand (Jayakrishnan, Tsai, Prashker and Rajadhyaksha 1994),
/// until the relative gap is `gap` or less. Throws ScenarioError when a demand has no route or
/// `most_iterations` are not enough.
Equilibrium user_equilibrium(const RoadGraph& graph, std::span<const LinkCost> costs,
                             std::span<const StaticDemand> demands, double gap = 1e-12,
                             int most_iterations = 10000);

}  // namespace kontwin::traffic
