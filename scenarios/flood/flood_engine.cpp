#include "scenarios/flood/flood_engine.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <variant>

#include "scenarios/flood/assimilation.hpp"
#include "scenarios/flood/barrier.hpp"
#include "scenarios/flood/damage.hpp"
#include "scenarios/flood/entity_depths.hpp"
#include "scenarios/flood/fed_water.hpp"
#include "scenarios/flood/flood_maxima.hpp"
#include "scenarios/flood/flood_peaks.hpp"
#include "scenarios/flood/hazard.hpp"
#include "scenarios/flood/initial_water.hpp"
#include "scenarios/flood/rain_gauges.hpp"
#include "scenarios/flood/reservoirs.hpp"
#include "scenarios/flood/settling.hpp"
#include "scenarios/flood/water_window.hpp"
#include "scenarios/rain_field.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

/// The grids of options that are in range.
flood::FloodGrids checked_grids(const World& world, const FloodOptions& options) {
  const auto check = [](const char* name, double value, double low, double high) {
    if (value >= low && value <= high) return;
    throw ScenarioError("flood." + std::string(name) + ": " + std::to_string(value) +
                        " is not between " + std::to_string(low) + " and " + std::to_string(high));
  };
  check("courant", options.courant, 0.01, 1);
  check("theta", options.theta, 0.2, 1);
  check("dry_depth_m", options.dry_depth_m, 1e-5, 0.1);
  check("initial_stage_warmup_h", options.initial_stage_warmup_h, 0, 240);
  check("runoff_share", options.runoff_share, 0, 1);
  check("upland_height_m", options.upland_height_m, 0, 1e9);
  check("ensemble_members", options.ensemble_members, 2, 1000);
  check("stage_error_m", options.stage_error_m, 1e-4, 10);
  check("inflow_spread", options.inflow_spread, 0, 2);
  check("rain_spread", options.rain_spread, 0, 2);
  check("roughness_spread", options.roughness_spread, 0, 1);
  check("release_wave_mps", options.release_wave_mps, 0.1, 20);
  return {world, options};
}

RainField rain_over(const TerrainGrid& grid, const World& world, const Forcing& forcing) {
  RainField rain(world, forcing);
  rain.check_covers(grid.elevation_m.shape.box(), "the flood grid '" + grid.name + "'");
  return rain;
}

}  // namespace

struct FloodEngine::Impl {
  Impl(const Branch& branch, ComputeArena& arena, const FloodOptions& given)
      : world(branch.world),
        options(given),
        grids(checked_grids(*world, options)),
        rain(rain_over(grids.grid(0), *world, branch.forcing)),
        entities(*world, grids),
        reservoirs(branch, options.reservoirs),
        water(branch, grids, options, rain, arena),
        solver(water.solver()),
        assimilation(branch, options, grids, entities, rain, arena),
        rain_gauges(branch, rain),
        peaks(*world, grids, entities),
        maxima(grids, options.wet_depth_m),
        depth_m(grids.cells(), 0),
        speed_mps(depth_m.size(), 0) {
    flood::fill_rivers(branch, entities, water.inlets(), solver);
    fill_given();
    start_from(branch.lead_in_start());
  }

  void fill_given() {
    for (std::size_t cell = 0; cell < options.initial_depth_m.size(); ++cell) {
      const double depth = options.initial_depth_m[cell];
      if (depth > 0 && !solver.covered(cell)) solver.set_depth(cell, depth);
    }
    // As large as the grids, and of no use any more.
    options.initial_depth_m = {};
  }

  void start_from(Instant start) {
    water.inlets().set_steady(start, 1, solver);
    water.keep_schedules(start, start);
    flood::settle(water, grids, options.initial_stage_warmup_h);
    look_at_water();
    initial_m3 = solver.volume_m3();
    came_before_m3 = solver.rain_m3() + solver.source_m3();
    left_before_m3 = solver.edge_m3();
    set_before_m3 = solver.set_m3();
    held_before_m3 = water.structures().held_m3();
    drained_before_m3 = water.structures().left_m3();
  }

  /// The maxima are those of the branch: what flowed before its start does not count.
  void record_from_here() {
    if (recording) return;
    recording = true;
    water.structures().count_from_here();
    maxima.record(solver);
  }

  void look_at_water() {
    solver.copy_depths(depth_m);
    solver.copy_speeds(speed_mps);
  }

  /// Mean rain of a window, mm/h [series].
  std::vector<double> rain_of(Instant from, Instant to) const {
    std::vector<double> mmph(rain.series_count());
    for (std::uint32_t series = 0; series < mmph.size(); ++series) {
      mmph[series] = rain.mean_mmph(series, from, to);
    }
    return mmph;
  }

  std::shared_ptr<const World> world;
  FloodOptions options;
  flood::FloodGrids grids;
  RainField rain;
  flood::EntityDepths entities;
  flood::Reservoirs reservoirs;
  flood::FedWater water;
  flood::ShallowWaterSolver& solver;
  flood::Assimilation assimilation;
  flood::RainGauges rain_gauges;
  flood::FloodPeaks peaks;
  flood::FloodMaxima maxima;
  bool recording = false;
  double passed_s = 0;  ///< since the start
  std::vector<float> depth_m, speed_mps;
  std::vector<float> hazard;  ///< what the last frame shows
  double initial_m3 = 0, came_before_m3 = 0, left_before_m3 = 0, set_before_m3 = 0;
  double held_before_m3 = 0, drained_before_m3 = 0;
};

FloodEngine::FloodEngine(const Branch& branch, ComputeArena& arena, const FloodOptions& options)
    : impl_(std::make_unique<Impl>(branch, arena, options)) {}

FloodEngine::~FloodEngine() = default;

void FloodEngine::apply(const Edit& edit, StateTable& /*state*/, Instant at) {
  if (const auto* barrier = std::get_if<AddBarrier>(&edit)) {
    flood::build_barrier(*barrier, impl_->solver);
  } else if (const auto* release = std::get_if<SetRelease>(&edit)) {
    impl_->reservoirs.set_release(release->reservoir, release->outflow_m3ps);
  } else if (const auto* gate = std::get_if<SetGate>(&edit)) {
    impl_->reservoirs.set_gate(gate->reservoir, gate->opening);
  } else if (const auto* structure = std::get_if<SetStructure>(&edit)) {
    impl_->water.structures().set_open(structure->structure, structure->open);
  } else if (const auto* raised = std::get_if<RaiseRoad>(&edit)) {
    // A road off the grid holds no water on it.
    const auto line = impl_->world->roads().shape_of(raised->road);
    flood::raise_along(line, raised->height_m, impl_->solver);
  } else if (const auto* breach = std::get_if<StartBreach>(&edit)) {
    if (breach->reservoir != no_row) {
      impl_->reservoirs.start_breach(*breach, at);
    } else {
      impl_->water.start_breach(*breach);
    }
  }
}

void FloodEngine::lead_in(StateTable& state, Instant from, Instant to) {
  Impl& my = *impl_;
  my.water.inlets().set_steady(from + (to - from) / 2, my.water.factors().inflow, my.solver);
  my.water.keep_schedules(from, to);
  const auto rain_mmph = my.rain_of(from, to);
  my.water.flow(rain_mmph, to_seconds(to - from));
  my.assimilation.take_in(rain_mmph, from, to, my.water);
  my.look_at_water();
  my.entities.write(my.depth_m, my.speed_mps, state);
}

void FloodEngine::advance(StateTable& state, Instant from, Instant to) {
  Impl& my = *impl_;
  my.assimilation.end();
  my.reservoirs.advance(state, from, to);
  my.water.inlets().set_discharges(my.reservoirs, from, to, my.water.factors().inflow, my.solver);
  my.water.keep_schedules(from, to);
  my.record_from_here();
  const auto rain_mmph = my.rain_of(from, to);
  my.water.flow(rain_mmph, to_seconds(to - from));
  my.look_at_water();
  my.passed_s += to_seconds(to - from);
  my.entities.write(my.depth_m, my.speed_mps, state);
  my.rain_gauges.write(rain_mmph, my.water.factors().rain, from, to, state);
  my.peaks.update(my.depth_m, state);
}

std::vector<Balance> FloodEngine::balances() const {
  const Impl& my = *impl_;
  // Rain on high ground came in when it fell: what trickles brought of it is not counted again.
  const double trickled_m3 = my.water.uplands().given_m3() - my.solver.carried_m3();
  const double came_m3 = my.solver.rain_m3() + my.solver.source_m3() - my.came_before_m3 -
                         trickled_m3 + my.water.uplands().rain_m3();
  const double soaked_m3 = my.water.soaked_m3();
  const double dried_m3 = my.water.evaporated_m3();
  const double drained_m3 = my.water.structures().left_m3() - my.drained_before_m3;
  const double held_m3 = my.water.structures().held_m3();
  // To what gauges saw.
  const double drawn_m3 = my.solver.set_m3() - my.set_before_m3 + soaked_m3 + dried_m3 +
                          drained_m3 + held_m3 - my.held_before_m3;
  const double given_m3 = std::max(0.0, drawn_m3);
  const double taken_m3 = std::max(0.0, -drawn_m3);
  Balance water{.quantity = "water",
                .unit = "m³",
                .initial = my.initial_m3 + my.held_before_m3,
                .entered = came_m3 + given_m3,
                .left = taken_m3 + soaked_m3 + dried_m3 + drained_m3 + my.solver.edge_m3() -
                        my.left_before_m3 + my.water.uplands().edge_m3(),
                .lost = 0,
                .inside = my.solver.volume_m3() + my.solver.carried_m3() +
                          my.water.uplands().stored_m3() + held_m3};
  water.tolerance = 1e-9 * (water.initial + water.entered) + 1e-6;
  std::vector<Balance> balances{water};
  if (my.reservoirs.size() > 0) balances.push_back(my.reservoirs.balance());
  return balances;
}

void FloodEngine::show(Frame& frame) const {
  Impl& my = *impl_;
  my.hazard.resize(my.depth_m.size());
  for (std::size_t cell = 0; cell < my.hazard.size(); ++cell) {
    const float depth_m = my.depth_m[cell];
    my.hazard[cell] = depth_m < my.options.wet_depth_m
                          ? 0
                          : static_cast<float>(flood::hazard_class(depth_m, my.speed_mps[cell]));
  }
  for (std::size_t number = 0; number < my.grids.size(); ++number) {
    const TerrainGrid& grid = my.grids.grid(number);
    const auto part = [&](const std::vector<float>& values) {
      return std::span(values).subspan(my.grids.first_cell(number), grid.elevation_m.shape.cells());
    };
    frame.fields.push_back({"water_depth_m", grid.name, grid.elevation_m.shape, part(my.depth_m)});
    frame.fields.push_back({"hazard_class", grid.name, grid.elevation_m.shape, part(my.hazard)});
  }
}

void FloodEngine::summarise(RunSummary& summary) const {
  impl_->maxima.summarise(impl_->passed_s, summary);
}

void FloodEngine::add_kpis(KpiList& kpis) const {
  const Impl& my = *impl_;
  my.peaks.add_kpis(kpis);
  flood::add_damage_kpis(*my.world, my.entities, my.maxima.deepest_m(), kpis);
  my.water.structures().add_kpis(kpis);
  my.assimilation.add_kpis(my.water, kpis);
}

std::optional<WaterWindow> FloodEngine::window(const LocalBox& box) const {
  return flood::water_window(impl_->grids, impl_->solver, impl_->depth_m, box);
}

flood::ShallowWaterSolver& FloodEngine::water() { return impl_->solver; }

std::uint64_t FloodEngine::cell_updates() const { return impl_->solver.cell_updates(); }

}  // namespace kontwin
