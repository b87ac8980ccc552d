#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/compute_arena.hpp"
#include "scenarios/traffic/event_wheel.hpp"
#include "scenarios/traffic/guides.hpp"
#include "scenarios/traffic/halts.hpp"
#include "scenarios/traffic/junction_rules.hpp"
#include "scenarios/traffic/link_state.hpp"
#include "scenarios/traffic/partition.hpp"
#include "scenarios/traffic/signal_plans.hpp"
#include "scenarios/traffic/stop_line.hpp"
#include "scenarios/traffic/vehicle.hpp"
#include "scenarios/traffic/zone_border.hpp"

namespace kontwin::traffic {

/// The vehicles of all lanes as queues: the kernel of the traffic engine. Driven by events, so that
/// a lane without vehicles costs nothing.
///
/// A vehicle that drove in is ready at the stop line of its lane after its travel time. It leaves
/// no closer to the one before than the lane's exit headway, when its signal is green, when nobody
/// comes that goes first, and into a lane whose entry headway has passed and which has room. Room
/// comes back to the start of a lane as a hole that wanders against the traffic, so that a queue
/// dissolves at the speed of its jam wave (Newell 1993; Charypar, Axhausen and Nagel 2007). Those
/// who wait for the same lane are served first come first served, one of each queue at a time.
/// Nobody is ever moved past a full lane: gridlock stays gridlock.
///
/// A vehicle drives into the lane that leads where it turns, lets its kind in and may be driven
/// into first; the emptiest of several. Where none does both, it makes its turn from the nearest
/// lane that lets it in, and where no lane of the link lets it in, from any that leads there.
///
/// On a link of one lane wide vehicles keep their order, on several they pass. Narrow ones pass
/// everywhere (the passing queue of Agarwal, Zilske, Rao and Nagel 2015) and filter to the front of
/// a queue that has stood for a while (the seepage of Agarwal and Lämmel 2016).
///
/// The network is cut into parts (see cut) that advance side by side for as long as no vehicle and
/// no hole can cross from one to another, then hand over what did. Results do not depend on the
/// number of threads. A copy goes on from where the original stands.
///
/// Some links may be driven microscopically instead, by zones; see ZoneBorder.
class LaneQueues {
 public:
  explicit LaneQueues(const Network& network, JunctionRules rules = {},
                      std::vector<ZoneBorder> zones = {});

  // -- vehicles ----------------------------------------------------------------------------------
  /// A place for a new vehicle; those of vehicles that were released are used again.
  std::uint32_t add(const Vehicle& vehicle, const Identity& identity = {});
  void release(std::uint32_t slot);
  const Vehicle& vehicle(std::uint32_t slot) const { return vehicles_[slot]; }
  Vehicle& vehicle(std::uint32_t slot) { return vehicles_[slot]; }
  std::size_t slots() const { return vehicles_.size(); }

  /// The table of all halts; it must outlive this. Before the first vehicle that has any.
  void set_halts(std::span<const Halt> halts) { halts_ = halts; }
  /// Gives a vehicle at the start of its route its halts: rows of the table, by rising leg.
  void plan_halts(std::uint32_t slot, std::uint32_t begin, std::uint32_t count);

  /// Puts a vehicle at the roadside at the start of `link`, ready to drive in at `at`.
  void depart(std::uint32_t slot, std::uint32_t link, Micros at);
  /// Moves everything on to `until`, exclusive.
  void run(Micros until, const Guides& guides, const LinkState& links, ComputeArena& arena);

  /// A vehicle whose way ended at the end of a link, or at its start where it waited at the
  /// roadside.
  struct Left {
    Micros at;
    std::uint32_t slot;
    std::uint32_t link;
    bool at_start;
  };
  /// Vehicles that arrived, and vehicles that know no link they may drive into and pulled aside,
  /// since the last clear(); by time, then slot.
  const std::vector<Left>& arrived() const { return arrived_; }
  const std::vector<Left>& aside() const { return aside_; }
  /// Halts begun since the last clear_counts(), each with its moments as they will be; of one run()
  /// by row.
  const std::vector<HaltDone>& halted() const { return halted_; }
  void clear();

  // -- changes at a moment between two runs
  // --------------------------------------------------------
  /// After a change of headways or of who may use which lane: nobody waits for the gap of the old
  /// headways.
  void renew(std::uint32_t link, const LinkState& links, Micros now);
  /// Makes the room of a link's lanes a share of what it is by itself, above 0.
  void set_room(std::uint32_t link, double share);
  /// After a link was shut to some: those who wait to drive in choose again.
  void choose_again(std::uint32_t link, Micros now);
  /// After a link was blocked: those before its middle turn round, and are listed aside at its
  /// start with the moment when they are back there.
  void turn_back(std::uint32_t link, const LinkState& links, Micros now);
  /// A vehicle on a lane wants another turn at its end, one that the lane leads to. False where it
  /// is in a zone and past deciding.
  bool change_turn(std::uint32_t lane, std::uint32_t slot, std::uint32_t turn, Micros now);
  /// After a signal's plan changed: those who wait for it look again.
  void look_again(std::uint32_t signal, Micros now);
  /// After links changed, before the above: zones take over speeds, capacities, and who may drive
  /// where.
  void take_over_zones(std::span<const std::uint32_t> altered, const LinkState& links);
  /// Whether a link is driven microscopically, and can borrow lanes of the link back.
  bool is_micro(std::uint32_t link) const { return in_zone(network_->lane_begin[link]); }
  /// See MicroZone; for a link that is_micro().
  void borrow_lanes(std::uint32_t link, std::uint32_t lanes);
  void open_borrowed(std::uint32_t link, bool open);
  /// Whether nobody is on these lanes of a link, bit by bit from the outermost, borrowed ones after
  /// its own.
  bool are_empty(std::uint32_t link, std::uint32_t lanes) const;
  SignalPlans& signals() { return signals_; }
  const SignalPlans& signals() const { return signals_; }

  // -- what is where
  // -------------------------------------------------------------------------------
  const StopLine& lane(std::uint32_t lane) const { return lines_[lane]; }
  const StopLine& roadside(std::uint32_t link) const { return lines_[lane_count_ + link]; }
  /// Vehicles on a link.
  std::uint32_t count(std::uint32_t link) const;
  /// Vehicles on links and at the roadside, counted one by one.
  std::uint64_t count_all() const;
  /// Calls `visit(slot)` for every vehicle of a line, in the order in which they stand.
  template <typename Visit>
  void for_each_in(const StopLine& line, const Visit& visit) const;
  /// The same for every vehicle on a lane, in a zone too.
  template <typename Visit>
  void for_each_on(std::uint32_t lane, const Visit& visit) const;
  /// The zone in which a lane is driven microscopically, or null. Its vehicles are slots; its lanes
  /// count and hold in lane(), but have nobody in their queues.
  const micro::MicroZone* zone_of(std::uint32_t lane) const {
    return in_zone(lane) ? &zones_[zone_of_lane_[lane]].zone : nullptr;
  }
  std::span<const ZoneBorder> zones() const { return zones_; }

  /// What passed the end of a lane since the last clear_counts().
  struct Count {
    std::uint32_t exits = 0;  ///< vehicles that left the lane
    std::uint32_t cars = 0;   ///< the capacity they took, in hundredths of a car's
    Micros time_sum = 0;      ///< time they spent on it
    Micros delay_sum = 0;     ///< of that, the time they waited at its end
  };
  std::span<const Count> counts() const { return counts_; }  ///< [lane]
  void clear_counts();
  /// Counts by kind of vehicle as well, from now on.
  void count_kinds();
  /// Vehicles that left a lane since the last clear_counts(), by kind; empty unless they are
  /// counted. [lane][kind]
  std::span<const std::uint32_t> kind_exits() const { return kind_exits_; }
  /// What a turn's vehicles waited for at the end of their link.
  struct TurnWait {
    std::uint32_t exits = 0;
    Micros delay_sum = 0;
  };
  /// Counts by turn as well, from now on, but for vehicles that are driven as individuals.
  void count_turns();
  /// Since the last clear_counts(); empty unless they are counted. [turn]
  std::span<const TurnWait> turn_waits() const { return turn_waits_; }
  /// Events handled so far, for measuring.
  std::uint64_t events() const;
  std::uint32_t parts() const { return partition_.parts; }

 private:
  friend class LanePart;

  /// The start of a lane: what driving in looks at.
  struct Gate {
    Micros next_entry = 0;
    CarHundredths taken = 0;  // by vehicles and holes
    CarHundredths storage = 0;
    std::uint32_t first_hole = no_row, last_hole = no_row;
    std::uint32_t first_waiting = no_row, last_waiting = no_row;
    CarHundredths waiting = 0;  // lines in that list
  };
  /// Room on its way to the start of its lane; unused ones are a list as well.
  struct Hole {
    Micros at = 0;
    CarHundredths size = 0;
    std::uint32_t next = no_row;
  };
  /// A part's own belongings, and what it hands to the others at the end of a stretch.
  struct Part {
    EventWheel wheel;
    std::vector<Hole> holes;
    std::uint32_t free_hole = no_row;
    std::vector<Left> arrived, aside;
    std::vector<std::uint32_t> zones;
    std::vector<HaltDone> halted;
    std::vector<std::uint32_t> coming;  // LanePart::fetch_ahead's own
    std::uint64_t events = 0;
    struct Entered {
      std::uint32_t slot, lane;
    };
    struct Freed {
      Micros at;
      std::uint32_t lane;
      CarHundredths size;
    };
    // [reading or not][part]: one set is read while the other is written.
    std::array<std::vector<std::vector<Entered>>, 2> entered;
    std::array<std::vector<std::vector<Freed>>, 2> freed;
  };
  /// What a hop reads of a turn.
  struct TurnRule {
    std::uint32_t to = no_row;
    std::uint8_t signalled = 0, gives_way = 0, goes_first = 0;
    std::uint8_t first_come = 0;         // the junction's approaches take turns
    std::uint8_t headway_percent = 100;  // behind it, of the lane's: slow turns at signals
  };

  /// What giving way reads of a turn that goes first.
  struct Foe {
    std::uint32_t turn = no_row;
    std::uint32_t first_lane = no_row;  // of the link it leaves
    std::uint8_t signalled = 0;
    std::uint8_t mutual = 0;  // each would give way to the other
  };

  // Events: the end of a line (lanes, then roadsides), the start of a lane, a signal.
  std::uint32_t entry_event(std::uint32_t lane) const { return line_count_ + lane; }
  std::uint32_t signal_event(std::uint32_t signal) const {
    return line_count_ + lane_count_ + signal;
  }
  bool in_zone(std::uint32_t lane) const {
    return !zones_.empty() && zone_of_lane_[lane] != no_row;
  }
  void settle_zones();
  void recount(const ZoneBorder& border, Micros now);
  void turn_back_in_zone(std::uint32_t link, const LinkState& links, Micros now);
  EventWheel& wheel_of_signal(std::uint32_t signal);
  Micros look_ahead(const LinkState& links) const;
  void choose_lanes_of_turns(std::uint32_t link, const LinkState& links);
  void gather(std::vector<Left>& into, std::vector<Left> Part::*from);
  void gather_halts();

  const Network* network_;
  std::vector<ZoneBorder> zones_;
  std::vector<std::uint32_t> zone_of_lane_;  // [lane], empty without zones
  std::vector<std::uint8_t> lane_shut_;      // [lane], the same: somebody found no room this step
  std::vector<Identity> identities_;         // [slot], the same
  Partition partition_;
  SignalPlans signals_;
  std::uint32_t lane_count_, line_count_;
  std::vector<TurnRule> turn_rules_;       // [turn]
  std::vector<GapHeadways> headways_;      // [turn]
  std::vector<Foe> foes_;                  // as Network::give_way
  std::vector<std::uint32_t> turn_lanes_;  // [turn] that it is made from now, by any kind
  std::vector<std::uint32_t> used_lanes_;  // [turn] that it was ever made from
  std::array<Micros, 5> all_way_headways_;
  Micros clearance_, patience_, filter_after_;
  bool first_at_once_;
  std::vector<Micros> last_pass_;            // [turn] of those that go first
  std::vector<std::uint32_t> part_of_line_;  // [line]
  std::vector<std::uint32_t> part_of_gate_;  // [lane]
  std::vector<std::uint8_t> one_lane_;       // [lane] 1: the only one of its link
  std::vector<StopLine> lines_;              // [line]
  std::vector<Gate> gates_;                  // [lane]
  std::vector<Count> counts_;                // [lane]
  std::vector<std::uint32_t> kind_exits_;    // [lane][kind], or empty
  std::vector<TurnWait> turn_waits_;         // [turn], or empty
  std::vector<EventWheel::Entry> entries_;   // [event]
  std::vector<Vehicle> vehicles_;
  std::vector<std::uint32_t> free_slots_;
  float fastest_factor_ = 1;
  std::vector<Part> parts_;
  Micros now_ = 0;
  std::size_t reading_ = 0;
  std::vector<Left> arrived_, aside_;
  std::span<const Halt> halts_;
  std::vector<HaltPlan> plans_;  // [slot], where any vehicle has halts
  std::vector<HaltDone> halted_;
};

template <typename Visit>
void LaneQueues::for_each_in(const StopLine& line, const Visit& visit) const {
  std::uint32_t wide = line.wide.head;
  std::uint32_t narrow = line.narrow.head;
  while (wide != no_row || narrow != no_row) {
    const bool takes_narrow =
        wide == no_row ||
        (narrow != no_row && line.narrow_first(vehicles_[narrow].ready, vehicles_[wide].ready));
    std::uint32_t& slot = takes_narrow ? narrow : wide;
    const std::uint32_t behind = vehicles_[slot].next;
    visit(slot);
    slot = behind;
  }
}

template <typename Visit>
void LaneQueues::for_each_on(std::uint32_t lane, const Visit& visit) const {
  if (const micro::MicroZone* zone = zone_of(lane)) {
    zone->for_each_on(lane, [&](const micro::VehiclePlace& place) { visit(place.vehicle); });
    for (const ZoneBorder::InBay& stands : zones_[zone_of_lane_[lane]].bays) {
      if (stands.lane == lane) visit(stands.slot);
    }
  } else {
    for_each_in(lines_[lane], visit);
  }
}

}  // namespace kontwin::traffic
