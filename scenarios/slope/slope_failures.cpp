// What comes down on roads, and when it is off them again.
#include <algorithm>
#include <cmath>

#include "scenarios/slope/earthquake.hpp"
#include "scenarios/slope/slides.hpp"
#include "scenarios/slope/slope_state.hpp"
#include "twin/random.hpp"

namespace kontwin {

namespace {

/// A hit with more than this damages or blocks a road: five times what a car's crash test takes.
constexpr double blocking_j = 100e3;
constexpr std::uint64_t rain_purpose = 0x5241494E;  // of the random streams
constexpr std::uint64_t quake_purpose = 0x5155414B;

Duration from_hours(double hours) {
  constexpr double longest_h = 24.0 * 365 * 100;
  return from_seconds(std::min(hours, longest_h) * 3600);
}

}  // namespace

void SlopeEngine::Impl::fail(StateTable& state, const std::vector<std::uint32_t>& roads, Instant at,
                             bool lasting) {
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

void SlopeEngine::Impl::fail_by_rain(StateTable& state, Instant at) {
  if (!options.close_on_rain) return;
  const auto level = state.column(Kind::road, road_column::slope_level);
  std::vector<std::uint32_t> failing;
  for (std::uint32_t road = 0; road < level.size(); ++road) {
    if (level[road] == 3 && first_of_two(road) && failed[road] == 0 &&
        drawn(road, rain_purpose) < by_rain[road]) {
      failing.push_back(road);
    }
  }
  if (!failing.empty()) fail(state, failing, at, false);
}

void SlopeEngine::Impl::sweep(StateTable& state, Instant now) {
  if (!swept) return;
  for (const std::uint32_t road : swept->advance(state, now)) {
    book.block(state, road, now + from_hours(options.clearing_start_h));
  }
}

double SlopeEngine::Impl::drawn(std::uint32_t road, std::uint64_t purpose) const {
  return RandomStream(seed, road, purpose).uniform();
}

void SlopeEngine::Impl::shake(StateTable& state, const Earthquake& quake, Instant at) {
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

void SlopeEngine::Impl::end_inspections(StateTable& state, Instant now) {
  std::erase_if(inspected, [&](const auto& due) {
    if (due.first > now) return false;
    state.at({Kind::road, due.second}, road_column::inspection) = 0;
    return true;
  });
}

}  // namespace kontwin
