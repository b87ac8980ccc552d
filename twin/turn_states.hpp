#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "twin/road_graph.hpp"

namespace kontwin {

/// Who may make a turn, from a link into one that starts where it ends: a bit a kind of vehicle;
/// 0: there is no such turn.
using TurnKinds = std::function<std::uint32_t(std::uint32_t from, std::uint32_t to)>;

/// The graph that ways of vehicles are found on: states that the end of a link may be in, and an
/// edge for each link out of each state. A junction where every turn is allowed to all is one
/// state; elsewhere the end of each link is one, so that forbidden turns are kept at the cost of
/// the few junctions that have them.
struct TurnStates {
  /// Where the ends of links are states of their own: at junctions with forbidden turns alone, or,
  /// where turns differ in cost, at all.
  enum class Apart : std::uint8_t { where_needed, everywhere };
  /// Links by their junctions, `from` and `to`; `all` are the kinds of vehicles there are.
  TurnStates(std::size_t junctions, std::span<const std::uint32_t> from,
             std::span<const std::uint32_t> to, std::uint32_t all, const TurnKinds& kinds,
             Apart apart = Apart::where_needed);

  /// [edge] The cost of its link, by link; `unreachable` where none of `kinds` may make the turn.
  std::vector<double> edge_costs(std::span<const double> link_cost, std::uint32_t kinds) const;

  std::vector<std::uint32_t> of_link;             ///< [link] the state at its end
  std::vector<std::uint32_t> first;               ///< [junction] its states begin there; an end
  std::vector<std::uint32_t> edge_link;           ///< [edge] the link it stands for
  std::vector<std::uint32_t> edge_from, edge_to;  ///< [edge] states
  std::vector<std::uint8_t> edge_kinds;           ///< [edge] who may make the turn into it
  std::vector<std::uint32_t> edges_begin;         ///< [link] its edges follow each other; an end
  std::unique_ptr<const RoadGraph> graph;         ///< states as junctions, edges as links
};

}  // namespace kontwin
