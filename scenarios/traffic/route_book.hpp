#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <tuple>
#include <vector>

#include "scenarios/compute_arena.hpp"
#include "scenarios/traffic/guides.hpp"
#include "scenarios/traffic/link_state.hpp"
#include "scenarios/traffic/route_bounds.hpp"
#include "scenarios/traffic/route_states.hpp"

namespace kontwin::traffic {

/// Where trees lead: to a link's end, or to a junction by any link that ends there.
struct Destination {
  enum class Kind : std::uint8_t { link, junction };
  Kind kind = Kind::junction;
  std::uint32_t row = no_row;
  friend auto operator<=>(const Destination&, const Destination&) = default;
};

/// The ways drivers know, as trees of Guides: for each destination, kind of vehicle and kind of
/// driver the next turn from every link. Found on a graph whose nodes are junctions where every
/// turn is allowed and, elsewhere, the ends of single links, so that forbidden turns are kept at
/// the cost of the few junctions that have them. Drivers by habit know the free speeds, informed
/// ones those of the last refresh; both hear of closures at a refresh or where they meet one.
class RouteBook {
 public:
  /// All must outlive the book. `top_speed_mps`: [kind], what routes are planned with.
  RouteBook(const Network& network, const LinkState& links, Guides& guides, ComputeArena& arena,
            std::span<const double> top_speed_mps);
  /// A copy that goes on with other links and guides.
  RouteBook(const RouteBook& other, const LinkState& links, Guides& guides);
  RouteBook(const RouteBook&) = delete;
  RouteBook& operator=(const RouteBook&) = delete;

  /// The number of a tree; a new one has to be computed before it is asked.
  std::uint32_t tree(Destination destination, VehicleKind kind, bool informed);
  Destination destination(std::uint32_t tree) const { return trees_[tree].destination; }
  /// Whether the end of a link is the tree's destination.
  bool leads_to(std::uint32_t tree, std::uint32_t link) const;
  /// The link out of a junction that is the best way to the tree's destination; no_row where there
  /// is none, and at the destination.
  std::uint32_t first_link(std::uint32_t tree, std::uint32_t junction) const;
  /// The links of the best way over `first` to a destination as a driver of the kind knows it,
  /// `first` among them; none where there is no way that takes `limit_s` or less. For single
  /// vehicles (A* with landmarks): a tree serves many.
  std::vector<std::uint32_t> route(std::uint32_t first, const Destination& to, VehicleKind kind,
                                   bool informed, double limit_s = unreachable) const;
  /// The same over the best link out of a junction.
  std::vector<std::uint32_t> route_from(std::uint32_t junction, const Destination& to,
                                        VehicleKind kind, bool informed) const;
  /// Seconds to drive a link, with the wait at its end, as a driver knows it; `unreachable` where
  /// the kind may not drive in.
  double link_time_s(std::uint32_t link, VehicleKind kind, bool informed) const {
    return costs_[index(plans_as_[static_cast<std::size_t>(kind)], informed)].link[link];
  }
  /// Time from the start of a link to the tree's destination on open, dry, empty roads.
  Micros free_time(std::uint32_t tree, std::uint32_t link) const;

  /// Takes over which links may be entered and how fast they are now, where they changed.
  void take_over(std::span<const std::uint32_t> altered, VehicleKinds kinds);
  /// Takes over how long links take now and sees to it that every tree is the best. `delay_s`: the
  /// wait at the end of each link.
  void refresh(std::span<const double> delay_s);
  /// Whether links were opened or shut to the tree's kind since it was computed.
  bool outdated(std::uint32_t tree) const;
  /// Puts an outdated tree on the list for compute_marked(), if it is no longer the best.
  void renew(std::uint32_t tree);
  /// Computes the trees that are new or marked, in parallel.
  void compute_marked();

  /// Seconds from every junction to the nearest of some, as an informed driver of the kind sees it
  /// now; `unreachable` where there is no way. [junction]
  std::vector<double> times_to(std::span<const std::uint32_t> junctions, VehicleKind kind) const;

 private:
  struct Tree {
    Destination destination;
    VehicleKind kind;
    bool informed;
    bool marked = true;
    std::uint32_t version = 0;
    std::uint32_t free = 0;
    std::vector<double> cost;  // [state], from there to the destination
  };
  struct FreeTree {
    Destination destination;
    VehicleKind kind;
    std::vector<double> cost;  // [state]
  };
  struct Costs {
    std::vector<double> link;  // seconds to drive it, with the wait at its end
    std::vector<double> edge;  // the same of the link that an edge stands for
  };

  static std::size_t index(VehicleKind kind, bool informed) {
    return 2 * static_cast<std::size_t>(kind) + (informed ? 1 : 0);
  }
  /// Seconds of a way as route() gives it, the first link's included; `links` become its links.
  double find_route(std::uint32_t first, const Destination& to, VehicleKind kind, bool informed,
                    double limit_s, std::vector<std::uint32_t>& links) const;
  double free_cost(VehicleKind kind, std::uint32_t link) const;
  void set_cost(std::uint32_t link);
  /// What an edge costs a kind whom its link costs so much.
  double edge_cost(std::uint32_t edge, VehicleKind kind, double link_cost) const {
    return contains(states_->edge_kinds[edge], kind) ? link_cost : unreachable;
  }
  /// States from which the destination is reached: at once, or by the link it is.
  std::vector<std::uint32_t> targets(const Destination& destination, VehicleKind kind) const;
  /// Seconds from the end of a link; `cost`: of the states.
  double cost_after(const Destination& destination, std::span<const double> cost,
                    std::span<const double> link_cost, std::uint32_t link) const;
  void write_turns(const Tree& tree, std::span<const std::uint32_t> edges,
                   std::span<std::uint32_t> next) const;
  bool still_best(const Tree& tree) const;

  const Network& network_;
  const LinkState& links_;
  Guides& guides_;
  ComputeArena& arena_;
  std::array<double, vehicle_kinds> top_speed_mps_{};
  std::array<VehicleKind, vehicle_kinds> plans_as_{};  // the first kind with the same ways
  std::shared_ptr<const RouteStates> states_;
  std::shared_ptr<RouteBounds> bounds_;  // shared with all copies
  double bound_share_ = 1;               // the least time of a link over that of the bounds
  std::vector<Tree> trees_;
  std::map<std::tuple<Destination, VehicleKind, bool>, std::uint32_t> by_key_;
  std::vector<Costs> costs_;                 // [index(kind, informed)]
  std::vector<Costs> free_costs_;            // [kind]
  std::vector<double> speed_mps_, delay_s_;  // [link] at the last refresh
  std::vector<std::uint32_t> versions_;      // [kind]
  std::vector<FreeTree> free_;
};

}  // namespace kontwin::traffic
