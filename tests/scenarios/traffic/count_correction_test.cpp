#include "scenarios/traffic/count_correction.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "scenarios/observed_forcing.hpp"
#include "tests/scenarios/traffic/traffic_run.hpp"
#include "twin/random.hpp"

namespace kontwin::testing {
namespace {

constexpr int warm_up_min = 30, watched_min = 210;

/// A town with a counter on every ninth street.
std::shared_ptr<const World> counted_town() {
  static const std::shared_ptr<const World> world = [] {
    WorldParts parts = town_parts(12);
    const std::size_t roads = parts.roads.links();
    for (std::uint32_t road = 4; road < roads; road += 9) {
      EntityRecord counter;
      counter.urn = make_urn(Kind::traffic_counter, "count-" + std::to_string(road));
      counter.place = parts.entities[index_of(Kind::road)].place[road];
      counter.attributes = {static_cast<double>(road)};
      parts.add(Kind::traffic_counter, std::move(counter));
    }
    return World::seal(std::move(parts));
  }();
  return world;
}

TrafficOptions lively() {
  TrafficOptions options;
  options.background_trips_per_person_day = 4;
  options.mean_trip_km = 1;
  return options;
}

/// What counters show, quarter by quarter: [counter][quarter].
using Flows = std::vector<std::vector<double>>;

Flows watch(Branch branch, TrafficOptions options = lively(), std::size_t threads = 1) {
  TrafficRun run(std::move(branch), options, threads);
  const std::size_t counters = run.branch.world->entities(Kind::traffic_counter).size();
  Flows flows(counters, std::vector<double>((warm_up_min + watched_min) / 15, 0));
  run.run(warm_up_min + watched_min, {}, [&](int minute) {
    const auto flow = run.state.column(Kind::traffic_counter, traffic_counter_column::flow_vph);
    for (std::size_t i = 0; i < counters; ++i) {
      if (std::isfinite(flow[i])) flows[i][static_cast<std::size_t>(minute / 15)] += flow[i] / 15;
    }
  });
  return flows;
}

/// In truth twice as many live in the west as is known, and 40 % fewer in the east; and what
/// happens there is another day.
Branch truth() {
  Branch branch = branch_of(counted_town(), 77);
  const EntityTable& homes = branch.world->entities(Kind::residence);
  const auto people = branch.state.column(Kind::residence, residence_column::people_home);
  for (std::uint32_t row = 0; row < homes.size(); ++row) {
    people[row] *= homes.place[row].x_m < 1300 ? 2 : 0.6;
  }
  return branch;
}

/// A forecast that hears of every other counter of the truth, up to a moment.
Branch forecast(const Flows& seen, bool corrected, int heard_min = warm_up_min + watched_min,
                std::uint64_t seed = 5) {
  Branch branch = branch_of(counted_town(), seed);
  if (!corrected) return branch;
  for (std::uint32_t counter = 0; counter < seen.size(); counter += 2) {
    TimeSeries series;
    series.between = TimeSeries::Between::hold;
    for (std::size_t quarter = 0; quarter < seen[counter].size(); ++quarter) {
      const int minute = static_cast<int>(quarter) * 15;
      if (minute > heard_min) break;
      series.at.push_back(branch.start + from_seconds(60.0 * minute));
      series.value.push_back(seen[counter][quarter]);
    }
    branch.forcing.traffic_flow_vph.emplace_back(counter, series);
  }
  return branch;
}

/// Mean flow of each counter that the forecast does not hear of, over the last two hours.
std::vector<double> held_out(const Flows& flows) {
  std::vector<double> means;
  for (std::size_t counter = 1; counter < flows.size(); counter += 2) {
    double sum = 0;
    for (std::size_t quarter = flows[counter].size() - 8; quarter < flows[counter].size();
         ++quarter) {
      sum += flows[counter][quarter] / 8;
    }
    means.push_back(sum);
  }
  return means;
}

/// Sum of the absolute errors over the sum of the flows.
double error_share(const std::vector<double>& flows, const std::vector<double>& truth) {
  double error = 0;
  double sum = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    error += std::abs(flows[i] - truth[i]);
    sum += truth[i];
  }
  return error / sum;
}

TEST(CountCorrection, HalvesTheErrorAtCountersThatItDoesNotHearOf) {
  const Flows seen = watch(truth());
  const std::vector<double> real = held_out(seen);
  double without = 0, with = 0, another_day = 0;
  constexpr int seeds = 4;
  for (std::uint64_t seed = 5; seed < 5 + seeds; ++seed) {
    const int all = warm_up_min + watched_min;
    without += error_share(held_out(watch(forecast(seen, false, all, seed))), real) / seeds;
    with += error_share(held_out(watch(forecast(seen, true, all, seed))), real) / seeds;
    // No forecast can be nearer than the same demand on another day.
    Branch other = truth();
    other.seed = seed;
    another_day += error_share(held_out(watch(other)), real) / seeds;
  }
  EXPECT_GT(without, 0.35);
  EXPECT_LT(with, 0.22);
  EXPECT_LT(with, 0.55 * without);
  // Over 16 seeds the difference is 0.051 with a standard deviation of 0.047: 0.024 for a mean of
  // four, so that a bar of 0.06 would be kept or not by chance.
  EXPECT_LT(with, another_day + 0.08);
}

TEST(CountCorrection, AForecastStartsFromWhatTheCountersSawInItsLeadIn) {
  // The truth until the fork, quarter by quarter, as a mirror hears it; and the half hour after it.
  constexpr int before_min = 120, after_min = 30;
  const Flows seen = watch(truth());
  const auto forked = [&](bool heard) {
    Branch branch = branch_of(counted_town(), 5);
    branch.start += std::chrono::minutes(before_min);
    branch.lead_in = std::chrono::minutes(before_min);
    std::vector<Reading> readings;
    for (std::uint32_t counter = 0; heard && counter < seen.size(); counter += 2) {
      for (int quarter = 0; quarter < before_min / 15; ++quarter) {
        readings.push_back({{Kind::traffic_counter, counter},
                            traffic_counter_column::flow_vph,
                            seen[counter][static_cast<std::size_t>(quarter)],
                            branch.lead_in_start() + std::chrono::minutes(15 * (quarter + 1))});
      }
    }
    add_observed(branch, readings);
    TrafficRun run(std::move(branch), lively());
    run.lead_in();
    std::vector<double> flows(seen.size() / 2, 0);
    run.run(after_min, {}, [&](int) {
      const auto flow = run.state.column(Kind::traffic_counter, traffic_counter_column::flow_vph);
      for (std::size_t i = 0; i < flows.size(); ++i) flows[i] += flow[2 * i + 1] / after_min;
    });
    return flows;
  };
  std::vector<double> real;
  for (std::size_t i = 0; i < seen.size() / 2; ++i) {
    real.push_back((seen[2 * i + 1][before_min / 15] + seen[2 * i + 1][before_min / 15 + 1]) / 2);
  }
  const double without = error_share(forked(false), real);
  const double with = error_share(forked(true), real);
  EXPECT_GT(without, 0.3);
  EXPECT_LT(with, 0.75 * without) << with << " against " << without;
}

TEST(CountCorrection, WhatWasLearntStaysWhenCountsEnd) {
  const Flows seen = watch(truth());
  const std::vector<double> real = held_out(seen);
  const double without = error_share(held_out(watch(forecast(seen, false))), real);
  const double learnt = error_share(held_out(watch(forecast(seen, true, warm_up_min + 90))), real);
  EXPECT_LT(learnt, 0.7 * without);
}

TEST(CountCorrection, CountsOfTheRunItselfChangeLittle) {
  // A forecast of the same day with the right demand: what it hears is what it does.
  const Flows same = watch(branch_of(counted_town(), 5));
  const Flows corrected = watch(forecast(same, true));
  EXPECT_LT(error_share(held_out(corrected), held_out(same)), 0.05);
}

TEST(CountCorrection, IsTheSameOnOneAndOnTwoThreads) {
  const Flows seen = watch(truth());
  EXPECT_EQ(watch(forecast(seen, true), lively(), 1), watch(forecast(seen, true), lively(), 2));
}

TEST(CountCorrection, GehIsThatOfPractice) {
  EXPECT_EQ(traffic::geh(0, 0), 0);
  EXPECT_NEAR(traffic::geh(100, 144), std::sqrt(2.0 * 44 * 44 / 244), 1e-12);
}

}  // namespace
}  // namespace kontwin::testing
