#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "scenarios/traffic/background_demand.hpp"
#include "scenarios/traffic/control/traffic_control.hpp"
#include "scenarios/traffic/count_correction.hpp"
#include "scenarios/traffic/road_rain.hpp"
#include "scenarios/traffic/simulation.hpp"
#include "scenarios/traffic/traffic_engine.hpp"
#include "scenarios/traffic/world_links.hpp"

namespace kontwin {

/// Marks the numbers of vehicles that other engines asked for.
inline constexpr std::uint64_t requested_bit = std::uint64_t{1} << 63U;

/// What the traffic engine holds. Private to it.
struct TrafficEngine::Impl {
  Impl(const Branch& branch, ComputeArena& arena, TrafficOptions options);

  // -- one window, step by step -------------------------------------------------------------------
  void take_over_roads(const StateTable& state, Instant from, Instant to);
  void refresh_routes();
  void depart(const StateTable& state, Instant from, Instant to);
  void note_departures();
  void take_journeys();
  void write_columns(StateTable& state, double window_s);
  void write_parking(StateTable& state) const;

  /// A measure on the world's roads and signals as one on the network's.
  StartMeasure on_network(StartMeasure edit, const StateTable& state) const;
  bool is_delayed(traffic::Micros taken, traffic::Micros free) const;
  traffic::Micros micros(Instant at) const {
    return std::chrono::duration_cast<std::chrono::microseconds>(at - begin).count();
  }
  Instant instant(traffic::Micros at) const { return begin + Duration{at / 1000}; }

  TrafficOptions options;
  ComputeArena& arena;
  std::uint64_t seed;
  std::shared_ptr<const World> world;
  Forcing forcing;
  Instant begin;       // of the lead-in
  double start_s;      // of the branch, after it
  bool counts = true;  // not in the lead-in
  std::shared_ptr<const traffic::Network> network;
  traffic::WorldLinks links;
  traffic::LinkState driven;  // the same under the measures in force
  traffic::TrafficControl control;
  traffic::RoadRain rain;
  traffic::Simulation simulation;
  traffic::BackgroundDemand demand;
  double demand_factor = 1;
  std::optional<traffic::CountCorrection> correction;
  traffic::Micros next_refresh = 0;
  std::vector<double> delay_s;       // [link] at its end, in the last window
  std::vector<double> swept_before;  // [road] that water carried off up to now

  std::vector<TripRequest> requests;
  std::vector<TripOutcome> outcomes;
  std::vector<StrandedVehicle> stranded;
  std::vector<traffic::Departure> departures;
  bool record_trips = false;
  std::vector<Trip> trips;
  std::uint64_t delayed = 0;
  double delay_sum_s = 0;  // over all that arrived or gave up
};

}  // namespace kontwin
