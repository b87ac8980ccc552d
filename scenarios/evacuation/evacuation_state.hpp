#pragma once

#include <limits>
#include <memory>
#include <set>
#include <span>
#include <vector>

#include "scenarios/evacuation/agenda.hpp"
#include "scenarios/evacuation/evacuation_engine.hpp"
#include "scenarios/evacuation/seating.hpp"
#include "scenarios/evacuation/shelter_book.hpp"
#include "scenarios/evacuation/zones.hpp"
#include "twin/driving_graph.hpp"

namespace kontwin {

/// What the evacuation engine holds. Private to it.
struct EvacuationEngine::Impl {
  Impl(const Branch& branch, TravelService& service, EvacuationOptions wanted,
       std::vector<evacuation::SquareAt> given);

  static constexpr double never = std::numeric_limits<double>::quiet_NaN();
  /// Travellers from here on are vehicles that pick people up.
  static constexpr std::uint64_t first_carrier = std::uint64_t{1} << 40U;

  enum class Stage : std::uint8_t {
    unwarned,   // at home, no warning reached them
    stays,      // at home, does not leave
    on_square,  // at home still, in the hands of the square before it
    home,       // will leave, or tries again
    pooled,     // waits to be picked up, at home or on the way
    riding,     // in the traffic engine's hands, with a vehicle of its own
    walking,
    crossing,  // in the hands of a square that its way leads over
    aboard,    // of a vehicle that picked it up
    entering,  // in the queue at a shelter's door
    outside,   // was refused, or found no way on; tries again
    safe,
    stranded,
  };
  using Vehicle = evacuation::Vehicle;

  /// People who travel together.
  struct Party {
    std::uint32_t zone = 0;
    std::uint32_t first_person = 0, people = 0;
    std::uint32_t seats = 0, berths = 0;  // that they take up in a bus or boat, in an ambulance
    std::uint32_t helped = 0;             // of them, who need help
    std::uint32_t on_square = 0;          // of them, who are not off the square yet
    std::uint32_t square = no_row;        // the one it crosses
    std::uint32_t crossing_to = no_row;   // the junction where it is to come out
    Vehicle vehicle = Vehicle::none;
    EvacuationMode mode = EvacuationMode::on_foot;
    Stage stage = Stage::home;
    bool ordered = false;
    bool willing = true;
    bool picked_up = false;  // cannot leave by itself
    bool to_hospital = false;
    bool slow = false;          // someone old is among them
    bool found_no_way = false;  // when it last tried
    bool no_room = false;       // there was a way, and no room
    bool at_home = true;
    bool was_home = true;               // when it last set out
    std::uint32_t junction = no_row;    // where it is, or was last
    std::uint32_t refuge = no_row;      // where it goes
    bool has_place = false;             // that is kept for it there
    std::uint32_t assignment = no_row;  // of the plan
    std::uint32_t bed_at = no_row;      // hospital that the plan brings a patient to
    bool keeps_route = false;           // has the assignment's route still before it
    double told_s = 0;
    double heard_s = never;
    double delay_s = 0;
    double not_before_s = 0;  // the plan does not let it set out sooner, unless it is called
    double due_s = 0;         // leaves or tries again, or arrives on foot
    double left_s = never;
    double safe_s = never;
    double waits_since_s = never;      // to be picked up
    std::uint32_t stranding = no_row;  // row of `stranded`, the last time it was
    Route walk;
    double walk_from_s = 0;
    std::uint32_t leg_links = 0;     // of the walk, until its end or the next square
    double leg_m = 0;                // the length of those
    std::uint32_t walked_links = 0;  // of the walk, that lie behind it
    double walked_m = 0;             // the length of those
    std::uint8_t hazard = 0;         // highest class it stood in so far
    EntityRef hazard_at;
    double hazard_from_s = never;
  };

  /// A bus, boat or ambulance that picks people up.
  struct Carrier {
    enum class Stage : std::uint8_t { idle, coming, carrying, gone };
    Mover::Kind kind = Mover::Kind::bus;
    Stage stage = Stage::idle;
    std::uint32_t places = 0;
    std::uint32_t at = no_row;     // junction; no_row: not launched yet
    std::uint32_t to = no_row;     // the junction it comes or brings people to
    std::uint32_t round = no_row;  // of the plan, that it is bound to
    bool planned = false;          // goes from one of the plan's rounds to the next
    std::uint32_t trips_left = 0;  // of the round; 0: no end
    bool hired = false;            // for one way
    double free_s = 0;             // from then on it may be sent somewhere
    std::vector<std::uint32_t> aboard;
    std::uint32_t rounds = 0;
    double from_x_m = 0, from_y_m = 0, from_s = 0;  // of a boat: where it set out
    double due_s = 0;
  };

  /// Who waits at a junction to be picked up.
  struct Pool {
    std::vector<std::uint32_t> parties;
    double since_s = 0;
    double not_before_s = 0;  // after a failed attempt
  };

  /// A square with those it was handed.
  struct CrowdedSquare {
    std::unique_ptr<evacuation::Square> square;
    EntityRef place;
    std::vector<evacuation::SquareGate> gates;
    std::vector<evacuation::Square::Walker> walkers;  // that it is to be filled with
    std::vector<evacuation::Square::Arrival> coming;  // in this exchange
    std::vector<std::uint32_t> people;                // [walker] row of `people`
    std::vector<SquarePassage> passages;              // [walker]
    std::uint64_t out = 0, lost = 0;

    std::uint32_t junction_of(std::uint32_t gate) const;
    std::uint32_t gate_at(std::uint32_t junction) const;
  };

  // -- squares ------------------------------------------------------------------------------------
  void add_squares(std::vector<evacuation::SquareAt> given);
  void lead_over(const evacuation::SquareAt& given, std::uint32_t square);
  void hand_over(std::uint32_t party);
  void fill_square(std::uint32_t zone, double at_s);
  /// Hands over who comes to a square on foot before `until_s`.
  void reach_squares(double from_s, double until_s);
  void come_to(CrowdedSquare& square, std::uint32_t party, double at_s, std::uint32_t by,
               std::uint32_t to);
  void walk_squares(const StateTable& state, double from_s, double until_s);
  void take_back(std::uint32_t party, double at_s, std::uint32_t junction);
  void off_square(std::uint32_t party);
  void lose(std::uint32_t person, double at_s, std::string_view why);

  // -- telling ------------------------------------------------------------------------------------
  void order(std::uint32_t zone, double at_s);
  void begin_rounds(double at_s);
  void share_rounds(Mover::Kind kind, std::uint32_t vehicles, double at_s);
  void bind_to_rounds(double at_s);
  void trip_done(Carrier& carrier) const;
  bool nobody_waits_at(const EvacuationPlan::Round& round) const;
  void tell(std::uint32_t zone, double at_s, double share, bool ordered);
  /// The plan's assignment of each household that is told now; no_row: none.
  void assign(std::uint32_t zone, std::span<const evacuation::Household> households, double before,
              double share, std::span<std::uint32_t> assigned);
  double hears_after_min(std::uint32_t zone, const evacuation::Household& household) const;
  void tell_patients(std::uint32_t zone, double at_s);
  void split(const evacuation::Household& household, std::span<const evacuation::Person> members,
             Party party);
  std::uint32_t add_party(Party party, std::span<const evacuation::Person> members);
  // -- going --------------------------------------------------------------------------------------
  void take_arrivals(double until_s);
  void arrive(std::uint32_t number, double at_s);
  void turn_back(std::uint32_t number, double at_s);
  void strand(std::uint32_t number, double at_s, std::uint32_t junction, std::string_view why);
  void ended_on_the_way(std::uint32_t number, double at_s, const TripOutcome& outcome);
  /// Gets no further by its vehicle: walks on, or says where it is and waits for whoever comes.
  void give_up_vehicle(std::uint32_t number, double at_s, std::uint32_t junction);
  void leave_vehicle(Party& party);
  bool waits_stranded(const Party& party) const {
    return party.stage == Stage::pooled && party.stranding != no_row &&
           !stranded[party.stranding].fetched;
  }
  void enter(double until_s);
  void leave(double from_s, double until_s);
  /// Calls those who are ready and wait for their wave, while fewer are on the roads than the plan
  /// names.
  void call_waves(double from_s, double until_s);
  static bool waits_for_wave(const Party& party) {
    return party.stage == Stage::home && party.due_s == party.not_before_s &&
           party.due_s > party.heard_s + party.delay_s;
  }
  void set_out(std::uint32_t number, double at_s);
  void set_out_on_foot(std::uint32_t number, double at_s);
  /// Along what is left of its walk.
  void walk_on(std::uint32_t number, double at_s);
  void ride(std::uint32_t number, double at_s);
  void no_way(std::uint32_t number, double at_s, bool no_room);
  std::uint32_t choose(Party& party, evacuation::ShelterBook::By by, double at_s);
  /// Counts a party's people as on their way, when they were at home.
  void goes(Party& party, double at_s);
  void keep_place(Party& party, std::uint32_t refuge);
  /// To a shelter that may be full, out of dangerous water: they wait outside it for room.
  std::uint32_t flee_to(const Party& party, evacuation::ShelterBook::By by);
  void give_up_place(Party& party);

  // -- being picked up ----------------------------------------------------------------------------
  void join_pool(std::uint32_t number, double at_s);
  void send_carriers(double at_s);
  void serve(std::uint32_t junction, bool patients, double at_s);
  void serve_by_boat(std::uint32_t junction, double at_s);
  /// Someone at home there, or stranded, stands in water that is not safe for everyone, and waits.
  bool is_urgent(std::uint32_t junction) const;
  /// Takes a vehicle off the plan's round for elsewhere, which waits for another.
  void call_away(Carrier& carrier, std::uint32_t junction);
  std::uint32_t find_idle(std::uint32_t junction, Mover::Kind kind, double at_s) const;
  std::uint32_t hire(Mover::Kind kind, std::uint32_t places, std::uint32_t at);
  void send(std::uint32_t carrier, std::uint32_t junction, double at_s);
  /// Takes in who waits where the carrier is, and sets out; false when nobody could be taken.
  bool board(std::uint32_t carrier, double at_s);
  bool board_boat(std::uint32_t carrier, double at_s);
  /// Where a patient is brought: as planned, or else to the nearest; no_row: there is no bed.
  std::uint32_t bed_for(const Party& party, std::uint32_t junction);
  void take_in(std::uint32_t carrier, Pool& pool, std::size_t count, double at_s);
  void carrier_ended(std::uint32_t carrier, double at_s, const TripOutcome& outcome);
  void unload(std::uint32_t carrier, double at_s);
  void sail(double until_s);
  double boat_s(double length_m) const { return length_m / (options.boat_speed_kmh / 3.6); }
  Pool& pool_of(std::uint32_t junction, bool patients) {
    return (patients ? patient_pools : pools)[junction];
  }
  std::uint32_t coming_to(std::uint32_t junction, Mover::Kind kind) const;

  // -- water --------------------------------------------------------------------------------------
  /// Whom deep water reaches at home: it warns them, and they stop packing and waiting.
  void watch_water(const StateTable& state, double at_s);
  void hurry(std::uint32_t number, double at_s);
  /// What is left of packing, as a share, once deep water stands there.
  double hurried_share(Kind kind) const;
  /// At home, or stranded, in water that is not safe for everyone.
  bool in_danger(const Party& party) const;
  void note_hazards(const StateTable& state, double at_s);
  void note_cuts(const StateTable& state, double at_s);
  EntityRef whereabouts(Party& party, double at_s) const;

  void write_columns(StateTable& state) const;
  EvacueeFate fate_of(const Party& party) const;
  EvacuationRecord record() const;

  double seconds(Instant at) const { return to_seconds(at - begin); }
  std::optional<Instant> moment(double at_s) const {
    if (!(at_s >= 0)) return std::nullopt;
    return begin + from_seconds(at_s);
  }

  EvacuationOptions options;
  std::shared_ptr<const World> world;
  TravelService& travel;
  Instant begin;
  std::uint64_t seed;
  double now_s = 0;
  evacuation::ShelterBook shelters;
  std::vector<evacuation::Zone> zones;  // residences by row, then the others
  std::vector<evacuation::Person> people;
  std::vector<Party> parties;
  std::vector<Carrier> carriers;
  std::vector<CrowdedSquare> squares;
  std::vector<std::uint32_t> square_of;  // [zone] row of `squares`, or no_row
  std::vector<std::uint32_t> square_on;  // [link] that leads over it, or no_row; empty: none does
  evacuation::Agenda departures, arrivals_on_foot, squares_reached, entrances, boats_due;
  evacuation::Agenda ready_for_wave;  // those who will wait for their wave, by when they are ready
  evacuation::Agenda waves;           // those who wait for it, by when it is
  bool look_again = false;
  /// A round of the plan that still lacks vehicles of those which rounds share.
  struct OpenRound {
    std::uint32_t round, missing;
  };
  std::vector<OpenRound> open_rounds;  // the first to start first

  std::vector<Pool> pools, patient_pools;             // [junction]
  std::vector<std::uint8_t> has_round;                // [junction] a bus of the plan comes there
  std::set<std::uint32_t> waiting, patients_waiting;  // junctions where someone is in the pool
  RouteTree
      boat_ways;  // from each junction to the nearest with a road out; empty: to be looked for
  std::vector<double> boat_cost_m;   // [link]
  DrivingGraph motorbike_ways;       // what can be driven on two wheels
  std::vector<std::uint8_t> usable;  // [link] at the last look
  std::vector<std::uint8_t> shelters_open;

  bool all_drive = true;  // of those whom the plan's bound counts, nobody left the vehicle
  double first_order_s = never;
  std::uint64_t people_at_start = 0, ordered_people = 0;
  std::vector<StrandedPeople> stranded;
};

}  // namespace kontwin
