#pragma once

#include "scenarios/traffic/lane_queues.hpp"

namespace kontwin::traffic {

/// One part of the network while it advances: the inner loop of LaneQueues. Touches only the lines,
/// gates, events and vehicles of its part. Private to LaneQueues.
class LanePart {
 public:
  /// `guides` and `links` are needed for run() alone.
  LanePart(LaneQueues& all, std::uint32_t part, const Guides* guides = nullptr,
           const LinkState* links = nullptr);

  void run(Micros until);
  /// Takes what other parts handed over.
  void take_over(Micros now);

  void insert(std::uint32_t line, std::uint32_t slot);
  void unlink(std::uint32_t line, std::uint32_t slot);
  /// Adds the halts of a vehicle that drove into a link to its time there.
  void halt(std::uint32_t slot, std::uint32_t link);
  /// Brings the plan of a vehicle that drove into a link to its halts there.
  void come_to_halts(std::uint32_t slot, std::uint32_t link);
  /// The next halt of its plan where that is on the link it is on, or null.
  const Halt* next_halt(std::uint32_t slot, std::uint32_t link) const;
  void schedule_exit(std::uint32_t line);
  void add_hole(std::uint32_t lane, CarHundredths size, Micros at);
  /// Gives the room that has come back to the start of a lane to those who want in.
  void take_in_holes(std::uint32_t lane, Micros now);
  /// When a vehicle of this room may drive into a lane; never when nothing says so yet.
  Micros entry_at(std::uint32_t lane, Micros now, CarHundredths room);
  /// Wakes a lane when the first of those who wait for it may drive in. Somebody must wait.
  void schedule_entry(std::uint32_t lane, Micros now);
  void wake_signal(std::uint32_t signal, Micros now);

 private:
  using Gate = LaneQueues::Gate;

  void run_events(Micros until);
  /// Asks memory for what the next events read; returns the moment up to which it did.
  Micros fetch_ahead(Micros until);

  void serve_exit(std::uint32_t line, Micros now);
  void serve_entry(std::uint32_t lane, Micros now);
  void serve_signal(std::uint32_t signal, Micros now);
  /// Lets a vehicle at the head of a line leave it if it may: `now` when it did, else the moment to
  /// look again (never: someone will wake the line). `gate`: the lane that it found shut.
  Micros try_leave(std::uint32_t line, std::uint32_t slot, Micros now, std::uint32_t& gate);
  Micros green_and_clear(std::uint32_t line, std::uint32_t turn, const Vehicle& vehicle,
                         Micros now);
  /// When the first at a red light drives, given that it turns green at `green`.
  Micros start_at(std::uint32_t line, const Vehicle& vehicle, Micros now, Micros green);
  Micros gap_at(std::uint32_t line, std::uint32_t turn, const Vehicle& vehicle, Micros now) const;
  /// The headway behind one that leaves now where approaches take turns.
  Micros all_way_headway(std::uint32_t line, Micros now) const;
  /// Who goes before a turn.
  std::span<const LaneQueues::Foe> foes_of(std::uint32_t turn) const {
    const std::uint32_t begin = network_.give_way_begin[turn];
    return std::span(all_.foes_).subspan(begin, network_.give_way_begin[turn + 1] - begin);
  }
  bool somebody_waits(std::uint32_t link, Micros now) const;
  /// Whether a vehicle finds room where `taken` is taken and `hole` is the first on its way there.
  /// Nobody drives in who would stand partly in the junction; but what is missing may be on its
  /// way, since a vehicle that drives in behind others who move has its room when it gets there.
  /// So short links carry what long ones do, and hold whole vehicles.
  bool fits(const Gate& gate, CarHundredths taken, std::uint32_t hole, CarHundredths room) const;
  CarHundredths room_of_first_waiting(std::uint32_t lane) const;
  /// The lane of a link for a vehicle to drive into, of those that lead onward and let its kind in:
  /// an open one with the most room, else one that fewest are ahead of.
  std::uint32_t choose_lane(std::uint32_t link, std::uint32_t onward, const Vehicle& vehicle,
                            Micros now);
  /// Queues a line up for a lane, for a vehicle of this room.
  void wait_for(std::uint32_t line, std::uint32_t lane, CarHundredths room, Micros now);
  /// `headway_percent`: how much of the lane's headway it leaves behind it.
  void leave(std::uint32_t line, std::uint32_t slot, Micros now, int headway_percent = 100);
  void drive_in(std::uint32_t line, std::uint32_t slot, std::uint32_t link, std::uint32_t lane,
                std::uint32_t onward, Micros now);
  /// Puts a vehicle onto a lane whose gate has let it in.
  void put_on(std::uint32_t lane, std::uint32_t link, std::uint32_t slot, std::uint32_t onward,
              Micros at);

  // -- lane_zones.cpp ----------------------------------------------------------------------------
  void run_with_zones(Micros until);
  void step_zone(ZoneBorder& border);
  void take_from_zone(ZoneBorder& border, const micro::Leaving& gone);
  /// When somebody may next be looked at for a lane in a zone: never until its next step where
  /// there was no room.
  Micros zone_entry_at(std::uint32_t lane) const;
  /// Whether a vehicle finds room in a lane of a zone now; entry_mps_ says how fast it comes in.
  bool zone_admits(std::uint32_t line, std::uint32_t slot, std::uint32_t lane, Micros now);
  void enter_zone(std::uint32_t lane, std::uint32_t slot, Micros now);
  /// What a vehicle wants at the end of a link that it comes onto inside a zone.
  std::uint32_t turn_in_zone(std::uint32_t slot, std::uint32_t link);
  micro::Stopping stop_in_zone(std::uint32_t slot, std::uint32_t link) const;
  /// A vehicle has come to its next halt in a zone.
  void halt_in_zone(ZoneBorder& border, std::uint32_t slot, Micros arrived, Micros left);
  void serve_bays(ZoneBorder& border, Micros now);
  /// Whether a vehicle may drive out of a zone, or over the end of a metered lane.
  bool may_drive_on(ZoneBorder& border, std::uint32_t slot, std::uint32_t turn, std::uint32_t line,
                    Micros now);
  bool may_drive_out(ZoneBorder& border, std::uint32_t slot, std::uint32_t link, std::uint32_t line,
                     Micros now);
  /// Whether a lane has room now, or will have when a vehicle comes there.
  bool has_room(std::uint32_t lane, CarHundredths room, Micros now, double in_s);
  /// Keeps a place for the first of a lane in a zone, whose turn it is among those who wait.
  void grant(std::uint32_t line, Micros now);
  Aspect aspect_in_zone(std::uint32_t turn, Micros now) const;

  double pressure_of(const Signal& signal, std::uint32_t stage, Micros now);
  bool demand_for(const Signal& signal, std::uint32_t stage, Micros now) const;

  LaneQueues& all_;
  LaneQueues::Part& part_;
  std::uint32_t number_;
  const Guides* guides_;
  const LinkState* links_;
  const Network& network_;
  std::uint32_t granted_ = no_row;  // the lane whose turn it is, past those who wait for it
  double entry_mps_ = 0;
  std::uint32_t entering_ = no_row;  // a zone, this vehicle
  bool pulls_out_ = false;           // and it does so from a bay
};

}  // namespace kontwin::traffic
