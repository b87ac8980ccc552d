#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "scenarios/compute_arena.hpp"
#include "scenarios/traffic/demand/vehicle_type.hpp"
#include "scenarios/traffic/guides.hpp"
#include "scenarios/traffic/lane_queues.hpp"
#include "scenarios/traffic/parking_book.hpp"
#include "scenarios/traffic/route_book.hpp"

namespace kontwin::traffic {

/// A vehicle that is about to drive.
struct Departure {
  Micros at = 0;
  std::uint64_t number = 0;              ///< stable: the same in every branch of the same seed
  std::uint64_t tag = 0;                 ///< the asker's own; comes back with the outcome
  std::uint32_t type = 0;                ///< row of the simulation's vehicle types
  std::uint32_t from_junction = no_row;  ///< it starts at the best link out of here, or
  std::uint32_t from_link = no_row;      ///< at the start of this one
  Destination to;
  std::uint32_t halt_begin = 0, halt_count = 0;  ///< rows of the queues' table; with a route
  std::optional<std::uint32_t> route;  ///< its place in Guides; else it finds its way by a tree
  bool alone = false;                  ///< it has no use for a tree: without a route it has no way
  bool informed = false;               ///< knows today's travel times
};

/// What became of a vehicle.
struct Journey {
  enum class Result : std::uint8_t {
    arrived,
    no_route,  ///< no open way at departure; it never left
    stranded,  ///< gave up on the way: no open way was left for longer than its patience; or water
               ///< carried it off
  };
  std::uint64_t number = 0, tag = 0;
  std::uint32_t type = 0;
  Result result = Result::arrived;
  Micros departed = 0, ended = 0;
  Micros free_time = 0;        ///< of its trip on empty, dry, open roads; 0 with a route of its own
  std::uint32_t junction = 0;  ///< where it ended
  double driven_m = 0;         ///< the links it drove into
  double free_s = 0;           ///< what they take its driver, whom nobody hinders
  Micros search = 0;           ///< of its time, looking for a place to park
  bool carried_off = false;    ///< stranded by water
};

/// How the drivers of a simulation are.
struct SimulationOptions {
  JunctionRules rules;
  double patience_s = 3600;  ///< a vehicle without an open way waits as long before it is stranded
  std::uint64_t seed = 1;    ///< of each driver's own speed
  /// Junctions at which, and on the links into which, vehicles are driven as individuals; see
  /// micro_choice.hpp. Those that hang together are a zone.
  std::vector<std::uint32_t> micro_junctions;
  micro::MicroOptions micro = micro::amid_queues();  ///< how; the seed is taken from above
};

/// Vehicles on a network, with what their drivers know. Vehicles go round what is closed or
/// blocked, and wait at the roadside where there is no way. Nothing is ever teleported: each
/// vehicle that started has arrived, is under way, or is stranded with its place.
///
/// Driven in steps from one thread: changes, then start, then run. A copy made by fork goes on from
/// where the original stands, to the same bits when nothing is changed.
class Simulation {
 public:
  /// `links`: how they stand, kept up to date by the caller; it and the arena must outlive this.
  Simulation(std::shared_ptr<const Network> network, const LinkState& links, ComputeArena& arena,
             std::vector<VehicleType> types, SimulationOptions options = {});
  /// A copy that reads other links.
  Simulation(const Simulation& other, const LinkState& links);
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  const Network& network() const { return *network_; }
  const std::vector<VehicleType>& types() const { return types_; }
  Guides& guides() { return guides_; }
  const Guides& guides() const { return guides_; }
  RouteBook& book() { return book_; }
  const RouteBook& book() const { return book_; }
  LaneQueues& queues() { return queues_; }
  const LaneQueues& queues() const { return queues_; }
  Micros now() const { return now_; }

  /// After links changed, now: those who are concerned turn back or choose again.
  void take_over(std::span<const std::uint32_t> altered, std::span<const std::uint32_t> shut,
                 std::span<const std::uint32_t> blocked, VehicleKinds kinds);
  /// Water carries so many vehicles off a link in the coming take_over: of those who turn back
  /// there as many, the first ones, are stranded at once. Fewer where fewer turn back.
  void carry_off(std::uint32_t link, std::size_t vehicles) { carried_off_[link] += vehicles; }
  /// Lets those at the roadside without a way look again for one; some give up.
  void look_for_ways();
  /// Sets vehicles under way. Those with no open way are listed among journeys() as `no_route`.
  void start(std::span<const Departure> departures);
  /// Moves on to `until`, exclusive.
  void run(Micros until);

  /// Ambulances that depart from now on pass queues as narrow vehicles do and give way to nobody;
  /// or no longer.
  void set_ambulances_first(bool first) { ambulances_first_ = first; }
  /// Ambulances under way, by slot. [any order, the same on any number of threads]
  const std::vector<std::uint32_t>& ambulances() const { return ambulances_; }
  /// Where those who arrive park from now on; nothing: wherever they are.
  void set_parking(std::optional<ParkingBook> book);
  const ParkingBook* parking() const { return parking_ ? &*parking_ : nullptr; }

  /// Vehicles whose way ended since the last clear_journeys(), by moment.
  const std::vector<Journey>& journeys() const { return journeys_; }
  void clear_journeys() { journeys_.clear(); }

  // -- counts since the start
  // -----------------------------------------------------------------------
  std::uint64_t entered() const { return entered_; }
  std::uint64_t arrived() const { return arrived_; }
  std::uint64_t stranded() const { return stranded_; }
  std::uint64_t not_made() const { return not_made_; }
  /// Vehicles on links and at the roadside, counted one by one.
  std::uint64_t inside() const { return queues_.count_all() + aside_.size(); }

  // -- vehicles under way
  // ---------------------------------------------------------------------------
  struct Driver {
    std::uint64_t number = 0, tag = 0;
    std::uint32_t type = 0;
    bool informed = false;
    Destination to;
    Micros departed = 0, free_time = 0;
    Micros search = 0;  ///< looking for a place to park, so far
  };
  const Driver& driver(std::uint32_t slot) const { return drivers_[slot]; }
  /// A vehicle at the roadside that has no link to drive into.
  struct Aside {
    std::uint32_t slot, junction;
    Micros since;        ///< when it may drive on, or started to wait
    bool stuck = false;  ///< there is no way; otherwise it only looks for another one
  };
  const std::vector<Aside>& aside() const { return aside_; }
  /// Calls `visit(slot)` for every vehicle under way, link by link, then those aside.
  template <typename Visit>
  void for_each_vehicle(const Visit& visit) const;

 private:
  bool may_enter(std::uint32_t link, VehicleKind kind) const {
    return link != no_row && contains(links_.may_enter[link], kind);
  }
  /// The link a departure starts on as its tree has it now.
  std::uint32_t first_link(const Departure& departure, std::uint32_t tree) const;
  void put_under_way(const Departure& departure, std::uint32_t tree, std::uint32_t link);
  void end(std::uint32_t slot, Micros at, Journey::Result result, std::uint32_t junction);
  void collect();
  /// Whether a vehicle that arrived drives on to find a place to park.
  bool drives_on(std::uint32_t slot, Micros at, std::uint32_t junction);

  std::shared_ptr<const Network> network_;
  const LinkState& links_;
  ComputeArena& arena_;
  std::vector<VehicleType> types_;
  SimulationOptions options_;
  Guides guides_;
  RouteBook book_;
  LaneQueues queues_;
  std::vector<Driver> drivers_;  // [slot]
  std::vector<Aside> aside_;
  std::vector<Journey> journeys_;
  std::vector<std::uint32_t> ambulances_;
  std::map<std::uint32_t, std::size_t> carried_off_;  // until the next take_over or run
  bool ambulances_first_ = false;
  std::optional<ParkingBook> parking_;
  Micros now_ = 0;
  Micros next_look_ = 0;
  std::uint64_t entered_ = 0, arrived_ = 0, stranded_ = 0, not_made_ = 0;
};

template <typename Visit>
void Simulation::for_each_vehicle(const Visit& visit) const {
  for (std::uint32_t link = 0; link < network_->links(); ++link) {
    for (std::uint32_t lane = network_->lane_begin[link]; lane < network_->lane_begin[link + 1];
         ++lane) {
      queues_.for_each_on(lane, visit);
    }
    queues_.for_each_in(queues_.roadside(link), visit);
  }
  for (const Aside& one : aside_) visit(one.slot);
}

}  // namespace kontwin::traffic
