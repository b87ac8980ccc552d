#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "scenarios/traffic/guides.hpp"
#include "scenarios/traffic/traffic_options.hpp"
#include "twin/forcing.hpp"
#include "twin/time.hpp"
#include "twin/world.hpp"

namespace kontwin::traffic {

/// Keeps the background demand of a run close to what traffic counters saw. At the end of each
/// interval the flow on each counter's road is held against the one seen, and the demand of every
/// home is multiplied by the mean of the ratios at the counters that its trips pass, each as often
/// as they pass it: one step of the multiproportional estimate of Van Zuylen and Willumsen 1980
/// (The most likely trip matrix estimated from traffic counts), damped by a gain, and by the GEH
/// statistic, so that a difference below 5 (which practice takes for none) moves little. A weak
/// ratio of all counters together holds for homes that pass none.
class CountCorrection {
 public:
  /// `start`: of the branch. Counters without a road are left out.
  CountCorrection(const World& world, const Forcing& forcing, const TrafficOptions& options,
                  Instant start);

  /// Takes note of a trip of a residence that follows a tree of `guides` from a link on.
  void departed(std::uint32_t residence, const Network& network, const Guides& guides,
                std::uint32_t tree, std::uint32_t first_link);
  /// Takes over the flows of a window, [road], and corrects where an interval ended at `to`.
  void passed(Instant from, Instant to, std::span<const double> flow_vph);

  /// On the demand of each residence, 0.1 to 10. [residence]
  std::span<const double> factors() const { return factors_; }

 private:
  struct Counter {
    std::uint32_t road = 0;
    TimeSeries seen_vph;
    double vehicle_sum = 0;       // that passed in this interval
    std::vector<double> passing;  // [residence] trips by it lately
  };
  void correct(Instant middle, double span_s);

  Duration interval_;
  double gain_;
  Instant begin_;
  std::vector<Counter> counters_;
  std::vector<std::uint32_t> counter_of_road_;  // or no_row
  std::vector<double> trips_;                   // [residence] lately
  std::vector<double> factors_;
};

/// sqrt(2 (a - b)^2 / (a + b)) of two flows an hour (Geoffrey E. Havers): below 5 they agree.
double geh(double a_vph, double b_vph);

}  // namespace kontwin::traffic
