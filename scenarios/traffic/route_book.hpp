#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <tuple>
#include <vector>

#include "scenarios/compute_arena.hpp"
#include "scenarios/traffic/link_table.hpp"
#include "twin/road_graph.hpp"

namespace kontwin::traffic {

/// The ways drivers know: for each destination, wading group and kind of driver a table of the next
/// link at every junction. Drivers by habit know the free speeds, informed ones those of the last
/// refresh; both hear of closures at a refresh or where they meet one.
class RouteBook {
 public:
  RouteBook(const RoadGraph& graph, const LinkTable& links, ComputeArena& arena);

  /// The number of a tree; a new one has to be computed before it is asked.
  std::uint32_t tree(std::uint32_t destination, WadeGroup group, bool informed);
  std::uint32_t destination(std::uint32_t tree) const { return trees_[tree].destination; }
  /// no_row where there is no way, and at the destination.
  std::uint32_t next_link(std::uint32_t tree, std::uint32_t junction) const {
    return trees_[tree].next[junction];
  }
  /// Time from a junction to the tree's destination on open, dry, empty roads.
  Micros free_time(std::uint32_t tree, std::uint32_t junction) const;

  /// Takes over which links may be entered now, after LinkTable::update.
  void take_over(const LinkTable::Changes& changes);
  /// Takes over how long links take now and sees to it that every tree is the best. `delay_s`: the
  /// wait at the end of each link.
  void refresh(std::span<const double> delay_s);
  /// Whether links were opened or shut to the tree's group since it was computed.
  bool outdated(std::uint32_t tree) const;
  /// Puts a tree on the list for compute_marked().
  void mark(std::uint32_t tree) { trees_[tree].marked = true; }
  /// Computes the trees that are new or marked, in parallel.
  void compute_marked();

  /// Seconds over each link as an informed driver of the group sees it; `unreachable` where the
  /// group may not drive in. [link]
  std::span<const double> cost_now(WadeGroup group) const { return costs_[index(group, true)]; }

 private:
  struct Tree {
    std::uint32_t destination;
    WadeGroup group;
    bool informed;
    bool marked = true;
    std::uint32_t version = 0;
    std::uint32_t free = 0;
    std::vector<std::uint32_t> next;  // [junction]
    std::vector<double> cost;         // [junction]
  };

  static std::size_t index(WadeGroup group, bool informed) {
    return 2 * static_cast<std::size_t>(group) + (informed ? 1 : 0);
  }
  void set_cost(std::uint32_t link);
  bool still_best(const Tree& tree) const;

  const RoadGraph& graph_;
  const LinkTable& links_;
  ComputeArena& arena_;
  std::vector<Tree> trees_;
  std::map<std::tuple<std::uint32_t, WadeGroup, bool>, std::uint32_t> by_key_;
  std::vector<std::vector<double>> costs_;       // [index(group, informed)][link]
  std::vector<std::vector<double>> free_costs_;  // [group][link]
  std::vector<double> speed_mps_, delay_s_;      // [link] at the last refresh
  std::vector<std::uint32_t> versions_;          // [group]

  struct FreeTree {
    std::uint32_t destination;
    WadeGroup group;
    std::vector<double> cost;
  };
  std::vector<FreeTree> free_;
};

}  // namespace kontwin::traffic
