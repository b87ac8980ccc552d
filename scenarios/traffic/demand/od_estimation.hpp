#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace kontwin::traffic {

/// So large a part of a pair's trips passes a counter.
struct CountShare {
  std::uint32_t pair = 0;
  double share = 0;  ///< above 0
};

/// A counter: what it counted, how far that may be off, and who passes it.
struct Counter {
  double counted = 0;
  double deviation = 1;  ///< standard, above 0
  std::vector<CountShare> shares;
};

/// What is believed of a pair's trips before any count.
struct PriorTrips {
  double trips = 0;
  double deviation = 1;  ///< standard; 0: they are known
};

struct OdEstimate {
  std::vector<double> trips;    ///< [pair] 0 or more
  std::vector<double> counted;  ///< [counter] what these trips would count
  double objective = 0;
  int steps = 0;
};

/// Trips between pairs that fit counts and prior best by generalised least squares (Cascetta 1984),
/// none below 0: the least of sum ((x - prior) / deviation)^2 / 2 + sum ((count - P x) /
/// deviation)^2 / 2. Exact: solved by Newton's method on the dual problem, which has one unknown a
/// counter and pieces of second degree, so that it ends after few steps however many pairs there
/// are. Throws ScenarioError for a deviation or share that makes no sense, or a pair that is not
/// there.
OdEstimate estimate_od(std::span<const PriorTrips> prior, std::span<const Counter> counters);

/// Gives the counters' shares when these trips drive: an assignment. Where roads are crowded the
/// shares depend on the trips.
using ShareModel =
    std::function<std::vector<std::vector<CountShare>>(std::span<const double> trips)>;

struct CountedFlow {
  double counted = 0;
  double deviation = 1;  ///< standard, above 0
};

/// The same where shares follow from the trips: estimates and asks for shares by turns, with steps
/// that are halved when the changes do not shrink, until an estimate moves trips by less than
/// `tolerance` of their sum or `most_turns` have passed. Returns the trips of the least objective
/// under their own shares; that need not be the least there is. A counter's deviation should cover
/// what the model gets wrong, too.
OdEstimate estimate_od_with_model(std::span<const PriorTrips> prior,
                                  std::span<const CountedFlow> counts, const ShareModel& model,
                                  double tolerance = 1e-3, int most_turns = 30);

/// How well modelled counts fit counted ones.
struct CountFit {
  double relative_error = 0;  ///< sum |modelled - counted| / sum counted
  double worst_error = 0;     ///< largest |modelled - counted| / counted, where counted is above 0
  double geh_below_5 = 0;     ///< share with GEH = sqrt(2 (m - c)^2 / (m + c)) below 5 (DMRB 12a)
};
/// Counts in vehicles an hour, for GEH. Both of the same length, not empty.
CountFit fit_of(std::span<const double> modelled, std::span<const double> counted);

}  // namespace kontwin::traffic
