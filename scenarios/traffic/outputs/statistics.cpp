#include "scenarios/traffic/outputs/statistics.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "twin/error.hpp"

namespace kontwin::traffic {

PairedDifference paired_difference(std::span<const double> a, std::span<const double> b,
                                   double confidence) {
  if (a.size() != b.size()) throw Error("a paired difference of lists of unequal length");
  PairedDifference found;
  std::vector<double> differences;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::isnan(a[i]) || std::isnan(b[i])) continue;
    found.mean_a += a[i];
    found.mean_b += b[i];
    differences.push_back(b[i] - a[i]);
  }
  found.pairs = differences.size();
  if (differences.empty()) {
    found.half_width = std::numeric_limits<double>::infinity();
    return found;
  }
  const auto count = static_cast<double>(differences.size());
  found.mean_a /= count;
  found.mean_b /= count;
  found.difference = std::accumulate(differences.begin(), differences.end(), 0.0) / count;
  if (differences.size() == 1) {
    found.half_width = std::numeric_limits<double>::infinity();
    return found;
  }
  double squares = 0;
  for (const double one : differences) {
    squares += (one - found.difference) * (one - found.difference);
  }
  const double error = std::sqrt(squares / (count - 1) / count);
  // What is left of the rounding of sums is no spread.
  const double rounding = 1e-12 * (std::abs(found.mean_a) + std::abs(found.mean_b));
  const boost::math::students_t student(count - 1);
  if (error <= rounding) {
    found.p = std::abs(found.difference) <= rounding ? 1 : 0;
  } else {
    found.half_width = boost::math::quantile(student, 0.5 + confidence / 2) * error;
    found.p =
        2 * boost::math::cdf(boost::math::complement(student, std::abs(found.difference) / error));
  }
  found.q = found.p;
  found.significant = found.q < 1 - confidence;
  return found;
}

void control_false_discoveries(std::span<PairedDifference*> differences, double rate) {
  std::vector<PairedDifference*> rising(differences.begin(), differences.end());
  std::ranges::stable_sort(rising, {}, [](const PairedDifference* one) { return one->p; });
  const auto count = static_cast<double>(rising.size());
  double least = 1;
  for (std::size_t rank = rising.size(); rank > 0; --rank) {
    PairedDifference& one = *rising[rank - 1];
    least = std::min(least, one.p * count / static_cast<double>(rank));
    one.q = least;
    one.significant = one.q < rate;
  }
}

}  // namespace kontwin::traffic
