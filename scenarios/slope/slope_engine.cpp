#include "scenarios/slope/slope_engine.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <string>
#include <variant>

#include "scenarios/rain_field.hpp"
#include "scenarios/slope/debris_book.hpp"
#include "scenarios/slope/earthquake.hpp"
#include "scenarios/slope/rain_threshold.hpp"
#include "scenarios/slope/rockfall_book.hpp"
#include "scenarios/slope/slides.hpp"
#include "scenarios/slope/slope_figures.hpp"
#include "scenarios/slope/slope_stability.hpp"
#include "scenarios/slope/warning_book.hpp"
#include "twin/error.hpp"
#include "twin/random.hpp"

namespace kontwin {

namespace {

/// A hit with more than this damages or blocks a road: five times what a car's crash test takes.
constexpr double blocking_j = 100e3;
constexpr std::uint64_t rain_purpose = 0x5241494E;  // of the random streams
constexpr std::uint64_t quake_purpose = 0x5155414B;
constexpr double degree = std::numbers::pi / 180;

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

Duration from_hours(double hours) {
  constexpr double longest_h = 24.0 * 365 * 100;
  return from_seconds(std::min(hours, longest_h) * 3600);
}

}  // namespace

struct SlopeEngine::Impl {
  Impl(const Branch& branch, ComputeArena& shared, const SlopeOptions& given,
       const WaterField* water)
      : world(branch.world),
        arena(shared),
        options(given),
        seed(branch.seed),
        rain(*world, branch.forcing),
        cells(
            (check(options), slope::cells_beside_roads(*world, options.beside_road_m,
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

  std::vector<std::uint32_t> series_of(std::span<const LocalPoint> places) const {
    std::vector<std::uint32_t> series;
    series.reserve(places.size());
    for (const LocalPoint place : places) series.push_back(rain.series_at(place));
    return series;
  }

  /// What fell before the start is known at gauges: a series takes the nearest ones' mean sum.
  void remember_rain(const Branch& branch) {
    constexpr double before_h = 24;
    const auto& gauges = world->entities(Kind::rain_gauge);
    const auto sums = branch.state.column(Kind::rain_gauge, rain_gauge_column::rain_24h_mm);
    std::vector<double> before_mm(rain.series_count(), 0);
    std::vector<int> count(rain.series_count(), 0);
    for (std::size_t row = 0; row < gauges.size(); ++row) {
      if (!std::isfinite(sums[row])) continue;
      const auto of = rain.series_at(gauges.place[row]);
      before_mm[of] += sums[row];
      ++count[of];
    }
    for (std::size_t i = 0; i < before_mm.size(); ++i) {
      if (count[i] > 0) before_mm[i] /= count[i];
      memory.emplace_back(branch.start, before_mm[i]);
      rain_mmph[i] = before_mm[i] / before_h;
    }
    stability.advance(rain_mmph, before_h * 3600);
    weigh_rain();
  }

  bool first_of_two(std::uint32_t road) const {
    const std::uint32_t back = world->roads().opposite[road];
    return back == no_row || road < back;
  }

  void weigh_rain() {
    for (std::uint32_t road = 0; road < by_rain.size(); ++road) {
      by_rain[road] =
          first_of_two(road) ? stability.of_road(road) : by_rain[world->roads().opposite[road]];
    }
  }

  int class_of(double probability) const {
    return (probability >= options.medium_probability) + (probability >= options.high_probability) +
           (probability >= options.very_high_probability);
  }

  /// Slopes above these roads fail, in this order; `lasting` for ever where a person says so.
  void fail(StateTable& state, const std::vector<std::uint32_t>& roads, Instant at, bool lasting) {
    std::vector<slope::Hillside> sides(roads.size());
    arena.for_each_part(roads.size(),
                        [&](std::size_t i) { sides[i] = slope::hillside_of(*world, roads[i]); });
    // One Bullet world a part: roads times seeds, the first of each road first.
    const std::size_t each = std::max(options.rockfall_seeds, 1U);
    std::vector<slope::Rockfall> falls(roads.size() * each);
    arena.for_each_part(falls.size(), [&](std::size_t i) {
      falls[i] = slope::drop_boulders(*world, roads[i / each], sides[i / each], options, seed,
                                      static_cast<unsigned>(i % each));
    });
    for (std::size_t i = 0; i < roads.size(); ++i) {
      const auto of_road = std::span(falls).subspan(i * each, each);
      figures.add_rockfalls(of_road);
      falls_on.add(roads[i], of_road);
    }
    for (std::size_t i = 0; i < roads.size(); ++i) {
      failed[roads[i]] = 1;
      const std::uint32_t back = world->roads().opposite[roads[i]];
      if (back != no_row) failed[back] = 1;
      const double volume_m3 = slope::draw_slide(seed, roads[i]).volume_m3;
      const double slide_h = slope::clearing_h(volume_m3, options);
      const auto until = [&](double hours) {
        return lasting || !std::isfinite(hours) ? Instant::max() : at + from_hours(hours);
      };
      book.block(state, roads[i], until(slide_h));
      if (!lasting) {
        figures.add_slide(slide_h);
        warnings.fail(roads[i], volume_m3, slide_h, at);
      }
      for (const auto& hit : falls[i * each].hits) {
        if (!hit.rests && hit.energy_j <= blocking_j) continue;
        book.block(state, hit.road, until(slope::clearing_h(0, options)));
      }
      rockfalls.push_back(std::move(falls[i * each]));
    }
  }

  /// Vehicles that stand where the water has become too much for them.
  void sweep(StateTable& state, Instant now) {
    if (!swept) return;
    for (const std::uint32_t road : swept->advance(state, now)) {
      book.block(state, road, now + from_hours(options.clearing_start_h));
    }
  }

  double drawn(std::uint32_t road, std::uint64_t purpose) const {
    return RandomStream(seed, road, purpose).uniform();
  }

  void write_levels(StateTable& state, Instant at) {
    const auto level = state.column(Kind::road, road_column::slope_level);
    const auto probability = state.column(Kind::road, road_column::slide_probability);
    for (std::uint32_t road = 0; road < level.size(); ++road) {
      const int warned = std::min(class_of(by_rain[road]), rain_class[series_of_road[road]]);
      level[road] = std::max(warned, class_of(by_quake[road]));
      probability[road] = 1 - (1 - by_rain[road]) * (1 - by_quake[road]);
      if (probability[road] > 0 && first_of_two(road)) {
        warnings.note(road, static_cast<int>(level[road]), slope_of(road, probability[road]), at);
      }
    }
  }

  slope::LinkSlope slope_of(std::uint32_t road, double probability) const {
    const auto cell = by_quake[road] > by_rain[road] ? std::optional<std::size_t>(shaken_cell[road])
                                                     : stability.likeliest_of(road);
    if (!cell) return {.probability = probability};
    return {.probability = probability,
            .safety = stability.safety()[*cell],
            .slope_deg = cells.slope_rad[*cell] / degree,
            .soil_depth_m = stability.soil_depth_m(*cell)};
  }

  void shake(StateTable& state, const Earthquake& quake, Instant at) {
    const slope::Shaking shaking = slope::shake(quake, *world, cells, stability, arena);
    const auto strongest = state.column(Kind::road, road_column::shaking_g);
    const auto inspection = state.column(Kind::road, road_column::inspection);
    const auto bridge = world->entities(Kind::road).column(road_attribute::bridge);
    std::vector<std::uint32_t> failing;
    for (std::uint32_t road = 0; road < strongest.size(); ++road) {
      const double peak_g = shaking.road_g[road];
      strongest[road] = std::max(std::isfinite(strongest[road]) ? strongest[road] : 0, peak_g);
      const bool closes = bridge[road] == 1 && peak_g >= options.bridge_inspection_g;
      warnings.shake(road, peak_g, closes ? options.inspection_h : 0);
      if (closes) {
        inspection[road] = 1;
        inspected.push_back({at + from_hours(options.inspection_h), road});
        figures.bridges += first_of_two(road) ? 1 : 0;
      }
      // The link keeps the worst that any earthquake did to it.
      if (shaking.failure_probability[road] > by_quake[road]) {
        by_quake[road] = shaking.failure_probability[road];
        shaken_cell[road] = shaking.cell[road];
      }
      if (first_of_two(road) && failed[road] == 0 &&
          drawn(road, quake_purpose + quakes) < shaking.failure_probability[road]) {
        failing.push_back(road);
      }
      figures.strongest_g = std::max(figures.strongest_g, peak_g);
    }
    ++quakes;
    write_levels(state, at);
    if (!failing.empty()) fail(state, failing, at, false);
    count(state);
  }

  std::size_t once(std::span<const double> column, double least) const {
    std::size_t count = 0;
    for (std::uint32_t road = 0; road < column.size(); ++road) {
      const std::uint32_t back = world->roads().opposite[road];
      if (back != no_row && back < road && column[back] >= least) continue;
      count += column[road] >= least ? 1 : 0;
    }
    return count;
  }

  void count(const StateTable& state) {
    const auto level = state.column(Kind::road, road_column::slope_level);
    const auto probability = state.column(Kind::road, road_column::slide_probability);
    figures.most_cut = std::max(figures.most_cut, book.blocked());
    figures.most_high = std::max(figures.most_high, once(level, 2));
    figures.most_very_high = std::max(figures.most_very_high, once(level, 3));
    double expected = 0;
    for (std::uint32_t road = 0; road < level.size(); ++road) {
      if (first_of_two(road) && level[road] >= 1) expected += probability[road];
    }
    figures.most_expected = std::max(figures.most_expected, expected);
  }

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
  for (std::uint32_t i = 0; i < my.memory.size(); ++i) {
    my.memory[i].add(from, to, my.rain.mean_mmph(i, from, to));
  }
  my.book.pass(to_seconds(to - from) / 3600);
  my.book.clear_due(state, to);
  my.sweep(state, to);
  my.figures.most_cut = std::max(my.figures.most_cut, my.book.blocked());
  std::erase_if(my.inspected, [&](const auto& due) {
    if (due.first > to) return false;
    state.at({Kind::road, due.second}, road_column::inspection) = 0;
    return true;
  });
  my.pending_s += to_seconds(to - from);
  if (my.judged && my.pending_s < my.options.every_min * 60) return;

  bool changed = !my.judged;
  for (std::uint32_t i = 0; i < my.memory.size(); ++i) {
    my.rain_mmph[i] = my.rain.mean_mmph(i, to - from_seconds(my.pending_s), to);
    const int highest = my.memory[i].highest_class();
    changed = changed || highest != my.rain_class[i];
    my.rain_class[i] = highest;
  }
  if (my.stability.advance(my.rain_mmph, my.pending_s)) {
    my.weigh_rain();
    changed = true;
  }
  my.pending_s = 0;
  my.judged = true;
  if (!changed) return;

  my.write_levels(state, to);
  const auto level = state.column(Kind::road, road_column::slope_level);
  std::vector<std::uint32_t> failing;
  for (std::uint32_t road = 0; road < level.size() && my.options.close_on_rain; ++road) {
    if (level[road] == 3 && my.first_of_two(road) && my.failed[road] == 0 &&
        my.drawn(road, rain_purpose) < my.by_rain[road]) {
      failing.push_back(road);
    }
  }
  if (!failing.empty()) my.fail(state, failing, to, false);
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
