#include "scenarios/slope/slope_engine.hpp"

#include <algorithm>
#include <numbers>
#include <string>
#include <variant>

#include "scenarios/slope/slope_state.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

void check(const SlopeOptions& options) {
  const double medium = options.medium_probability;
  const double high = options.high_probability;
  const double very_high = options.very_high_probability;
  if (!(medium > 0 && medium <= high && high <= very_high && very_high <= 1)) {
    throw ScenarioError("slope: the probabilities of the three levels must rise between 0 and 1");
  }
  if (!(options.least_depth_m > 0 && options.least_depth_m <= options.most_depth_m)) {
    throw ScenarioError("slope: the least depth of soil must lie above 0 and below the most");
  }
}

constexpr double degree = std::numbers::pi / 180;

}  // namespace

SlopeEngine::Impl::Impl(const Branch& branch, ComputeArena& shared, const SlopeOptions& given,
                        const WaterField* water)
    : world(branch.world),
      arena(shared),
      options(given),
      seed(branch.seed),
      rain(*world, branch.forcing),
      cells((check(options), slope::cells_beside_roads(*world, options.beside_road_m,
                                                       options.least_slope_deg * degree, shared))),
      series_of_cell(series_of(cells.middle)),
      stability(cells, series_of_cell, options, shared),
      book(*world, branch.state),
      falls_on(*world),
      warnings(*world) {
  if (water != nullptr && options.sweep_vehicles) {
    swept.emplace(*world, *water, options, seed, arena);
  }
  const std::size_t roads = world->roads().links();
  series_of_road = series_of(world->entities(Kind::road).place);
  failed.assign(roads, 0);
  by_rain.assign(roads, 0);
  by_quake.assign(roads, 0);
  shaken_cell.assign(roads, no_row);
  rain_mmph.assign(rain.series_count(), 0);
  rain_class.assign(rain.series_count(), 0);
  remember_rain(branch);
}

SlopeEngine::SlopeEngine(const Branch& branch, ComputeArena& arena, SlopeOptions options,
                         const WaterField* water)
    : impl_(std::make_unique<Impl>(branch, arena, options, water)) {}

SlopeEngine::~SlopeEngine() = default;

void SlopeEngine::apply(const Edit& edit, StateTable& state, Instant at) {
  Impl& my = *impl_;
  if (const auto* quake = std::get_if<Earthquake>(&edit)) my.shake(state, *quake, at);
  if (const auto* debris = std::get_if<SetDebris>(&edit)) {
    if (debris->road >= my.world->roads().links()) {
      throw ScenarioError("set_debris: there is no road in row " + std::to_string(debris->road));
    }
    // A landslide that is ordered on both directions of a road is one landslide.
    if (debris->blocked && my.failed[debris->road] == 0) {
      my.fail(state, {debris->road}, at, true);
    } else if (debris->blocked) {
      my.book.block(state, debris->road);
    } else {
      my.book.clear(state, debris->road);
    }
  }
  my.figures.most_cut = std::max(my.figures.most_cut, my.book.blocked());
}

void SlopeEngine::advance(StateTable& state, Instant from, Instant to) {
  Impl& my = *impl_;
  my.book.pass(to_seconds(to - from) / 3600);
  my.book.clear_due(state, to);
  my.sweep(state, to);
  my.figures.most_cut = std::max(my.figures.most_cut, my.book.blocked());
  my.end_inspections(state, to);
  if (!my.soak(from, to)) return;
  my.write_levels(state, to);
  my.fail_by_rain(state, to);
  my.count(state);
}

void SlopeEngine::show(Frame& frame) const {
  for (const auto& fall : impl_->rockfalls) {
    for (const auto& boulder : fall.boulders) {
      frame.movers.push_back({static_cast<float>(boulder.rest.x_m),
                              static_cast<float>(boulder.rest.y_m), Mover::Kind::boulder, 0});
    }
  }
  for (const auto& one : swept_vehicles()) {
    frame.movers.push_back({static_cast<float>(one.rest.x_m), static_cast<float>(one.rest.y_m),
                            slope::mover_of(one.kind), 0});
  }
}

void SlopeEngine::summarise(RunSummary& summary) const {
  const Impl& my = *impl_;
  RunTable slopes = my.warnings.table();
  if (slopes.rows() > 0) summary.tables.push_back(std::move(slopes));
  RunTable rockfall = my.falls_on.table(my.book.blocked_h());
  if (rockfall.rows() > 0) summary.tables.push_back(std::move(rockfall));
  if (my.swept && !my.swept->all().empty()) summary.tables.push_back(my.swept->table());
}

void SlopeEngine::add_kpis(KpiList& kpis) const {
  slope::add_figures(impl_->figures, kpis);
  if (impl_->swept) impl_->swept->add_kpis(kpis);
}

std::span<const slope::SweptVehicle> SlopeEngine::swept_vehicles() const {
  if (!impl_->swept) return {};
  return impl_->swept->all();
}

const std::vector<slope::Rockfall>& SlopeEngine::rockfalls() const { return impl_->rockfalls; }

}  // namespace kontwin
