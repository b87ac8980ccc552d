#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "twin/state_table.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// When roads close to those who leave, told state by state: water too deep for a motorbike,
/// debris, a barrier. A road that was once closed counts as closed from then on.
class RoadClosures {
 public:
  explicit RoadClosures(const World& world);
  ~RoadClosures();

  /// How the roads stand at a moment, s after the order; moments rise. What is shut then may have
  /// closed at any time since the last look, and counts as closed from there on.
  void see(const StateTable& state, double at_s);
  /// Closes one road for good, or opens it again.
  void close(std::uint32_t road, double at_s);
  void open(std::uint32_t road);
  /// [road] s after the order; infinite where it stays open. As PlanOptions::closes_s.
  const std::vector<double>& closes_s() const { return closes_s_; }
  /// [road] when at the latest it was shut to all vehicles for good; infinite where it is open at
  /// the last look, below 0 where it never was. As PlanOptions::open_until_s.
  std::vector<double> open_until_s() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
  std::vector<double> closes_s_;
  std::vector<double> open_until_s_;  // by what was seen
  std::vector<double> shut_s_;        // by close()
  double looked_s_ = 0;
};

}  // namespace kontwin
