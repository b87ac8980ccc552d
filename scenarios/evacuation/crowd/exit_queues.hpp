#pragma once

#include <vector>

#include "scenarios/evacuation/crowd/crowd_state.hpp"

namespace kontwin::crowd {

/// Who makes for each exit, and how quickly each lets a queue out. While a queue stands the flow is
/// what was seen, smoothed exponentially over 15 s and at least 0.1 persons a second and metre;
/// before, and again after, it goes to what is expected.
class ExitQueues {
 public:
  /// `expected_ppsm`: persons a second and metre of width, at most an exit's prescribed flow.
  ExitQueues(const Building& building, double expected_ppsm);

  /// Heads that left by an exit.
  void pass(std::uint32_t exit, std::uint32_t heads) { exits_[exit].passed += heads; }
  /// Looks at everybody, `seconds` after the last time.
  void look(const Pedestrians& rows, const CrowdState& state, double seconds);

  /// Heads that make for an exit and are nearer than `way_m`.
  double ahead(std::uint32_t exit, float way_m) const;
  /// Heads a second that an exit is thought to let out of a queue.
  double flow_hps(std::uint32_t exit) const { return exits_[exit].flow_hps; }
  /// How long those who are nearer to an exit than `way_m` need to leave by it.
  double wait_s(std::uint32_t exit, float way_m) const {
    return ahead(exit, way_m) / exits_[exit].flow_hps;
  }

 private:
  struct Exit {
    double expected_hps, least_hps, flow_hps;
    std::uint64_t passed = 0;           ///< heads, since the last look
    double stood_s = 0;                 ///< how long a queue has been there
    std::uint64_t slow = 0;             ///< heads that stand or hardly move, at this look
    float front_m = 0;                  ///< way of the first of them
    std::vector<std::uint32_t> nearer;  ///< heads, [whole metres]
  };
  void learn(Exit& exit, double seconds) const;

  std::vector<Exit> exits_;
};

}  // namespace kontwin::crowd
