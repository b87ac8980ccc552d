#pragma once

// What the slope engine keeps, shared by the files that it is made of.

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "scenarios/rain_field.hpp"
#include "scenarios/slope/debris_book.hpp"
#include "scenarios/slope/rain_threshold.hpp"
#include "scenarios/slope/rockfall_book.hpp"
#include "scenarios/slope/slope_engine.hpp"
#include "scenarios/slope/slope_figures.hpp"
#include "scenarios/slope/slope_stability.hpp"
#include "scenarios/slope/warning_book.hpp"

namespace kontwin {

struct SlopeEngine::Impl {
  /// Throws ScenarioError; see SlopeEngine.
  Impl(const Branch& branch, ComputeArena& shared, const SlopeOptions& given,
       const WaterField* water);

  // slope_levels.cpp: what rain and earthquakes make of the slopes beside roads.
  std::vector<std::uint32_t> series_of(std::span<const LocalPoint> places) const;
  /// What fell before the start is known at gauges: a series takes the nearest ones' mean sum.
  void remember_rain(const Branch& branch);
  /// Rain from `from` to `to`. Gives whether levels may have changed.
  bool soak(Instant from, Instant to);
  void weigh_rain();
  int class_of(double probability) const;
  void write_levels(StateTable& state, Instant at);
  slope::LinkSlope slope_of(std::uint32_t road, double probability) const;
  bool first_of_two(std::uint32_t road) const;
  std::size_t once(std::span<const double> column, double least) const;
  void count(const StateTable& state);

  // slope_failures.cpp: what comes down on roads, and when it is off them again.
  /// Slopes above these roads fail, in this order; `lasting` for ever where a person says so.
  void fail(StateTable& state, const std::vector<std::uint32_t>& roads, Instant at, bool lasting);
  /// Those that the rain brings down by their numbers.
  void fail_by_rain(StateTable& state, Instant at);
  /// Vehicles that stand where the water has become too much for them.
  void sweep(StateTable& state, Instant now);
  void shake(StateTable& state, const Earthquake& quake, Instant at);
  void end_inspections(StateTable& state, Instant now);
  double drawn(std::uint32_t road, std::uint64_t purpose) const;

  std::shared_ptr<const World> world;
  ComputeArena& arena;
  SlopeOptions options;
  std::uint64_t seed;
  RainField rain;
  slope::SlopeCells cells;
  std::vector<std::uint32_t> series_of_cell, series_of_road;
  slope::SlopeStability stability;
  slope::DebrisBook book;
  slope::RockfallBook falls_on;
  slope::WarningBook warnings;
  std::optional<slope::SweptVehicles> swept;
  std::vector<slope::RainMemory> memory;   // [series]
  std::vector<double> rain_mmph;           // [series]
  std::vector<int> rain_class;             // [series]
  std::vector<double> by_rain, by_quake;   // [road]: probability of failure
  std::vector<std::uint32_t> shaken_cell;  // [road]: the slope of by_quake
  std::vector<char> failed;                // [road]
  std::vector<std::pair<Instant, std::uint32_t>> inspected;
  std::uint64_t quakes = 0;
  double pending_s = 0;  // of rain that the slopes have not had yet
  bool judged = false;
  std::vector<slope::Rockfall> rockfalls;
  slope::SlopeFigures figures;
};

}  // namespace kontwin
