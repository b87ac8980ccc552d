#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "scenarios/compute_arena.hpp"
#include "scenarios/engine.hpp"
#include "scenarios/traffic/traffic_options.hpp"
#include "scenarios/travel.hpp"

namespace kontwin {

/// A vehicle that gave up, and why: what a balance calls lost.
struct StrandedVehicle {
  std::uint64_t number = 0;    ///< the engine's number of it, or the traveller of a request
  bool requested = false;      ///< whether it was a request
  std::uint32_t junction = 0;  ///< where it stands
  Instant at;                  ///< when it gave up
  std::string_view reason;     ///< `no open way to its destination`, `swept off by the water`
};

/// Traffic of single vehicles over link queues with capacity, storage, spill-back and jam waves
/// (mesoscopic; see traffic::LaneQueues). Vehicles find their way by what their drivers know, go
/// round what is closed, under debris or under too much water for them, and wait at the roadside
/// where there is no way. Nothing is ever teleported.
///
/// It owns the columns flow, speed, vehicles and queue of roads, delay of junctions, and both of
/// traffic counters, and the occupied places of parking while it is managed. The state of roads as
/// of one window is what its vehicles drive on in it.
class TrafficEngine final : public Engine, public TravelService {
 public:
  /// The arena must outlive the engine; the branch need not. Throws ScenarioError when an option is
  /// out of its range.
  TrafficEngine(const Branch& branch, ComputeArena& arena, TrafficOptions options);
  ~TrafficEngine() override;

  std::string_view name() const override { return "traffic"; }
  void apply(const Edit& edit, StateTable& state, Instant at) override;
  void lead_in(StateTable& state, Instant from, Instant to) override;
  void advance(StateTable& state, Instant from, Instant to) override;
  std::vector<Balance> balances() const override;
  void show(Frame& frame) const override;
  void add_kpis(KpiList& kpis) const override;

  /// Throws ScenarioError for a junction that is not there and for what does not drive on roads.
  void request(const TripRequest& trip) override;
  std::vector<TripOutcome> take_outcomes() override;
  std::vector<double> travel_times_to(std::span<const std::uint32_t> targets,
                                      Mover::Kind vehicle) const override;
  std::vector<double> link_times(Mover::Kind vehicle) const override;
  void for_each_on(std::span<const std::uint32_t> roads,
                   const std::function<void(std::uint64_t, std::uint32_t)>& visit) const override;

  /// All vehicles that gave up so far, in order of time.
  const std::vector<StrandedVehicle>& stranded() const;

  /// A trip that ended, for those who look closely (tests, analyses); kept only when asked for.
  struct Trip {
    std::uint64_t number = 0;
    std::uint32_t destination = 0;
    double departed_s = 0;  ///< since the start of the branch; below 0: in its lead-in
    double arrived_s = 0;
  };
  void record_trips(bool record);
  const std::vector<Trip>& trips() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kontwin
