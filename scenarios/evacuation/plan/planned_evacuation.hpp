#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/evacuation/evacuation_options.hpp"
#include "scenarios/evacuation/plan/evacuation_plan.hpp"

namespace kontwin {

/// Which shelter people are sent to.
enum class ShelterChoice : std::uint8_t {
  best,      ///< whichever of the two gets everyone there first
  nearest,   ///< that of an allocation with the least sum of travel times, as far as there is room
  earliest,  ///< the one that their group gets to first, with all others on the roads
};

/// A place whose people are to leave.
struct OrderedHome {
  EntityRef place;       ///< residence, lodging or tourist site
  double ordered_s = 0;  ///< after the first order
};

/// What a planner is told.
struct PlanOptions {
  /// Who has what vehicle, which share leaves, who walks how far, places and speeds of buses and
  /// boats, where visitors are.
  EvacuationOptions households;
  std::uint64_t seed = 1;  ///< that the households are dealt out by, as of a run
  ShelterChoice choice = ShelterChoice::best;
  double wave_min = 15;      ///< departures are told in waves of this length, above 0
  double step_s = 30;        ///< capacities are kept in steps of whole seconds, 1 to 600
  double horizon_h = 24;     ///< nobody arrives later, above 0
  double buses = 20;         ///< for those without a vehicle who live too far to walk; whole
  double boats = 0;          ///< for those to whom no road leads; whole
  double boarding_min = 5;   ///< of a bus, and as long to get off
  double contraflow_km = 0;  ///< most road to be turned round
  /// Share of every shelter's room, 0 to below 1, that is given to nobody while others have room:
  /// for those who come without being sent, and families that stay together.
  double room_reserve = 0.05;
  /// Nobody is sent over a road that closes before this share of all households, 0 to below 1, can
  /// have heard of the order and made ready to leave,
  double prepared_share = 0.95;
  /// and so long after that, 0 or more; unless all their ways close sooner.
  double safety_min = 30;
  /// [road] s after the order, when it closes for good: whoever has not left it by then does not
  /// get past. Empty: none does.
  std::vector<double> closes_s;
  /// [road] vehicles an hour that it was seen to let through while they queued, infinite where not
  /// known: routes and departures keep to it, the bound does not. Empty: nothing is known.
  std::vector<double> measured_vph;
  /// For the bound alone. [road] s after the order, from when on no vehicle gets past it any more,
  /// whatever came between; below 0: never. Empty: as closes_s, and as the state has them.
  std::vector<double> open_until_s;
  std::vector<std::uint32_t> open_later;  ///< shelters that are not open at first, rows
};

/// A plan, and what is known of it.
struct PlannedEvacuation {
  EvacuationPlan plan;
  double clearance_s = 0;       ///< everybody who can is in a shelter, by the plan
  double road_clearance_s = 0;  ///< of those with a vehicle of their own, as lower_bound_s is
  /// From the order until the share of households that the options name is ready; 0: not asked.
  double prepared_s = 0;
  /// They leave more slowly than the roads could take them, so that hardly any time is to be saved.
  bool preparing_takes_longer() const { return prepared_s > road_clearance_s; }
  std::uint32_t people = 0;   ///< in the homes, who leave
  std::uint32_t staying = 0;  ///< in the homes, who do not, by the share that complies
  /// Of those with a place in the plan.
  std::uint32_t by_vehicle = 0, on_foot = 0, by_bus = 0, by_boat = 0;
  ShelterChoice choice = ShelterChoice::nearest;  ///< the one that was taken

  /// A road that is full until the end: nobody gets out faster unless it is widened.
  struct Bottleneck {
    std::uint32_t road = 0;
    double capacity_vph = 0;  ///< cars
    double full_share = 0;    ///< of the time of the lower bound
  };
  std::vector<Bottleneck> bottlenecks;  ///< what is full longest, first

  struct ShelterLoad {
    std::uint32_t shelter = 0;
    std::uint32_t people = 0;  ///< sent there
    std::uint32_t room = 0;    ///< before
    double last_s = 0;         ///< the last of them arrive
    bool binds = false;        ///< with more room here it would go faster
    bool full() const { return people == room; }
  };
  std::vector<ShelterLoad> shelters;  ///< those to which anyone is sent, by row

  enum class Reason : std::uint8_t {
    no_way,   ///< no open road, or path, leads to a shelter
    no_room,  ///< shelters within reach are full
    no_bus,   ///< too far to walk, and no bus
    no_time,  ///< roads close, or the horizon ends, before all are through
  };
  struct LeftBehind {
    EntityRef home;
    std::uint32_t people = 0;
    Reason reason = Reason::no_way;
  };
  std::vector<LeftBehind> left;  ///< in the order of the homes

  /// When the ways of a home close.
  struct LastDeparture {
    EntityRef home;
    double last_s = 0;       ///< leaving later one no longer gets through; below 0: cut off already
    double planned_s = 0;    ///< the last who leave by the plan
    std::uint32_t road = 0;  ///< that closes the last way
    double margin_s() const { return last_s - planned_s; }
  };
  std::vector<LastDeparture> last_departures;  ///< where a way closes, the least margin first

  std::vector<std::pair<double, std::uint32_t>> waves;  ///< from when, how many are told to leave
  std::vector<std::pair<double, std::uint32_t>> arrivals;  ///< by when, how many are in; rising

  std::uint32_t people_left() const {
    std::uint32_t sum = 0;
    for (const LeftBehind& one : left) sum += one.people;
    return sum;
  }
};

}  // namespace kontwin
