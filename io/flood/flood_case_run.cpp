#include "io/flood/flood_case_run.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <memory>

#include "io/flood/case_water.hpp"
#include "scenarios/flood/flood_engine.hpp"
#include "scenarios/flood/levee_breach.hpp"
#include "scenarios/time_series.hpp"
#include "twin/place_error.hpp"

namespace kontwin::flood {

namespace {

std::shared_ptr<const World> world_of(const FloodCase& flood_case) {
  WorldParts parts;
  parts.name = flood_case.name;
  parts.extent = flood_case.ground().elevation_m.shape.box();
  parts.terrain = std::make_shared<Terrain>(flood_case.terrain);
  return World::seal(std::move(parts));
}

Branch branch_of(const FloodCase& flood_case) {
  Branch branch;
  branch.name = branch.title_vi = branch.title_en = flood_case.name;
  branch.world = world_of(flood_case);
  branch.state = StateTable(*branch.world);
  branch.start = flood_case.start;
  branch.length = flood_case.length;
  branch.window = flood_case.window;
  branch.frame_every = flood_case.record_every;
  branch.edits = flood_case.edits;
  branch.forcing = flood_case.forcing;
  return branch;
}

std::string time_text(const FloodCase& flood_case, Duration after) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.10g s after the start", to_seconds(after));
  return flood_case.dated
             ? std::string(text.data()) + ", " + format_instant(flood_case.start + after)
             : text.data();
}

class CaseRun {
 public:
  CaseRun(const FloodCase& flood_case, ComputeArena& arena, const CaseWatch& watch)
      : case_(flood_case),
        watch_(watch),
        branch_(branch_of(flood_case)),
        options_(with_initial_water(flood_case, *branch_.world)),
        grids_(*branch_.world, flood_case.options),
        engine_(branch_, arena, options_),
        outside_(outside_cells(flood_case, grids_)),
        inflows_(flood_case, engine_.water()),
        gauges_(flood_case, engine_.water()) {
    engine_.water().keep_rain_off(outside_);
    build_walls(case_, engine_.water());
    edits_due(case_.start);
    check_later_breaches();
  }

  CaseOutcome run() {
    if (watch_.record != nullptr) watch_.record->begin(branch_);
    note(Duration{0});
    for (Duration after{0}; outcome_.stopped.empty() && after < case_.length;
         after += case_.window) {
      advance(after);
    }
    return end();
  }

 private:
  void advance(Duration after) {
    const Instant from = case_.start + after;
    try {
      edits_due(from);
      inflows_.set(from, from + case_.window, engine_.water());
      engine_.advance(branch_.state, from, from + case_.window);
    } catch (const PlaceError& error) {
      outcome_.stopped = error.told(place_text(case_.turn.on_plane(error.at())),
                                    ", by " + time_text(case_, after + case_.window));
      return;
    } catch (const Error& error) {
      outcome_.stopped = std::string(error.what()) + " (" + time_text(case_, after) + ")";
      return;
    }
    note(after + case_.window);
  }

  void edits_due(Instant at) {
    for (; next_edit_ < branch_.edits.size() && branch_.edits[next_edit_].at <= at; ++next_edit_) {
      const TimedEdit& due = branch_.edits[next_edit_];
      with_origin(due, [&] { engine_.apply(due.edit, branch_.state, at); });
    }
  }

  /// All walls stand from the start, so that what nothing holds then will not break later.
  void check_later_breaches() {
    for (std::size_t i = next_edit_; i < branch_.edits.size(); ++i) {
      const auto* const breach = std::get_if<StartBreach>(&branch_.edits[i].edit);
      if (breach == nullptr) continue;
      with_origin(branch_.edits[i], [&] {
        LeveeBreach(*breach, engine_.water().grid(grids_.finest_at(breach->place)));
      });
    }
  }

  template <typename Make>
  void with_origin(const TimedEdit& edit, Make make) const {
    try {
      make();
    } catch (const PlaceError& error) {
      refuse_edit(edit, error.told(place_text(case_.turn.on_plane(error.at()))));
    } catch (const ScenarioError& error) {
      refuse_edit(edit, error.what());
    }
  }

  void note(Duration after) {
    const auto due = [&](Duration every) {
      return every.count() > 0 && (after % every == Duration{0} || after == case_.length);
    };
    if (due(case_.every)) {
      outcome_.series.time_s.push_back(to_seconds(after));
      gauges_.read(engine_.water(), outcome_.series);
      outcome_.series.balance.push_back(engine_.balances().front());
    }
    if (watch_.record != nullptr && due(case_.record_every)) {
      Frame frame;
      frame.at = case_.start + after;
      frame.state = &branch_.state;
      engine_.show(frame);
      frame.balances = engine_.balances();
      watch_.record->frame(frame);
    }
    if (watch_.map && due(case_.maps_every)) show_maps(after);
    if (watch_.progress) watch_.progress(to_seconds(after) / to_seconds(case_.length));
  }

  void show_maps(Duration after) {
    std::vector<float> depth_m(grids_.cells());
    engine_.water().copy_depths(depth_m);
    for (std::size_t number = 0; number < grids_.size(); ++number) {
      Raster<float> map(grids_.shape(number));
      const auto first = depth_m.begin() + static_cast<std::ptrdiff_t>(grids_.first_cell(number));
      std::copy_n(first, map.values.size(), map.values.begin());
      blank(map, number);
      watch_.map(grids_.grid(number).name, map, after);
    }
  }

  /// What lies outside has no value.
  void blank(Raster<float>& map, std::size_t number) const {
    for (const std::size_t cell : outside_) {
      if (cell < grids_.first_cell(number) || cell >= grids_.first_cell(number + 1)) continue;
      map.values[cell - grids_.first_cell(number)] = std::numeric_limits<float>::quiet_NaN();
    }
  }

  CaseOutcome end() {
    engine_.summarise(outcome_.summary);
    if (watch_.record != nullptr) watch_.record->summary(outcome_.summary);
    for (RunMap& map : outcome_.summary.maps) {
      for (std::size_t number = 0; number < grids_.size(); ++number) {
        if (grids_.grid(number).name == map.grid) blank(map.raster, number);
      }
    }
    KpiList kpis;
    engine_.add_kpis(kpis);
    if (watch_.record != nullptr && outcome_.stopped.empty()) watch_.record->end(kpis);
    std::ranges::copy_if(kpis, std::back_inserter(outcome_.structures),
                         [](const Kpi& kpi) { return kpi.id.starts_with("structure_"); });
    for (std::size_t number = 0; number < grids_.size(); ++number) {
      Raster<float> ground(grids_.shape(number));
      for (std::size_t cell = 0; cell < ground.values.size(); ++cell) {
        ground.values[cell] =
            static_cast<float>(engine_.water().ground_m(grids_.first_cell(number) + cell));
      }
      blank(ground, number);
      outcome_.ground_m.push_back(std::move(ground));
      outcome_.grids.push_back(grids_.grid(number).name);
    }
    outcome_.cell_updates = engine_.cell_updates();
    return std::move(outcome_);
  }

  const FloodCase& case_;
  const CaseWatch& watch_;
  Branch branch_;
  FloodOptions options_;
  FloodGrids grids_;
  FloodEngine engine_;
  std::vector<std::size_t> outside_;
  CaseSources inflows_;
  CaseGauges gauges_;
  std::size_t next_edit_ = 0;
  CaseOutcome outcome_;
};

/// With the places of errors on the plane.
std::unique_ptr<CaseRun> made(const FloodCase& flood_case, ComputeArena& arena,
                              const CaseWatch& watch) {
  try {
    return std::make_unique<CaseRun>(flood_case, arena, watch);
  } catch (const PlaceError& error) {
    throw ScenarioError(error.told(place_text(flood_case.turn.on_plane(error.at()))));
  }
}

}  // namespace

CaseOutcome run_flood_case(const FloodCase& flood_case, ComputeArena& arena,
                           const CaseWatch& watch) {
  return made(flood_case, arena, watch)->run();
}

void check_flood_case(const FloodCase& flood_case, ComputeArena& arena) {
  const CaseWatch nothing;
  made(flood_case, arena, nothing);
}

}  // namespace kontwin::flood
