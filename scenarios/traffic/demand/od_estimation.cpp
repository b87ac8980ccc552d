#include "scenarios/traffic/demand/od_estimation.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

#include "twin/error.hpp"

namespace kontwin::traffic {

namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int most_newton_steps = 200;
/// Of the change of trips from one turn with shares to the next; more halves the step.
constexpr double shrinking_enough = 0.9;
constexpr double least_step = 0.05;

/// Shares by pair: who counts a pair's trips.
struct PairShares {
  std::vector<std::size_t> begin;
  std::vector<std::uint32_t> counter;
  std::vector<double> share;
};

PairShares by_pair(std::size_t pairs, std::span<const Counter> counters) {
  PairShares result;
  result.begin.assign(pairs + 1, 0);
  for (std::size_t k = 0; k < counters.size(); ++k) {
    const std::string name = "counter " + std::to_string(k);
    if (!std::isfinite(counters[k].counted) || counters[k].counted < 0 ||
        !std::isfinite(counters[k].deviation) || counters[k].deviation <= 0) {
      throw ScenarioError(
          name +
          ": count and deviation must be numbers, the count not below 0, the deviation above");
    }
    for (const CountShare& one : counters[k].shares) {
      if (one.pair >= pairs) throw ScenarioError(name + ": names a pair that is not there");
      if (!std::isfinite(one.share) || one.share < 0) {
        throw ScenarioError(name + ": a share below 0");
      }
      ++result.begin[one.pair + 1];
    }
  }
  std::partial_sum(result.begin.begin(), result.begin.end(), result.begin.begin());
  result.counter.resize(result.begin.back());
  result.share.resize(result.begin.back());
  std::vector<std::size_t> next(result.begin.begin(), result.begin.end() - 1);
  for (std::uint32_t k = 0; k < counters.size(); ++k) {
    for (const CountShare& one : counters[k].shares) {
      result.counter[next[one.pair]] = k;
      result.share[next[one.pair]++] = one.share;
    }
  }
  return result;
}

/// The dual problem: least over multipliers m (one a counter) of
///   sum V m^2 / 2 + sum_pairs max(0, prior + W P'm)^2 / (2 W) - count'm,
/// whose gradient is V m + P x - count with x = max(0, prior + W P'm).
class Dual {
 public:
  Dual(std::span<const PriorTrips> prior, std::span<const Counter> counters)
      : prior_(prior), shares_(by_pair(prior.size(), counters)), trips_(prior.size()) {
    const auto size = static_cast<Eigen::Index>(counters.size());
    count_.resize(size);
    variance_.resize(size);
    for (Eigen::Index k = 0; k < size; ++k) {
      const Counter& one = counters[static_cast<std::size_t>(k)];
      count_[k] = one.counted;
      variance_[k] = one.deviation * one.deviation;
    }
  }

  /// Sets trips and modelled counts at these multipliers; returns the value.
  double evaluate(const VectorXd& multiplier) {
    double value =
        0.5 * (variance_.array() * multiplier.array().square()).sum() - count_.dot(multiplier);
    counted_ = VectorXd::Zero(count_.size());
    for (std::size_t pair = 0; pair < prior_.size(); ++pair) {
      double pull = 0;
      for (std::size_t i = shares_.begin[pair]; i < shares_.begin[pair + 1]; ++i) {
        pull += shares_.share[i] * multiplier[shares_.counter[i]];
      }
      const double weight = prior_[pair].deviation * prior_[pair].deviation;
      const double trips = std::max(0.0, prior_[pair].trips + weight * pull);
      trips_[pair] = trips;
      // Less its value without multipliers, which is the prior's and tells nothing.
      value += weight > 0 ? (trips * trips - prior_[pair].trips * prior_[pair].trips) / (2 * weight)
                          : trips * pull;
      for (std::size_t i = shares_.begin[pair]; i < shares_.begin[pair + 1]; ++i) {
        counted_[shares_.counter[i]] += shares_.share[i] * trips;
      }
    }
    gradient_ = (variance_.array() * multiplier.array()).matrix() + counted_ - count_;
    return value;
  }

  /// The second derivative where evaluate was last asked.
  MatrixXd curvature() const {
    MatrixXd result = variance_.asDiagonal();
    for (std::size_t pair = 0; pair < prior_.size(); ++pair) {
      if (trips_[pair] <= 0) continue;
      const double weight = prior_[pair].deviation * prior_[pair].deviation;
      for (std::size_t i = shares_.begin[pair]; i < shares_.begin[pair + 1]; ++i) {
        for (std::size_t j = shares_.begin[pair]; j < shares_.begin[pair + 1]; ++j) {
          result(shares_.counter[i], shares_.counter[j]) +=
              weight * shares_.share[i] * shares_.share[j];
        }
      }
    }
    return result;
  }

  const VectorXd& gradient() const { return gradient_; }
  const VectorXd& counted() const { return counted_; }
  const VectorXd& count() const { return count_; }
  const std::vector<double>& trips() const { return trips_; }

 private:
  std::span<const PriorTrips> prior_;
  PairShares shares_;
  VectorXd count_, variance_, counted_, gradient_;
  std::vector<double> trips_;
};

void check_prior(std::span<const PriorTrips> prior) {
  for (std::size_t pair = 0; pair < prior.size(); ++pair) {
    const PriorTrips& one = prior[pair];
    if (!std::isfinite(one.trips) || one.trips < 0 || !std::isfinite(one.deviation) ||
        one.deviation < 0) {
      throw ScenarioError("prior of pair " + std::to_string(pair) +
                          ": trips and deviation must be numbers of 0 or more");
    }
  }
}

double objective_of(std::span<const PriorTrips> prior, std::span<const Counter> counters,
                    const OdEstimate& estimate) {
  double sum = 0;
  for (std::size_t pair = 0; pair < prior.size(); ++pair) {
    if (prior[pair].deviation == 0) continue;
    const double off = (estimate.trips[pair] - prior[pair].trips) / prior[pair].deviation;
    sum += off * off / 2;
  }
  for (std::size_t k = 0; k < counters.size(); ++k) {
    const double off = (estimate.counted[k] - counters[k].counted) / counters[k].deviation;
    sum += off * off / 2;
  }
  return sum;
}

}  // namespace

OdEstimate estimate_od(std::span<const PriorTrips> prior, std::span<const Counter> counters) {
  check_prior(prior);
  Dual dual(prior, counters);
  OdEstimate result;
  VectorXd at = VectorXd::Zero(static_cast<Eigen::Index>(counters.size()));
  double value = dual.evaluate(at);
  const double scale = 1 + dual.count().cwiseAbs().sum();
  while (!counters.empty() && result.steps < most_newton_steps) {
    const VectorXd gradient = dual.gradient();
    if (gradient.cwiseAbs().maxCoeff() <= 1e-12 * scale) break;
    const VectorXd step = dual.curvature().llt().solve(-gradient);
    const double fall = gradient.dot(step);
    // Armijo's rule; the full step is exact unless pairs reach or leave 0 on the way.
    double length = 1;
    VectorXd next = at + step;
    double there = dual.evaluate(next);
    while (there > value + 1e-4 * length * fall + 1e-14 * std::abs(value) && length > 1e-10) {
      length /= 2;
      next = at + length * step;
      there = dual.evaluate(next);
    }
    at = next;
    value = there;
    ++result.steps;
  }
  result.trips = dual.trips();
  result.counted.assign(dual.counted().begin(), dual.counted().end());
  result.objective = objective_of(prior, counters, result);
  return result;
}

OdEstimate estimate_od_with_model(std::span<const PriorTrips> prior,
                                  std::span<const CountedFlow> counts, const ShareModel& model,
                                  double tolerance, int most_turns) {
  std::vector<Counter> counters;
  for (const CountedFlow& one : counts) counters.push_back({one.counted, one.deviation, {}});
  OdEstimate now;
  for (const PriorTrips& one : prior) now.trips.push_back(one.trips);
  OdEstimate best;
  best.objective = std::numeric_limits<double>::infinity();
  double step = 1;
  double changed_before = std::numeric_limits<double>::infinity();
  for (int turn = 1;; ++turn) {
    auto shares = model(now.trips);
    if (shares.size() != counters.size()) {
      throw ScenarioError("estimation: shares of " + std::to_string(shares.size()) +
                          " counters where there are " + std::to_string(counters.size()));
    }
    now.counted.assign(counters.size(), 0);
    for (std::size_t k = 0; k < counters.size(); ++k) {
      counters[k].shares = std::move(shares[k]);
      for (const CountShare& one : counters[k].shares) {
        if (one.pair >= prior.size()) throw ScenarioError("estimation: shares of a pair not there");
        now.counted[k] += one.share * now.trips[one.pair];
      }
    }
    now.objective = objective_of(prior, counters, now);
    if (now.objective < best.objective) best = now;
    best.steps = turn;
    if (turn >= most_turns) return best;

    const OdEstimate next = estimate_od(prior, counters);
    double changed = 0;
    double sum = 0;
    for (std::size_t pair = 0; pair < prior.size(); ++pair) {
      const double change = next.trips[pair] - now.trips[pair];
      now.trips[pair] += step * change;
      changed += std::abs(change);
      sum += now.trips[pair];
    }
    if (changed <= tolerance * sum) return best;
    // Trips and shares chase each other where full steps go too far.
    if (changed > shrinking_enough * changed_before) step = std::max(step / 2, least_step);
    changed_before = changed;
  }
}

CountFit fit_of(std::span<const double> modelled, std::span<const double> counted) {
  CountFit fit;
  double off = 0;
  double sum = 0;
  for (std::size_t k = 0; k < counted.size(); ++k) {
    const double away = std::abs(modelled[k] - counted[k]);
    off += away;
    sum += counted[k];
    if (counted[k] > 0) fit.worst_error = std::max(fit.worst_error, away / counted[k]);
    const double both = modelled[k] + counted[k];
    constexpr double good_geh = 5;
    if (both <= 0 || std::sqrt(2 * away * away / both) < good_geh) fit.geh_below_5 += 1;
  }
  fit.relative_error = sum > 0 ? off / sum : 0;
  fit.geh_below_5 /= static_cast<double>(counted.size());
  return fit;
}

}  // namespace kontwin::traffic
