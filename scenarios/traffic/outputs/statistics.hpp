#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace kontwin::traffic {

/// What the same seeds under two conditions say of their difference.
struct PairedDifference {
  std::size_t pairs = 0;
  double mean_a = 0, mean_b = 0;
  double difference = 0;     ///< mean of b - a
  double half_width = 0;     ///< of its confidence interval; infinite with one pair
  double p = 1;              ///< two-sided, of no difference
  double q = 1;              ///< p after control of false discoveries; p itself where none was done
  bool significant = false;  ///< q is below what was asked for
};

/// Paired t-test and interval (Student 1908) of values that belong together, NaN pairs left out. A
/// difference that is the same in all pairs has an interval of width 0, and p 0 unless it is 0.
/// `confidence` above 0 and below 1.
PairedDifference paired_difference(std::span<const double> a, std::span<const double> b,
                                   double confidence = 0.95);

/// Sets q of many differences so that of those with q below a rate, that share is expected to be
/// there by chance (Benjamini and Hochberg 1995, Controlling the false discovery rate), and marks
/// those below `rate`.
void control_false_discoveries(std::span<PairedDifference*> differences, double rate = 0.05);

}  // namespace kontwin::traffic
