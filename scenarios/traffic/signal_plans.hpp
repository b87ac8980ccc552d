#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/traffic/network/network.hpp"

namespace kontwin::traffic {

/// The signals of a network as they run now: fixed plans are looked up in their cycle, of others
/// the stage that stands.
class SignalPlans {
 public:
  explicit SignalPlans(const Network& network);

  /// The first moment from `now` on at which a turn has green, and whether it must then give way;
  /// never when nothing but a change of stage can tell. `turn` must have a signal.
  Micros green_at(std::uint32_t turn, Micros now, bool& permissive) const;

  /// Asks memory for what green_at() will read of a turn: where its greens stand, then they.
  void fetch_place(std::uint32_t turn) const { __builtin_prefetch(&of_turn_[turn]); }
  void fetch_plan(std::uint32_t turn) const;

  /// The end of the last green of a fixed plan up to `now`, when the turn has red.
  Micros last_green_end(std::uint32_t turn, Micros now) const;

  const Signal& signal(std::uint32_t row) const { return signals_[row]; }
  std::size_t size() const { return signals_.size(); }
  bool runs_by_stage(std::uint32_t row) const { return clocks_[row].mode == Mode::by_stage; }

  // -- changes between two runs ------------------------------------------------------------------
  /// Puts another plan in the place of one: stages must fit the signal's turns, in their order.
  /// Throws ScenarioError where they do not, where no stage lasts, or where a turn gets no green.
  void set_plan(std::uint32_t row, SignalKind kind, Micros offset,
                std::vector<Signal::Stage> stages);
  /// Out of order: everybody gives way as without a signal; and back.
  void set_working(std::uint32_t row, bool working);
  bool working(std::uint32_t row) const { return clocks_[row].mode != Mode::dark; }
  /// Sets the plan aside: every turn out of `link` has green from `green_from` on and all else has
  /// red; no_row: red for all. And back to the plan.
  void hold(std::uint32_t row, std::uint32_t link, Micros now, Micros green_from);
  void release(std::uint32_t row, Micros now);

  // -- signals that choose their stages ----------------------------------------------------------
  std::uint32_t stage(std::uint32_t row) const { return stages_[row]; }
  Micros stage_since(std::uint32_t row) const { return since_[row]; }
  /// The stage that is to follow the changes after this one; `otherwise` where none was chosen.
  std::uint32_t chosen(std::uint32_t row, std::uint32_t otherwise) const {
    return chosen_[row] != no_row ? chosen_[row] : otherwise;
  }
  void choose(std::uint32_t row, std::uint32_t stage) { chosen_[row] = stage; }
  void set_stage(std::uint32_t row, std::uint32_t stage, Micros at) {
    stages_[row] = stage;
    since_[row] = at;
  }

 private:
  enum class Mode : std::uint8_t { fixed, by_stage, dark, held };
  /// What a vehicle at the stop line reads of a signal.
  struct Clock {
    Micros offset = 0, cycle = 0;
    Mode mode = Mode::fixed;
    Micros phase_at(Micros now) const {
      const Micros phase = (now - offset) % cycle;
      return phase < 0 ? phase + cycle : phase;
    }
  };
  struct Hold {
    std::uint32_t link = no_row;
    Micros since = 0, green_from = 0;
  };
  Mode mode_of_plan(std::uint32_t row) const {
    return signals_[row].kind == SignalKind::fixed ? Mode::fixed : Mode::by_stage;
  }
  void renew_greens(std::uint32_t row);

  const Network* network_;
  std::vector<Signal> signals_;
  std::vector<Clock> clocks_;          // [signal]
  std::vector<std::uint32_t> stages_;  // [signal]
  std::vector<std::uint32_t> chosen_;  // [signal] or no_row
  std::vector<Micros> since_;          // [signal]
  std::vector<Hold> holds_;            // [signal] where it is held
  std::vector<std::uint32_t> place_;   // [turn] among its signal's turns
  struct Greens {
    std::uint32_t signal = no_row, begin = 0, count = 0;
  };
  std::vector<Greens> of_turn_;  // [turn]
  std::vector<Network::Green> greens_;
};

}  // namespace kontwin::traffic
