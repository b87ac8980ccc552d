#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "twin/entity_ref.hpp"
#include "twin/evacuation_record.hpp"
#include "twin/frame.hpp"

namespace kontwin {

/// What an order to evacuate may say beyond "leave": who goes where, by which way, when, and with
/// what. A planner proposes it, a person may write it, the region engine carries it out. Rows are
/// of the world's tables; seconds count from the first order.
struct EvacuationPlan {
  /// People of one residence, lodging or tourist site who are sent to one shelter.
  struct Assignment {
    EntityRef home;
    std::uint32_t shelter = 0;
    std::uint32_t people = 0;
    double depart_from_s = 0;          ///< staged departure: they do not set out before
    std::vector<std::uint32_t> route;  ///< road rows in driving order; empty: the driver's choice
    /// Whoever sets out later chooses freely: roads on the way close. Infinite: they do not.
    double depart_until_s = std::numeric_limits<double>::infinity();
  };
  /// A bus or boat that goes back and forth.
  struct Round {
    Mover::Kind vehicle = Mover::Kind::bus;
    std::uint32_t vehicles = 1;
    std::uint32_t places = 30;  ///< of each
    EntityRef home;             ///< picks up here
    std::uint32_t shelter = 0;  ///< brings them here, and comes back while people wait
    double starts_s = 0;        ///< sets out from the shelter; a boat: is wanted at the home
    /// Of each vehicle, after which it is free for other rounds; 0: as long as people wait.
    std::uint32_t trips = 0;
  };
  /// A road that is announced to close for good.
  struct ClosingRoad {
    std::uint32_t road = 0;
    double at_s = 0;
  };
  /// Patients of one category who are brought from one hospital to another.
  struct Ward {
    std::uint32_t hospital = 0;
    CareNeed need = CareNeed::wheelchair;  ///< not none: who walks takes the bus to a shelter
    std::uint32_t patients = 0;
    std::uint32_t to = 0;  ///< hospital
  };
  std::vector<Ward> wards;
  std::vector<Assignment> assignments;
  std::vector<Round> rounds;
  /// Vehicles that all rounds by bus, or by boat, share, each going to the next when it is free of
  /// one; 0: every round has its own.
  std::uint32_t buses = 0, boats = 0;
  std::vector<std::uint32_t> contraflow;  ///< road rows whose opposite link runs this way too
  /// While fewer people than this are on the roads in vehicles of their own, those who are ready
  /// are called in the order of their `depart_from_s`, and sooner than it says: so roads do not
  /// stand empty where others are not ready yet. 0: nobody sets out sooner.
  std::uint32_t under_way = 0;
  /// Whoever chooses freely does not set out, or send a bus, for a shelter when the way there is
  /// announced to close less than `safety_s` after they would be past, while there is another.
  std::vector<ClosingRoad> closing;
  double safety_s = 0;
  /// Shelters for whoever is there first, assigned elsewhere or not: for as long as they can be
  /// reached in time, whoever has a shorter way to them than to where the plan sends them may go.
  std::vector<std::uint32_t> first_come;
  /// No way of moving them that respects the capacities can be faster than this, s; 0: not known.
  double lower_bound_s = 0;
  /// The same where some go on without their vehicles: on foot, as many at once as like, or fetched
  /// by bus or boat; whatever roads close or stay open. 0: not known.
  double bound_on_foot_s = 0;
  /// Homes that the bounds do not count, as their people may have to leave their vehicles.
  std::vector<EntityRef> bound_without;
};

}  // namespace kontwin
