#include "scenarios/traffic/count_correction.hpp"

#include <algorithm>
#include <cmath>

namespace kontwin::traffic {

namespace {

constexpr double agrees_geh = 5;
constexpr double least_ratio = 1.0 / 3;
constexpr double least_factor = 0.1, most_factor = 10;
/// What all counters together count for with a home, as a share of its trips.
constexpr double weight_of_all = 0.2;
/// How much of what was noted an interval ago still counts.
constexpr double memory = 0.5;

/// The logarithm of what demand is to be multiplied by, for a flow and the one seen.
double step_of(double flow_vph, double seen_vph, double gain) {
  // One vehicle more on both sides, so that a road nobody drove on is no infinite error.
  const double ratio = std::clamp((seen_vph + 1) / (flow_vph + 1), least_ratio, 1 / least_ratio);
  return gain * std::min(1.0, geh(flow_vph, seen_vph) / agrees_geh) * std::log(ratio);
}

}  // namespace

double geh(double a_vph, double b_vph) {
  const double sum = a_vph + b_vph;
  return sum > 0 ? std::sqrt(2 * (a_vph - b_vph) * (a_vph - b_vph) / sum) : 0;
}

CountCorrection::CountCorrection(const World& world, const Forcing& forcing,
                                 const TrafficOptions& options, Instant start)
    : interval_(from_seconds(options.correction_min * 60)),
      gain_(options.correction_gain),
      begin_(start),
      counter_of_road_(world.roads().links(), no_row),
      trips_(world.entities(Kind::residence).size(), 0),
      factors_(trips_.size(), 1) {
  const EntityTable& counters = world.entities(Kind::traffic_counter);
  for (const auto& [row, seen] : forcing.traffic_flow_vph) {
    const double road = counters.attribute(traffic_counter_attribute::road_row, row);
    if (!(road >= 0 && road < static_cast<double>(counter_of_road_.size()))) continue;
    const auto link = static_cast<std::uint32_t>(road);
    if (counter_of_road_[link] != no_row) continue;
    counter_of_road_[link] = static_cast<std::uint32_t>(counters_.size());
    counters_.push_back({link, seen, 0, std::vector<double>(trips_.size(), 0)});
  }
}

void CountCorrection::departed(std::uint32_t residence, const Network& network,
                               const Guides& guides, std::uint32_t tree, std::uint32_t first_link) {
  trips_[residence] += 1;
  const auto turns = guides.tree(tree);
  std::uint32_t link = first_link;
  // A tree has no circles; the bound is for one that is being computed anew.
  for (std::size_t steps = 0; steps < network.links(); ++steps) {
    const std::uint32_t counter = counter_of_road_[link];
    if (counter != no_row) counters_[counter].passing[residence] += 1;
    const std::uint32_t turn = turns[link];
    if (turn >= network.turns()) return;
    link = network.turn_to[turn];
  }
}

void CountCorrection::passed(Instant from, Instant to, std::span<const double> flow_vph) {
  const double hours = to_seconds(to - from) / 3600;
  for (Counter& counter : counters_) counter.vehicle_sum += flow_vph[counter.road] * hours;
  if (to - begin_ < interval_) return;
  correct(begin_ + (to - begin_) / 2, to_seconds(to - begin_));
  begin_ = to;
}

void CountCorrection::correct(Instant middle, double span_s) {
  std::vector<double> steps(counters_.size(), 0);
  std::vector<std::uint8_t> known(counters_.size(), 0);
  double flow_sum = 0;
  double seen_sum = 0;
  for (std::size_t i = 0; i < counters_.size(); ++i) {
    Counter& counter = counters_[i];
    const double flow_vph = counter.vehicle_sum * 3600 / span_s;
    counter.vehicle_sum = 0;
    // Beyond what was seen there is nothing to learn.
    if (counter.seen_vph.empty() || middle < counter.seen_vph.at.front() ||
        middle > counter.seen_vph.at.back() + interval_) {
      continue;
    }
    const double seen_vph = counter.seen_vph.value_at(middle);
    if (!(seen_vph >= 0)) continue;
    known[i] = 1;
    flow_sum += flow_vph;
    seen_sum += seen_vph;
    steps[i] = step_of(flow_vph, seen_vph, gain_);
  }
  if (std::ranges::count(known, 1) > 0) {
    const double all = step_of(flow_sum, seen_sum, gain_);
    for (std::size_t home = 0; home < factors_.size(); ++home) {
      double weight = weight_of_all * std::max(1.0, trips_[home]);
      double sum = weight * all;
      for (std::size_t i = 0; i < counters_.size(); ++i) {
        if (known[i] == 0) continue;
        weight += counters_[i].passing[home];
        sum += counters_[i].passing[home] * steps[i];
      }
      factors_[home] =
          std::clamp(factors_[home] * std::exp(sum / weight), least_factor, most_factor);
    }
  }
  for (double& trips : trips_) trips *= memory;
  for (Counter& counter : counters_) {
    for (double& passing : counter.passing) passing *= memory;
  }
}

}  // namespace kontwin::traffic
