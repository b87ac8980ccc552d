#pragma once

#include <cstdint>

#include "scenarios/traffic/outputs/emissions.hpp"
#include "scenarios/traffic/trip_run.hpp"

namespace kontwin::traffic {

/// What a run says of a link over some intervals.
struct LinkFigures {
  std::uint32_t exits = 0;
  std::uint32_t most_vehicles = 0;
  std::uint32_t longest_queue = 0;  ///< 0 without details
  double flow_vph = 0;
  double speed_mps = 0;  ///< of those who left; 0 where all stood; no number where nobody was
  double density_vpkm = 0;
  double delay_s = 0;   ///< a vehicle that left
  double queue = 0;     ///< vehicles that stood at its end, on average; 0 without details
  char level = 'A';     ///< of service
  Emissions emissions;  ///< of those who left; none without details
};

/// Of the intervals [first, last). A link on which somebody stood half the time and nobody left has
/// the speed 0. Emissions are those of each kind at the mean speed of all who left.
LinkFigures link_figures(const TripRun& run, std::uint32_t link, std::size_t first,
                         std::size_t last);

/// The end of an interval of a run, seconds since its start; the last may be cut short.
double interval_end_s(const TripRun& run, std::size_t interval);

/// Of one vehicle's journey so far at its mean speed.
Emissions journey_emissions(VehicleKind kind, double driven_m, double seconds);

}  // namespace kontwin::traffic
