#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "scenarios/traffic/link_state.hpp"

namespace kontwin::traffic {

/// What measures make of links while a run goes on: who may drive in, and how fast. Holds the links
/// that change alone: of a run without measures it is empty, and costs nothing to ask.
class LinkTimeline {
 public:
  /// The links as they are from a moment on, which rises from call to call.
  void note(double at_s, const LinkState& links);

  /// When one gets to the end of a link who would drive into it at `at_s`: on a link that changes
  /// one waits until it opens, and drives at the speed of that moment, `length_m` long and up to
  /// `top_speed_mps`; else it takes `free_s`. `unreachable` where it does not open any more.
  double ready_s(std::uint32_t link, VehicleKind kind, double at_s, double free_s, double length_m,
                 double top_speed_mps) const {
    if (changes_.empty()) return at_s + free_s;
    return ready_after_change_s(link, kind, at_s, free_s, length_m, top_speed_mps);
  }
  /// Links are at most one over this as fast as at the start; 1 where none gets faster.
  double slowest_share() const { return slowest_share_; }

 private:
  struct Change {
    double from_s = 0, speed_mps = 0;
    VehicleKinds may_enter = 0;
  };
  double ready_after_change_s(std::uint32_t link, VehicleKind kind, double at_s, double free_s,
                              double length_m, double top_speed_mps) const;

  std::vector<Change> last_;                              // [link]
  std::map<std::uint32_t, std::vector<Change>> changes_;  // [link]
  double slowest_share_ = 1;
};

}  // namespace kontwin::traffic
