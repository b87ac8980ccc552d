#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/traffic/event_wheel.hpp"
#include "scenarios/traffic/link_table.hpp"
#include "scenarios/traffic/route_book.hpp"
#include "scenarios/traffic/vehicle_table.hpp"

namespace kontwin::traffic {

/// The vehicles of all links as queues: the kernel of the traffic engine. Driven by events, one at
/// a link's end and one at its start, so that a link without vehicles costs nothing.
///
/// A vehicle that drove in is ready at the link's end after its travel time. It leaves in the order
/// of readiness (faster vehicles pass), no closer to the one before than the link's exit headway,
/// and only into a next link whose entry headway has passed and which has room. Room comes back to
/// the start of a link as a hole that wanders against the traffic, so that a queue dissolves at the
/// speed of its jam wave (Newell 1993; Charypar, Axhausen and Nagel 2007). Those who wait for the
/// same link are served first come first served, one of each arm at a time. Nobody is ever moved
/// past a full link: gridlock stays gridlock.
class LinkQueues {
 public:
  LinkQueues(const LinkTable& links, VehicleTable& vehicles);

  /// Puts a vehicle at the roadside at the start of `link`, ready to drive in at `at`.
  void depart(std::uint32_t slot, std::uint32_t link, Micros at);
  /// Moves everything on to `until`, exclusive.
  void run(Micros until, const RouteBook& book);

  /// A vehicle whose way ended.
  struct Left {
    Micros at;
    std::uint32_t slot;
    std::uint32_t junction;
  };
  /// Vehicles that reached their destination, and vehicles that found no link they may drive into
  /// and pulled aside at a junction, since the last clear(); in order of time.
  const std::vector<Left>& arrived() const { return arrived_; }
  const std::vector<Left>& aside() const { return aside_; }
  void clear();

  // -- changes of the links, at a moment between two runs ----------------------------------------
  /// After a change of headways: nobody waits for the gap of the old ones.
  void renew(std::uint32_t link, Micros now);
  /// After a link was shut to some: those who wait to drive in choose again.
  void choose_again(std::uint32_t link, Micros now);
  /// After a link was blocked: those before its middle turn round, and are listed aside at its
  /// start with the moment when they are back there.
  void turn_back(std::uint32_t link, Micros now);

  // -- what is where ------------------------------------------------------------------------------
  std::uint32_t head(std::uint32_t link) const { return head_[link]; }
  std::uint32_t roadside_head(std::uint32_t link) const { return head_[links_.size() + link]; }
  std::uint32_t count(std::uint32_t link) const { return count_[link]; }
  /// Vehicles on links and at the roadside, counted one by one.
  std::uint64_t count_all() const;

  /// What passed since the last clear_counts(). [link]
  struct Counts {
    std::vector<std::uint32_t> exits;  ///< vehicles that left the link
    std::vector<Micros> time_sum;      ///< time they spent on it
    std::vector<Micros> delay_sum;     ///< of that, the time they waited at its end
  };
  const Counts& counts() const { return counts_; }
  void clear_counts();

 private:
  static constexpr std::uint32_t none = no_row;

  // A queue is a link, or (links + link) the roadside at the link's start.
  bool is_roadside(std::uint32_t queue) const { return queue >= links_.size(); }
  std::uint32_t junction_of(std::uint32_t queue) const;
  std::uint32_t exit_event(std::uint32_t queue) const { return queue; }
  std::uint32_t entry_event(std::uint32_t link) const {
    return static_cast<std::uint32_t>(2 * links_.size()) + link;
  }

  void insert(std::uint32_t queue, std::uint32_t slot);
  void unlink(std::uint32_t queue, std::uint32_t slot);
  void schedule_exit(std::uint32_t queue);
  void serve_exit(std::uint32_t queue, Micros now, const RouteBook& book);
  void serve_entry(std::uint32_t link, Micros now);
  /// When the next vehicle may drive in; EventWheel::never when nothing says so yet.
  Micros entry_at(std::uint32_t link, Micros now);
  void wait_for(std::uint32_t queue, std::uint32_t link, Micros now);
  void leave_queue(std::uint32_t queue, std::uint32_t slot, Micros now);
  void drive_in(std::uint32_t queue, std::uint32_t link, Micros now);
  void add_hole(std::uint32_t link, CarHundredths size, Micros at);

  const LinkTable& links_;
  VehicleTable& vehicles_;
  EventWheel wheel_;
  std::vector<std::uint32_t> head_, tail_, count_;       // [queue]
  std::vector<Micros> next_exit_;                        // [queue]
  std::vector<std::uint32_t> waits_for_, next_waiting_;  // [queue]

  /// What driving into a link looks at, side by side: links are visited at random.
  struct Gate {
    Micros next_entry = 0;
    CarHundredths taken = 0;  // by vehicles and holes
    CarHundredths storage = 0;
    std::uint32_t first_hole = none, last_hole = none;
    std::uint32_t first_waiting = none, last_waiting = none;
  };
  std::vector<Gate> gates_;  // [link]

  /// Room on its way to the start of its link; unused ones are a list as well.
  struct Hole {
    Micros at = 0;
    CarHundredths size = 0;
    std::uint32_t next = none;
  };
  std::vector<Hole> holes_;
  std::uint32_t free_hole_ = none;

  std::vector<Left> arrived_, aside_;
  Counts counts_;
};

}  // namespace kontwin::traffic
