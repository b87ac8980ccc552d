#include "scenarios/evacuation/crowd/detours.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "scenarios/evacuation/crowd/way_directions.hpp"

namespace kontwin::crowd {

namespace {

constexpr float no_way = std::numeric_limits<float>::infinity();
/// Looks from one renewal to the next, and the most renewals that are left out.
constexpr std::uint64_t looks_a_renewal = 3, longest_pause = 3;
/// Ways that are computed at a renewal.
constexpr std::size_t ways_a_renewal = 4;
/// Fewer heads than these, and than this share of all who make for a goal, are no jam that is worth
/// a computation.
constexpr std::uint32_t least_heads = 20;
constexpr double least_heads_share = 0.03;
constexpr std::size_t metres_told_apart = 200;
/// So much of the way is free between the queue of the goal itself and another.
constexpr std::size_t gap_between_queues_m = 3;
/// So much of a way beyond those who are farthest from its goal is known, for when they go back.
constexpr float reserve_m = 10;
/// Nobody turns round for less.
constexpr float least_gain = 0.2F, least_gain_m = 5;

bool gains(float stay_m, float quick_m) {
  return stay_m - quick_m > std::max(least_gain_m, least_gain * stay_m);
}

/// Heads that are held up beyond the queue that reaches the goal: that one is the goal's own, and
/// there is no way round it. `held` [metres of way].
std::uint32_t beyond_the_goals_queue(std::span<const std::uint32_t> held) {
  std::size_t free_m = 0, at = 0;
  for (; at < held.size() && free_m < gap_between_queues_m; ++at) {
    free_m = held[at] == 0 ? free_m + 1 : 0;
  }
  std::uint32_t heads = 0;
  for (; at < held.size(); ++at) heads += held[at];
  return heads;
}

}  // namespace

Detours::Detours(const WayBook& ways)
    : ways_(ways),
      patches_(patches_of(ways.basis_at(0).ground.grid(), ways.basis_at(0).openings)),
      seen_(patches_),
      of_way_(ways.size()),
      jams_(ways.size()) {}

void Detours::look(std::span<const Walker> walkers, double seconds, ComputeArena& arena) {
  for (const Walker& one : walkers) {
    if (one.heads == 0 || patches_.of_cell[one.cell] == GroundPatches::no_patch) continue;
    seen_.see(patches_.of_cell[one.cell], one.heads, one.gets_on);
  }
  seen_.look(seconds);
  if (++looks_ % looks_a_renewal != 0) return;
  const std::vector<std::size_t> jammed = ways_with_jams(walkers);
  for (std::size_t way = 0; way < jams_.size(); ++way) {
    if (!std::ranges::binary_search(jammed, way)) {
      jams_[way].reset();
      of_way_[way].pause = of_way_[way].left = 0;
    }
  }
  // A few at a time, by turns: with many exits each of them draws few people.
  const std::size_t count = std::min(jammed.size(), ways_a_renewal);
  const std::size_t first = looks_ / looks_a_renewal * ways_a_renewal;
  arena.for_each_part(
      count, [&](std::size_t part) { compute(jammed[(first + part) % jammed.size()], walkers); });
}

std::vector<std::size_t> Detours::ways_with_jams(std::span<const Walker> walkers) const {
  std::vector<std::vector<std::uint32_t>> held(jams_.size());
  std::vector<std::uint64_t> all(jams_.size(), 0);
  for (const Walker& one : walkers) {
    if (one.heads == 0 || !std::isfinite(one.to_go_m)) continue;
    all[one.way] += one.heads;
    const std::uint32_t patch = patches_.of_cell[one.cell];
    if (patch == GroundPatches::no_patch || !seen_.holds(patch)) continue;
    if (held[one.way].empty()) held[one.way].assign(metres_told_apart, 0);
    held[one.way][std::min(metres_told_apart - 1, static_cast<std::size_t>(one.to_go_m))] +=
        one.heads;
  }
  std::vector<std::size_t> jammed;
  for (std::size_t way = 0; way < held.size(); ++way) {
    const std::uint32_t heads = beyond_the_goals_queue(held[way]);
    if (heads >= least_heads && heads >= least_heads_share * static_cast<double>(all[way])) {
      jammed.push_back(way);
    }
  }
  return jammed;
}

void Detours::compute(std::size_t way, std::span<const Walker> walkers) {
  Way& of_way = of_way_[way];
  if (of_way.left > 0) {
    --of_way.left;
    return;
  }
  float farthest_m = 0;
  for (const Walker& one : walkers) {
    if (one.heads > 0 && one.way == way && std::isfinite(one.to_go_m)) {
      farthest_m = std::max(farthest_m, one.to_go_m);
    }
  }
  if (!of_way.fronts || of_way.fronts->reach_m() < farthest_m + reserve_m) {
    of_way.fronts = std::make_unique<WayFronts>(ways_.at(way), ways_.basis_at(way),
                                                1.2F * farthest_m + 2 * reserve_m);
  }
  jams_[way] = jam_of(way, walkers);
  if (jams_[way] && anybody_gains(way, walkers)) {
    of_way.pause = 0;
    return;
  }
  jams_[way].reset();
  of_way.left = of_way.pause = std::min(longest_pause, 2 * of_way.pause + 1);
}

std::optional<Detours::Jam> Detours::jam_of(std::size_t way,
                                            std::span<const Walker> walkers) const {
  const WayBasis& basis = ways_.basis_at(way);
  const GroundGrid& grid = basis.ground.grid();
  const WayField& shortest = ways_.at(way);
  std::vector<float> slowness = of_way_[way].fronts->delayed(seen_, patches_);
  Jam jam;
  jam.quick.sheets = jam.stay.sheets = shortest.sheets;
  jam.quick.links = jam.stay.links = shortest.links;
  jam.stay.distance_m = of_way_[way].fronts->time_m(slowness);
  std::vector<std::uint32_t> wanted;
  bool may_gain = false;
  for (const Walker& one : walkers) {
    if (one.heads == 0 || one.way != way || !(shortest.distance_m[one.cell] < no_way)) continue;
    wanted.push_back(static_cast<std::uint32_t>(one.cell));
    // No way is quicker than the shortest without a jam.
    const float stay_m = jam.stay.distance_m[one.cell];
    may_gain = may_gain || gains(stay_m, shortest.distance_m[one.cell]);
  }
  if (!may_gain) return std::nullopt;
  std::vector<float> across = basis.slowness;
  for (std::size_t cell = 0; cell < across.size(); ++cell) {
    const std::uint32_t patch = patches_.of_cell[cell];
    if (patch != GroundPatches::no_patch) across[cell] *= seen_.across(patch);
  }
  const std::vector<WaySeed> seeds =
      seeds_of({basis.ground, slowness, basis.body_radius_m}, ways_.goal_at(way));
  WayMarcher marcher(grid, std::move(slowness), basis.openings.bridges);
  marcher.let_across(shortest.distance_m, across);
  jam.quick.distance_m = marcher.march(seeds, wanted);
  set_straight_directions(jam.quick);
  turn_off_openings(basis.openings, jam.quick);
  return jam;
}

bool Detours::anybody_gains(std::size_t way, std::span<const Walker> walkers) const {
  return std::ranges::any_of(walkers, [&](const Walker& one) {
    if (one.heads == 0 || one.way != way) return false;
    const auto known = times(way, one.surface, one.x_m, one.y_m, one.cell);
    return known && gains(known->stay_m, known->quick_m);
  });
}

std::optional<Detours::Times> Detours::times(std::size_t way, std::uint32_t surface, float x,
                                             float y, std::size_t cell) const {
  if (!quickest(way)) return std::nullopt;
  const Times known{
      jams_[way]->stay.distance(surface, x, y), jams_[way]->quick.distance(surface, x, y),
      patches_.of_cell[cell] != GroundPatches::no_patch && seen_.holds(patches_.of_cell[cell])};
  if (!std::isfinite(known.stay_m) || !std::isfinite(known.quick_m)) return std::nullopt;
  return known;
}

}  // namespace kontwin::crowd
