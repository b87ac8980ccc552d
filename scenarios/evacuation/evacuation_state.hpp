#pragma once

#include <limits>
#include <memory>
#include <vector>

#include "scenarios/evacuation/evacuation_engine.hpp"
#include "scenarios/evacuation/households.hpp"
#include "scenarios/evacuation/shelter_book.hpp"

namespace kontwin {

/// What the evacuation engine holds. Private to it.
struct EvacuationEngine::Impl {
  Impl(const Branch& branch, TravelService& service, EvacuationOptions wanted);

  enum class Stage : std::uint8_t {
    home,    // will leave, or tries again
    pooled,  // at home, waits for a bus
    riding,  // in the traffic engine's hands
    walking,
    entering,  // in the queue at a shelter's door
    outside,   // was refused, or found no way on; tries again
    safe,
    stranded,
    merged,  // went on a bus: its people are in another party
  };
  enum class Vehicle : std::uint8_t { none, motorbike, car, bus };

  /// People who travel together.
  struct Party {
    std::uint32_t residence = 0;
    std::uint32_t people = 0;
    Vehicle vehicle = Vehicle::none;
    Stage stage = Stage::home;
    bool ordered = false;
    bool found_no_way = false;
    bool was_home = true;             // when it last set out
    std::uint32_t junction = no_row;  // where it is, or was last
    std::uint32_t shelter = no_row;   // where it goes
    double told_s = 0;
    double due_s = 0;  // leaves or tries again, or arrives on foot
    double left_s = std::numeric_limits<double>::quiet_NaN();
    double safe_s = std::numeric_limits<double>::quiet_NaN();
    Route walk;
    double walk_from_s = 0;
  };

  /// Moments of parties, first ones first.
  struct Due {
    double at_s;
    std::uint32_t party;
    friend bool operator<(const Due& a, const Due& b) {
      return a.at_s != b.at_s ? a.at_s > b.at_s : a.party > b.party;
    }
  };
  class Agenda {
   public:
    void add(double at_s, std::uint32_t party);
    /// Takes the first before `until_s` out; false when there is none.
    bool pop(double until_s, Due& due);

   private:
    std::vector<Due> heap_;
  };

  // -- telling ------------------------------------------------------------------------------------
  void order(std::uint32_t residence, double at_s);
  void tell(std::uint32_t residence, double at_s, double share, bool ordered);
  void add_party(std::uint32_t residence, std::uint32_t people, Vehicle vehicle, double delay_s,
                 double at_s, bool ordered);
  void watch_water(const StateTable& state, double at_s);

  // -- going --------------------------------------------------------------------------------------
  void take_arrivals(double until_s);
  void arrive(std::uint32_t number, double at_s);
  void turn_home(std::uint32_t number, double at_s);
  void strand(std::uint32_t number, double at_s, std::uint32_t junction);
  void enter(double until_s);
  void leave(double from_s, double until_s);
  void set_out(std::uint32_t number, double at_s);
  void set_out_on_foot(std::uint32_t number, double at_s);
  void ride(std::uint32_t number, std::uint32_t shelter, double at_s);
  void no_way(std::uint32_t number, double at_s);
  void send_buses(double at_s);
  /// Counts a party's people as on their way, when they were at home.
  void goes(Party& party, double at_s);
  void keep_place(Party& party, std::uint32_t shelter);
  void give_up_place(Party& party);
  void write_columns(StateTable& state) const;

  double seconds(Instant at) const { return to_seconds(at - begin); }

  EvacuationOptions options;
  std::shared_ptr<const World> world;
  TravelService& travel;
  Instant begin;
  std::uint64_t seed;
  double now_s = 0;
  double window_s = 60;
  evacuation::ShelterBook shelters;
  std::vector<Party> parties;
  Agenda departures, arrivals_on_foot, entrances;
  bool look_again = false;

  std::vector<std::uint64_t> at_start, home, moving, safe;  // [residence] people
  std::vector<std::uint8_t> told_by_water, told_by_order;   // [residence]
  std::vector<std::vector<std::uint32_t>> of_residence;     // [residence] its parties
  struct Pool {
    std::vector<std::uint32_t> parties;
    double since_s = 0;
  };
  std::vector<Pool> pools;  // [residence]

  std::uint64_t people_at_start = 0, ordered_people = 0;
  std::vector<StrandedPeople> stranded;
};

}  // namespace kontwin
