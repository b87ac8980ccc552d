#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "scenarios/compute_arena.hpp"
#include "scenarios/traffic/assignment/assignment_network.hpp"

namespace kontwin::traffic {

enum class Principle : std::uint8_t {
  user_equilibrium,  ///< no one has a cheaper route than the one taken (Wardrop 1952, first)
  system_optimum,    ///< the sum of all costs is the least (Wardrop 1952, second)
};

struct AssignmentOptions {
  Principle principle = Principle::user_equilibrium;
  double relative_gap = 1e-12;  ///< good enough; 0: as near as numbers go
  int most_rounds = 1000;
};

struct Equilibrium {
  std::vector<double> link_flow;  ///< [link]
  std::vector<double> link_cost;  ///< [link] at that flow: what users pay, whatever the principle
  /// [pair] of the cheapest route, which is that of all used ones; of marginal costs where the
  /// principle is the system optimum; 0 from a node to itself
  std::vector<double> od_cost;
  double total_cost = 0;  ///< sum of flow times cost
  double objective = 0;   ///< of Beckmann: the sum of the integrals of the costs
  /// (total cost - cost had all taken a cheapest route) / total cost, at the costs of the principle
  double relative_gap = 0;
  double average_excess_cost = 0;  ///< the same difference over the sum of the demand
  int rounds = 0;                  ///< how often the ways were looked for anew
  /// The wanted gap was reached; where it is below 1e-15, rounding allowed no better.
  bool reached = false;
};

/// Static assignment with fixed demand, by Algorithm B (Dial 2006; Nie 2010, A class of bush-based
/// algorithms for the traffic assignment problem): flow by origin on a part of the network without
/// cycles, shifted by Newton's method between the dearest and the cheapest ways. The bushes stay
/// from one call to the next, so that another demand between the same pairs starts from the last
/// answer. The excess cost is summed over links as flow times what each costs over the cheapest
/// way, all terms 0 or more: so gaps down to rounding (1e-16) are told truly.
///
/// The answer is the same on any number of threads: bushes are refreshed in parallel at fixed
/// costs, flow is shifted origin by origin, each on the costs that the one before it left.
class Assignment {
 public:
  /// `pairs` in any order; the same pair twice is summed, trips from a node to itself use no link.
  /// Throws ScenarioError for a network with wrong rows, a flow that is not a number of 0 or more,
  /// or a pair with flow but no route.
  Assignment(AssignmentNetwork network, std::span<const OdFlow> pairs, ComputeArena& arena,
             Principle principle = Principle::user_equilibrium);
  ~Assignment();
  Assignment(Assignment&&) noexcept;
  Assignment& operator=(Assignment&&) noexcept;

  /// Other flows for the same pairs, in the order given.
  void set_flows(std::span<const double> flows);

  /// Goes on until the relative gap is `relative_gap` or less, `most_rounds` have passed, or
  /// rounding allows no better.
  Equilibrium solve(double relative_gap = 1e-12, int most_rounds = 1000);

  /// A part of the trips of a pair that uses a link.
  struct Share {
    std::uint32_t pair = 0;
    double share = 0;  ///< above 0, at most 1
  };
  /// For each of `links` the share of each pair that uses it, by rising pair; as last solved.
  /// Routes at equilibrium are not unique: shares are those of the bushes.
  std::vector<std::vector<Share>> shares(std::span<const std::uint32_t> links) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Assigns once.
Equilibrium assign(const AssignmentNetwork& network, std::span<const OdFlow> pairs,
                   ComputeArena& arena, const AssignmentOptions& options = {});

}  // namespace kontwin::traffic
