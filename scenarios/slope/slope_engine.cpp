#include "scenarios/slope/slope_engine.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <variant>

#include "scenarios/rain_field.hpp"
#include "scenarios/slope/rain_threshold.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

/// A hit with more than this damages or blocks a road: five times what a car's crash test takes.
constexpr double blocking_j = 100e3;
/// Of the links that may reach the very high level, this share, the steepest, fails.
constexpr double failing_share = 0.1;
constexpr std::size_t roads_a_part = 64;

}  // namespace

struct SlopeEngine::Impl {
  Impl(const Branch& branch, ComputeArena& shared, const SlopeOptions& given)
      : world(branch.world),
        arena(shared),
        options(given),
        seed(branch.seed),
        rain(*world, branch.forcing) {
    if (!(options.medium_slope_deg > 0 && options.medium_slope_deg <= options.high_slope_deg &&
          options.high_slope_deg <= options.very_high_slope_deg &&
          options.very_high_slope_deg < 90)) {
      throw ScenarioError(
          "slope: the slopes of the three levels must rise between 0 and 90 degrees");
    }
    const std::size_t roads = world->roads().links();
    side.resize(roads);
    arena.for_each_part((roads + roads_a_part - 1) / roads_a_part, [this, roads](std::size_t part) {
      const std::size_t end = std::min(roads, (part + 1) * roads_a_part);
      for (std::size_t road = part * roads_a_part; road < end; ++road) {
        side[road] = slope::hillside_of(*world, static_cast<std::uint32_t>(road));
      }
    });
    series.resize(roads);
    for (std::size_t road = 0; road < roads; ++road) {
      series[road] = rain.series_at(world->place({Kind::road, static_cast<std::uint32_t>(road)}));
    }
    failed.assign(roads, 0);
    choose_failing();
    remember_rain(branch);
  }

  void choose_failing() {
    std::vector<double> slopes;
    for (const auto& each : side) {
      if (each.slope_deg >= options.very_high_slope_deg) slopes.push_back(each.slope_deg);
    }
    std::ranges::sort(slopes);
    failing_slope_deg =
        slopes.empty()
            ? 90
            : slopes[static_cast<std::size_t>((1 - failing_share) * double(slopes.size()))];
  }

  /// What fell before the start is known at gauges: a series takes the nearest one's sum.
  void remember_rain(const Branch& branch) {
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
      memory.emplace_back(branch.start, count[i] > 0 ? before_mm[i] / count[i] : 0);
    }
  }

  int ground_class(std::size_t road) const {
    const double steepness = side[road].slope_deg;
    return (steepness >= options.medium_slope_deg) + (steepness >= options.high_slope_deg) +
           (steepness >= options.very_high_slope_deg);
  }

  void block(StateTable& state, std::uint32_t road, bool blocked) const {
    const double value = blocked ? 1 : 0;
    state.at({Kind::road, road}, road_column::debris) = value;
    const std::uint32_t back = world->roads().opposite[road];
    if (back != no_row) state.at({Kind::road, back}, road_column::debris) = value;
  }

  /// Slopes above these roads fail, in this order.
  void fail(StateTable& state, const std::vector<std::uint32_t>& roads) {
    std::vector<slope::Rockfall> falls(roads.size());
    arena.for_each_part(roads.size(), [&](std::size_t i) {
      falls[i] =
          slope::drop_boulders(*world, roads[i], side[roads[i]], options.boulders_per_link, seed);
    });
    for (std::size_t i = 0; i < roads.size(); ++i) {
      failed[roads[i]] = 1;
      const std::uint32_t back = world->roads().opposite[roads[i]];
      if (back != no_row) failed[back] = 1;
      block(state, roads[i], true);
      for (const auto& hit : falls[i].hits) {
        if (hit.rests || hit.energy_j > blocking_j) block(state, hit.road, true);
      }
      rockfalls.push_back(std::move(falls[i]));
    }
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

  std::shared_ptr<const World> world;
  ComputeArena& arena;
  SlopeOptions options;
  std::uint64_t seed;
  RainField rain;
  std::vector<slope::Hillside> side;      // [road]
  std::vector<std::uint32_t> series;      // [road]
  std::vector<slope::RainMemory> memory;  // [series]
  std::vector<char> failed;               // [road]
  double failing_slope_deg = 90;
  std::vector<slope::Rockfall> rockfalls;
  std::size_t most_cut = 0, most_very_high = 0;
};

SlopeEngine::SlopeEngine(const Branch& branch, ComputeArena& arena, SlopeOptions options)
    : impl_(std::make_unique<Impl>(branch, arena, options)) {}

SlopeEngine::~SlopeEngine() = default;

void SlopeEngine::apply(const Edit& edit, StateTable& state, Instant /*at*/) {
  const auto* debris = std::get_if<SetDebris>(&edit);
  if (debris == nullptr) return;
  Impl& my = *impl_;
  if (debris->road >= my.world->roads().links()) {
    throw ScenarioError("set_debris: there is no road in row " + std::to_string(debris->road));
  }
  // A landslide that is ordered on both directions of a road is one landslide.
  if (debris->blocked && my.failed[debris->road] == 0) {
    my.fail(state, {debris->road});
  } else {
    my.block(state, debris->road, debris->blocked);
  }
  my.most_cut = std::max(my.most_cut, my.once(state.column(Kind::road, road_column::debris), 1));
}

void SlopeEngine::advance(StateTable& state, Instant from, Instant to) {
  Impl& my = *impl_;
  std::vector<int> rain_class(my.memory.size());
  for (std::uint32_t i = 0; i < my.memory.size(); ++i) {
    my.memory[i].add(from, to, my.rain.mean_mmph(i, from, to));
    rain_class[i] = my.memory[i].highest_class();
  }
  const auto level = state.column(Kind::road, road_column::slope_level);
  std::vector<std::uint32_t> failing;
  for (std::uint32_t road = 0; road < level.size(); ++road) {
    level[road] = std::min(my.ground_class(road), rain_class[my.series[road]]);
    const std::uint32_t back = my.world->roads().opposite[road];
    const bool first = back == no_row || road < back;
    if (my.options.close_on_rain && first && level[road] == 3 && my.failed[road] == 0 &&
        my.side[road].slope_deg >= my.failing_slope_deg) {
      failing.push_back(road);
    }
  }
  if (!failing.empty()) my.fail(state, failing);
  my.most_very_high = std::max(my.most_very_high, my.once(level, 3));
  my.most_cut = std::max(my.most_cut, my.once(state.column(Kind::road, road_column::debris), 1));
}

void SlopeEngine::show(Frame& frame) const {
  for (const auto& fall : impl_->rockfalls) {
    for (const auto& boulder : fall.boulders) {
      frame.movers.push_back({static_cast<float>(boulder.rest.x_m),
                              static_cast<float>(boulder.rest.y_m), Mover::Kind::boulder, 0});
    }
  }
}

void SlopeEngine::add_kpis(KpiList& kpis) const {
  kpis.push_back({"roads_cut_by_debris", "Số đoạn đường bị sạt lở lấp (nhiều nhất)",
                  "Road links cut by debris (most at once)", "",
                  static_cast<double>(impl_->most_cut)});
  kpis.push_back({"slopes_very_high", "Số đoạn đường có nguy cơ sạt lở rất cao (nhiều nhất)",
                  "Road links at very high landslide warning (most at once)", "",
                  static_cast<double>(impl_->most_very_high)});
}

const std::vector<slope::Rockfall>& SlopeEngine::rockfalls() const { return impl_->rockfalls; }

}  // namespace kontwin
