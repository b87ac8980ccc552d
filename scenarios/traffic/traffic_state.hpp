#pragma once

#include <memory>
#include <vector>

#include "scenarios/traffic/background_demand.hpp"
#include "scenarios/traffic/link_queues.hpp"
#include "scenarios/traffic/link_table.hpp"
#include "scenarios/traffic/route_book.hpp"
#include "scenarios/traffic/traffic_engine.hpp"
#include "scenarios/traffic/vehicle_table.hpp"

namespace kontwin {

/// What the traffic engine holds. Private to it.
struct TrafficEngine::Impl {
  Impl(const Branch& branch, ComputeArena& arena, TrafficOptions options);

  // -- one window, step by step -------------------------------------------------------------------
  void take_over_roads(const StateTable& state, traffic::Micros now);
  void refresh_routes(traffic::Micros now);
  void try_again(traffic::Micros now);
  void depart(const StateTable& state, Instant from, Instant to);
  void collect(traffic::Micros to);
  void write_columns(StateTable& state, double window_s);

  // -- parts
  // ----------------------------------------------------------------------------------------
  /// Puts a vehicle under way; false when it has no way.
  bool start(const traffic::Departure& trip, std::uint32_t tree, const TripRequest* asked);
  bool may_start(std::uint32_t tree, std::uint32_t junction, traffic::WadeGroup group) const;
  void end(std::uint32_t slot, traffic::Micros at);
  void answer(std::uint64_t traveller, TripOutcome::Result result, traffic::Micros at,
              std::uint32_t junction);
  bool is_delayed(traffic::Micros taken, traffic::Micros free) const;
  template <typename Visit>
  void for_each_vehicle(const Visit& visit) const;

  traffic::Micros micros(Instant at) const {
    return std::chrono::duration_cast<std::chrono::microseconds>(at - begin).count();
  }
  Instant instant(traffic::Micros at) const { return begin + Duration{at / 1000}; }

  TrafficOptions options;
  std::shared_ptr<const World> world;
  Forcing forcing;
  Instant begin;
  RoadGraph graph;
  traffic::LinkTable links;
  traffic::VehicleTable vehicles;
  traffic::LinkQueues queues;
  traffic::RouteBook book;
  traffic::BackgroundDemand demand;
  double demand_factor = 1;
  traffic::Micros now = 0;
  traffic::Micros next_refresh = 0;
  traffic::Micros next_retry = 0;
  std::vector<double> delay_s;  // [link] at its end, in the last window

  /// A vehicle at the roadside that has no link to drive into.
  struct Aside {
    std::uint32_t slot, junction;
    traffic::Micros since;  ///< when it may drive on, or started to wait
    bool stuck = false;     ///< there is no way; otherwise it only looks for another one
  };
  std::vector<Aside> aside;
  std::vector<TripRequest> requests;
  std::vector<TripOutcome> outcomes;
  std::vector<StrandedVehicle> stranded;
  std::vector<traffic::Departure> departures;
  bool record_trips = false;
  std::vector<Trip> trips;

  std::uint64_t entered = 0, arrived = 0, not_made = 0, delayed = 0;
  double delay_sum_s = 0;  // over all that arrived or gave up
};

template <typename Visit>
void TrafficEngine::Impl::for_each_vehicle(const Visit& visit) const {
  for (std::uint32_t link = 0; link < links.size(); ++link) {
    for (const std::uint32_t head : {queues.head(link), queues.roadside_head(link)}) {
      for (std::uint32_t slot = head; slot != no_row; slot = vehicles.next[slot]) visit(slot);
    }
  }
  for (const Aside& one : aside) visit(one.slot);
}

}  // namespace kontwin
