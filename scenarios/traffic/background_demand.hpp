#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/traffic/simulation.hpp"
#include "scenarios/traffic/traffic_options.hpp"
#include "twin/world.hpp"

namespace kontwin::traffic {

/// Trips of everyday life, from homes to the places that draw people, by a gravity model with
/// exponential decay (Wilson 1971) and a profile over the day. Each home has a stream of trips of
/// its own and each trip a stream of its own, so that what happens elsewhere changes neither. The
/// profile and the weights of places are synthetic, as is the share of lorries, which is the larger
/// in the hours in which fewer people drive (see lorry_share_of_hour).
class BackgroundDemand {
 public:
  BackgroundDemand(const World& world, const TrafficOptions& options, std::uint64_t seed,
                   Instant start);

  /// Appends the departures of [from, to), in no order. `people_home`: [residence], who is there to
  /// drive. `factor` scales the demand, 0 or more, as does `home_factor`, [residence] or empty.
  void depart(Instant from, Instant to, double factor, std::span<const double> people_home,
              std::span<const double> home_factor, std::vector<Departure>& departures);
  /// The residence that a trip of this number starts from.
  static std::uint32_t residence_of(std::uint64_t number) {
    return static_cast<std::uint32_t>(number >> 32U);
  }

  /// Junctions that trips go to.
  std::span<const std::uint32_t> destinations() const { return destinations_; }

 private:
  struct Home {
    std::uint32_t row, junction;
    double trips = 0;  ///< expected so far
    double next = 0;   ///< expected so far at which the next one starts
    std::uint32_t made = 0;
  };
  void choose_destinations(const World& world);

  TrafficOptions options_;
  std::uint64_t seed_;
  Instant start_;
  std::vector<Home> homes_;
  std::vector<std::uint32_t> destinations_;
  std::vector<double> weight_;
  std::vector<double> cumulative_;  // [home][destination]
};

}  // namespace kontwin::traffic
