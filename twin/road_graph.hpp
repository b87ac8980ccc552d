#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "twin/road_network.hpp"

namespace kontwin {

/// "Cannot be reached" as a cost.
inline constexpr double unreachable = std::numeric_limits<double>::infinity();

/// A way from one junction to another.
struct Route {
  std::vector<std::uint32_t> links;  ///< road rows, in driving order
  double cost = 0;                   ///< the sum of their costs
};

/// The cheapest ways between one junction and all others.
struct RouteTree {
  std::vector<double> cost;         ///< [junction]; `unreachable` where there is no way
  std::vector<std::uint32_t> link;  ///< [junction] the link next to it on that way, or no_row
};

/// The road network as a graph (Boost.Graph, compressed sparse rows). Its nodes are junctions, so
/// that ways over it do not know forbidden turns: it answers what is connected and about how far
/// away; whoever drives finds its way on the turns of a traffic network (scenarios/traffic).
/// Immutable; any thread may ask. Costs are a span with one cost a link, in road-row order: 0 or
/// more, `unreachable` for a link that may not be used. Ties are broken by road row, so that an
/// answer depends on nothing else.
class RoadGraph {
 public:
  /// A graph of `junctions` nodes and the links of `roads`.
  RoadGraph(std::size_t junctions, const RoadNetwork& roads);
  ~RoadGraph();
  RoadGraph(RoadGraph&&) noexcept;
  RoadGraph& operator=(RoadGraph&&) noexcept;

  std::size_t junctions() const;
  std::size_t links() const;
  std::uint32_t from(std::uint32_t link) const;
  std::uint32_t to(std::uint32_t link) const;
  /// Links that start at a junction, by rising road row.
  std::span<const std::uint32_t> out_links(std::uint32_t junction) const;
  /// A link out of a junction, as a search sees it.
  struct Edge {
    std::uint32_t next, road;  ///< the junction it leads to, and its road row
  };
  /// The same as out_links, with where they lead.
  std::span<const Edge> edges_out(std::uint32_t junction) const;
  /// Links that end at a junction, by rising road row.
  std::span<const std::uint32_t> in_links(std::uint32_t junction) const;

  /// The cheapest route; nothing when there is none. From a junction to itself: no links, cost 0.
  std::optional<Route> shortest_route(std::uint32_t from, std::uint32_t to,
                                      std::span<const double> cost) const;
  /// The cheapest ways from `origin` to every junction; `link` is the last link of each.
  RouteTree routes_from(std::uint32_t origin, std::span<const double> cost) const;
  /// The cheapest ways from every junction to the nearest of `targets`; `link` is the first link.
  RouteTree routes_to(std::span<const std::uint32_t> targets, std::span<const double> cost) const;
  /// Up to `count` loopless routes by rising cost (Yen 1971).
  std::vector<Route> alternatives(std::uint32_t from, std::uint32_t to, std::size_t count,
                                  std::span<const double> cost) const;
  /// For each junction the number of its strongly connected component over the links that may be
  /// used, the largest component being 0.
  std::vector<std::uint32_t> components(std::span<const double> cost) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kontwin
