#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "scenarios/traffic/equilibrium/time_routes.hpp"
#include "scenarios/traffic/trip_run.hpp"

namespace kontwin::traffic {

/// How an equilibrium is looked for.
struct DynamicEquilibriumOptions {
  TripRunOptions run;               ///< of each round; its interval is that of the travel times
  double gap = 0.01;                ///< relative gap that is good enough, 0 or more
  int most_rounds = 50;             ///< 1 or more
  double step = 6;                  ///< of the first round, above 0; see DynamicEquilibrium
  double memory = 0.95;             ///< what a round counts in the one after it, 0 to below 1
  Micros together = to_micros(60);  ///< departures within as long share a search
};

/// What one round came to. Times are of all trips that have a way, by the waits at the ends of
/// links that the round measured (LinkTimes), seconds.
struct EquilibriumRound {
  double gap = 0;            ///< (experienced - best) / best
  double experienced_s = 0;  ///< over the ways that were driven
  double best_s = 0;         ///< over the best ways at the same departures
  double driven_s = 0;       ///< of the single vehicles that arrived, with waits at the roadside
  double step = 0;
  std::size_t trips = 0, arrived = 0, without_way = 0;
  std::size_t changed = 0;  ///< trips that take another way in the next round
};

/// Dynamic user equilibrium: departures are fixed, and routes such that hardly anybody has a faster
/// one (Wardrop 1952, by moment of departure). Found by rounds: all trips are driven over the
/// mesoscopic engine; for each the best way through the times that came of it is found; then a
/// share of those who have a better one takes it. That share is proportional to what they lose, by
/// the gap-based swap of Lu, Mahmassani and Zhou 2009 (Equivalent gap function-based
/// reformulation and solution algorithm for the dynamic user equilibrium problem):
///
///     share = step x (experienced - best) / experienced
///
/// with a step that shrinks where the gap grew and otherwise recovers slowly (self-regulated
/// averaging: Liu, He and He 2009). What a light's cycle makes of the times of a round is taken out
/// by those of the rounds before it (LinkTimes), so that drivers do not run after chance. Each
/// vehicle draws from a stream of its own, so the result does not depend on threads, nor on what
/// others far away do.
class DynamicEquilibrium {
 public:
  /// Trips without a route start with that of empty roads. The arena must outlive this. Throws
  /// ScenarioError where an option is out of its range or a route has a gap.
  DynamicEquilibrium(std::shared_ptr<const Network> network, const TripTable& trips,
                     ComputeArena& arena, DynamicEquilibriumOptions options = {});

  /// One more round; false when the gap is reached or the rounds are used up.
  bool round();
  const std::vector<EquilibriumRound>& rounds() const { return rounds_; }
  /// The round with the least gap.
  std::size_t best_round() const { return best_round_; }
  /// The trips with the routes of that round; in the order of the table they came from.
  const TripTable& best() const { return best_; }

 private:
  struct Choice {
    double experienced_s = 0, best_s = 0;
    std::uint32_t group = 0;
  };
  /// Trips that share a search: rows of by_group_ from begin on, and the way found for them.
  struct Group {
    std::uint32_t begin = 0, end = 0;
    std::vector<std::uint32_t> links;
  };
  void make_groups();
  void set_route(std::size_t trip, const std::vector<std::uint32_t>& links);
  void choose(const LinkTimes& times);
  std::size_t swap(double step);
  void drive(EquilibriumRound& now);

  std::shared_ptr<const Network> network_;
  ComputeArena& arena_;
  DynamicEquilibriumOptions options_;
  TimeRoutes routes_;
  TripTable table_, best_;
  std::map<std::vector<std::uint32_t>, std::uint32_t> known_;  // route: its place in the pool
  std::vector<Group> groups_;
  std::vector<std::uint32_t> by_group_;  // trips
  std::vector<Choice> choices_;          // [trip]
  WaitRecord record_;
  std::vector<EquilibriumRound> rounds_;
  std::size_t best_round_ = 0;
  double step_;
};

}  // namespace kontwin::traffic
