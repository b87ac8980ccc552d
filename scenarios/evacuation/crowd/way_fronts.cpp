#include "scenarios/evacuation/crowd/way_fronts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kontwin::crowd {

namespace {

constexpr float no_way = std::numeric_limits<float>::infinity();
constexpr std::uint32_t none_yet = 0xFFFFFFFF;

/// Among fewer others a square metre than this nobody is held up by them; among more, all are.
constexpr float tells_per_m2 = 0.5F, tells_all_per_m2 = 1.5F;
/// A metre in a jam counts as no more than so many.
constexpr float most_delay = 100;
/// A queue begins where a metre takes so much longer.
constexpr float jammed = 1.5F;
/// A front that is wider than the head of its queue by this factor holds people up no more.
constexpr float wider = 1.25F;
/// So many fronts, of a metre each, tell the flow of a queue's head.
constexpr int head_fronts = 4;
/// Of the flow over a front at the head of a queue; the rest is that of the front before it.
constexpr float own_share = 0.2F;

/// The head of a queue as it is found from the goal upwards.
struct Head {
  float flow = 0;  ///< heads a metre that get on
  float area_m2 = 0;
  int fronts = 0;  ///< that it is long
};

}  // namespace

WayFronts::WayFronts(const WayField& way, const WayBasis& basis, float reach_m)
    : way_(way), basis_(basis), reach_m_(reach_m) {
  const std::vector<float>& distance_m = way.distance_m;
  std::vector<std::pair<float, std::uint32_t>> cells;
  for (std::uint32_t cell = 0; cell < distance_m.size(); ++cell) {
    if (distance_m[cell] < no_way && distance_m[cell] <= reach_m) {
      cells.emplace_back(distance_m[cell], cell);
    }
  }
  std::ranges::sort(cells);
  for (const auto& [away_m, cell] : cells) by_distance_.push_back(cell);
  cut();
}

std::uint32_t WayFronts::columns_at(std::uint32_t cell, std::size_t& sheet) const {
  while (cell < way_.sheets[sheet].begin) --sheet;
  while (sheet + 1 < way_.sheets.size() && cell >= way_.sheets[sheet + 1].begin) ++sheet;
  return way_.sheets[sheet].columns;
}

WayFronts::Next WayFronts::next(std::uint32_t cell, std::uint32_t columns) const {
  const std::vector<float>& d = way_.distance_m;
  const std::uint8_t links = (*way_.links)[cell];
  const auto lower = [&](std::uint32_t back, std::uint8_t back_bit, std::uint32_t forth,
                         std::uint8_t forth_bit) {
    std::uint32_t low = cell;
    if ((links & back_bit) && d[back] < d[low]) low = back;
    if ((links & forth_bit) && d[forth] < d[low]) low = forth;
    return low;
  };
  Next on{lower(cell - 1, GroundGrid::west, cell + 1, GroundGrid::east),
          lower(cell - columns, GroundGrid::south, cell + columns, GroundGrid::north), cell, 0};
  const auto& bridges = basis_.openings.bridges;
  for (auto bridge = std::ranges::lower_bound(bridges, cell, {}, &Bridge::from);
       bridge != bridges.end() && bridge->from == cell; ++bridge) {
    // Where that is how the distance came about.
    const float length_m =
        bridge->length_m * 0.5F * (basis_.slowness[cell] + basis_.slowness[bridge->to]);
    if (d[bridge->to] + length_m > d[cell] + 1e-3F) continue;
    on.beyond = bridge->to;
    on.beyond_m = bridge->length_m;
  }
  return on;
}

void WayFronts::cut() {
  const std::vector<float>& d = way_.distance_m;
  const std::vector<std::uint8_t>& links = *way_.links;
  std::vector<std::uint32_t> front(d.size(), none_yet), open;
  std::size_t sheet = 0;
  for (const std::uint32_t first : by_distance_) {
    if (front[first] != none_yet) continue;
    const std::uint32_t columns = columns_at(first, sheet);
    const auto here = static_cast<std::uint32_t>(area_m2_.size());
    const float away_m = std::floor(d[first]);
    const float per_m = way_.sheets[sheet].per_m;
    const Next on = next(first, columns);
    std::uint32_t below = here;
    for (const std::uint32_t cell : {on.x, on.y, on.beyond}) {
      if (cell != first && front[cell] != none_yet) below = front[cell];
    }
    std::size_t cells = 1;
    front[first] = here;
    open.assign(1, first);
    while (!open.empty()) {
      const std::uint32_t cell = open.back();
      open.pop_back();
      const auto reach = [&](std::uint32_t beside, std::uint8_t bit) {
        if (!(links[cell] & bit) || front[beside] != none_yet) return;
        if (std::floor(d[beside]) != away_m || d[beside] > reach_m_) return;
        front[beside] = here;
        ++cells;
        open.push_back(beside);
      };
      reach(cell - 1, GroundGrid::west);
      reach(cell + 1, GroundGrid::east);
      reach(cell - columns, GroundGrid::south);
      reach(cell + columns, GroundGrid::north);
    }
    below_.push_back(below);
    area_m2_.push_back(static_cast<float>(cells) / (per_m * per_m));
  }
  for (const std::uint32_t cell : by_distance_) front_.push_back(front[cell]);
}

std::vector<float> WayFronts::delayed(const JamMap& seen, const GroundPatches& patches) const {
  std::vector<float> heads(below_.size(), 0), gets_on(below_.size(), 0), crowding(below_.size(), 0);
  std::size_t sheet = 0;
  for (std::size_t i = 0; i < by_distance_.size(); ++i) {
    const std::uint32_t patch = patches.of_cell[by_distance_[i]];
    if (patch == GroundPatches::no_patch) continue;
    columns_at(by_distance_[i], sheet);
    const float per_m = way_.sheets[sheet].per_m;
    const float share = 1 / (per_m * per_m * patches.area_m2[patch]);
    heads[front_[i]] += seen.heads(patch) * share;
    gets_on[front_[i]] += seen.gets_on(patch) * share;
    crowding[front_[i]] +=
        seen.heads(patch) * share * std::max(0.F, seen.heads(patch) - 1) / patches.area_m2[patch];
  }
  std::vector<Head> head(below_.size());
  std::vector<float> delay(below_.size(), 1);
  for (std::size_t i = 0; i < below_.size(); ++i) {
    // Those nearer to the goal come first, so what is below is known.
    const Head before = head[below_[i]];
    head[i] = before;
    const float own = std::max(gets_on[i], heads[i] / most_delay);
    if (delay[below_[i]] < jammed || !(before.flow > 0)) {
      head[i] = {own, area_m2_[i], 1};
    } else if (before.fronts < head_fronts) {
      // Nearer to the gap people speed up already; farther off they still close up.
      head[i] = {std::min(before.flow, own), std::min(before.area_m2, area_m2_[i]),
                 before.fronts + 1};
    } else if (area_m2_[i] < wider * before.area_m2) {
      head[i].flow += own_share * (own - before.flow);
      head[i].area_m2 += own_share * (area_m2_[i] - before.area_m2);
    }
    if (!(heads[i] > 0)) continue;
    // How many others its people are among: much of the front may be empty.
    const float told = std::clamp(
        (crowding[i] / heads[i] - tells_per_m2) / (tells_all_per_m2 - tells_per_m2), 0.F, 1.F);
    const float takes = head[i].flow * most_delay > heads[i] ? heads[i] / head[i].flow : most_delay;
    delay[i] = 1 + told * (std::max(takes, 1.F) - 1);
  }
  std::vector<float> slowness = basis_.slowness;
  for (std::size_t i = 0; i < by_distance_.size(); ++i) {
    slowness[by_distance_[i]] *= delay[front_[i]];
  }
  return slowness;
}

std::vector<float> WayFronts::time_m(std::span<const float> delayed) const {
  const std::vector<float>& d = way_.distance_m;
  std::vector<float> t(d.size(), no_way);
  std::size_t sheet = 0;
  for (const std::uint32_t cell : by_distance_) {
    const float delay = delayed[cell] / basis_.slowness[cell];
    const Next on = next(cell, columns_at(cell, sheet));
    float rise = 0, weighted = 0, squares = 0;
    for (const std::uint32_t low : {on.x, on.y}) {
      if (low == cell) continue;
      const float down = d[cell] - d[low];
      rise += down;
      squares += down * down;
      weighted += down * t[low];
    }
    if (on.beyond != cell) {
      t[cell] = t[on.beyond] + on.beyond_m * 0.5F * (delayed[cell] + delayed[on.beyond]);
    } else {
      // What nothing leads on from is at the goal.
      t[cell] = rise > 0 ? (squares * delay + weighted) / rise : d[cell] * delay;
    }
  }
  return t;
}

}  // namespace kontwin::crowd
