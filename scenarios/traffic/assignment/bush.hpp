#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/traffic/assignment/assignment_graph.hpp"

namespace kontwin::traffic {

/// All ways that the trips of one origin use: a part of the network without cycles that reaches
/// every node in reach (Dial 2006, A path-based user-equilibrium traffic assignment algorithm that
/// obviates path storage and enumeration; Nie 2010). Nodes stand in an order in which every link
/// leads onwards, so that all that is asked of a bush is one walk along it. A node's links in
/// stand side by side, the cheapest way that was last known first.
struct Bush {
  std::uint32_t origin = 0;
  std::vector<std::uint32_t> node;      ///< [place] node; the origin first
  std::vector<std::uint32_t> in_begin;  ///< [place] and an end
  std::vector<std::uint32_t> in_link;
  std::vector<std::uint32_t> in_tail;    ///< place of the link's start
  std::vector<double> in_flow;           ///< of this origin
  std::vector<std::uint32_t> merge;      ///< places with several links in, rising
  std::vector<std::uint32_t> end_place;  ///< [destination of the origin] place, or no_row

  std::size_t places() const { return node.size(); }
};

/// What trips of one origin want: destinations and flows.
struct OriginDemand {
  std::uint32_t origin = 0;
  std::vector<std::uint32_t> node;  ///< destinations, rising
  std::vector<double> flow;
};

/// Working space for one bush at a time.
struct BushScratch {
  // by place
  std::vector<double> least, most;               ///< cheapest way; dearest way in use
  std::vector<std::uint32_t> least_in, most_in;  ///< the last link of each, as position
  std::vector<double> through;
  // by node
  std::vector<double> distance;  ///< cheapest way over the whole network
  std::vector<std::uint32_t> last_link, place_of;
  std::vector<std::uint32_t> better;  ///< nodes with a cheaper way outside the bush
  // for the next bush
  struct Joining {
    std::uint32_t link, tail, head;  ///< places
  };
  std::vector<Joining> joining;
  std::vector<std::uint32_t> order, new_place;
  std::vector<std::uint8_t> kept;
  NodeHeap heap;
  Bush next;
};

/// A bush that is a tree of cheapest ways, without flow.
Bush make_bush(const AssignmentGraph& graph, std::span<const PricedLink> links,
               std::span<const std::uint32_t> link_from, const OriginDemand& demand,
               ShortestTree& tree);

/// Makes the flows of a bush add up to the demand again, keeping the shares with which each node is
/// reached: undoes what rounding has done, or carries the ways over to another demand.
void balance(Bush& bush, const OriginDemand& demand, BushScratch& scratch);

/// Brings a bush up to date at fixed costs: finds the cheapest ways over the whole network from
/// those of the bush, drops links that neither carry flow nor lie on a cheapest way, and takes in
/// links that make ways cheaper and cannot close a cycle. Writes the cheapest cost to each
/// destination and returns the excess: the cost of all trips over that of the cheapest ways.
double refresh(Bush& bush, const AssignmentGraph& graph, std::span<const PricedLink> links,
               std::span<const std::uint32_t> link_from, std::span<double> end_cost,
               BushScratch& scratch);

}  // namespace kontwin::traffic
