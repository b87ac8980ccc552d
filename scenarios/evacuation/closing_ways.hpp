#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "scenarios/evacuation/plan/evacuation_plan.hpp"
#include "scenarios/travel.hpp"
#include "twin/road_graph.hpp"

namespace kontwin::evacuation {

/// Until when one may set out and still get past the roads that a plan announces to close, at the
/// times that driving takes now, queues included: what guides at the fork tell whoever asks.
class ClosingWays {
 public:
  /// The graph and the service must outlive it.
  ClosingWays(const RoadGraph& graph, const TravelService& travel)
      : graph_(graph), travel_(travel) {}

  /// Announces that roads close, at moments counted from `first_s`.
  void announce(std::span<const EvacuationPlan::ClosingRoad> roads, double first_s);
  bool any() const { return !closes_s_.empty(); }
  /// Looks at how long driving takes anew when next asked.
  void forget();
  /// The last moment at which one may set out from a junction to another with a vehicle of that
  /// kind, by the fastest way, s; infinite where nothing on it closes, minus infinite where there
  /// is no way.
  double last_departure_s(std::uint32_t from, std::uint32_t to, Mover::Kind vehicle);
  /// How many of the closings on that way who sets out at `at_s` comes too late for.
  std::uint32_t missed(std::uint32_t from, std::uint32_t to, Mover::Kind vehicle, double at_s);

 private:
  struct Ways {
    RouteTree tree;
    std::vector<double> last_s;  // [junction]
  };
  const Ways& ways_to(std::uint32_t to, Mover::Kind vehicle);

  const RoadGraph& graph_;
  const TravelService& travel_;
  std::vector<double> closes_s_;  // [link]; empty: none does
  std::map<Mover::Kind, std::vector<double>> link_s_;
  std::map<std::pair<std::uint32_t, Mover::Kind>, Ways> ways_;
};

}  // namespace kontwin::evacuation
