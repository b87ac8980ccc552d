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
/// Smaller bands than this are left over at a wall and no way of their own.
constexpr float least_band_m2 = 0.5F;

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

/// Those of a band whose way leads into the same queue are one front.
struct WayFronts::Front {
  std::uint32_t queue;  ///< the front at its head; itself where it is the first or there is none
  std::uint32_t below;  ///< the front its way goes on to, or itself
  float own_area_m2 = 0, heads = 0, gets_on = 0, crowding = 0;
  float delay = 1;
  /// Of the head of the queue, as it is found from the goal upwards.
  float flow = 0;  ///< heads a metre that get on
  float area_m2 = 0;
  int long_fronts = 0;
};

std::uint32_t WayFronts::front_at(std::uint32_t i, std::size_t band, std::size_t first,
                                  const std::vector<std::uint32_t>& front_of,
                                  std::vector<Front>& fronts) const {
  const std::uint32_t on = on_[i];
  if (on != i && on >= begin_[band]) return front_of[on];
  std::uint32_t queue = none_yet, below = none_yet;
  if (on != i) {
    below = front_of[on];
    const Front& ahead = fronts[below];
    // Where ways part at the very head of a queue, each side has a head of its own: whether people
    // are held up before or behind the parting cannot be told within a metre.
    const auto band_on =
        static_cast<std::size_t>(std::ranges::upper_bound(begin_, on) - begin_.begin() - 1);
    const bool own = parts_[band_on] != 0 && ahead.queue == below;
    if (ahead.delay >= jammed && !own) queue = ahead.queue;
  }
  for (std::size_t known = first; known < fronts.size(); ++known) {
    const std::uint32_t its = fronts[known].queue;
    if (its == queue || (queue == none_yet && its == known)) {
      return static_cast<std::uint32_t>(known);
    }
  }
  const auto here = static_cast<std::uint32_t>(fronts.size());
  fronts.push_back({queue == none_yet ? here : queue, below == none_yet ? here : below});
  return here;
}

void WayFronts::hold_up(std::vector<Front>& fronts, std::size_t at) {
  Front& front = fronts[at];
  const Front& before = fronts[front.below];
  const float own = std::max(front.gets_on, front.heads / most_delay);
  front.flow = before.flow;
  front.area_m2 = before.area_m2;
  front.long_fronts = before.long_fronts;
  if (front.queue == at || !(before.flow > 0)) {
    front.flow = own;
    front.area_m2 = front.own_area_m2;
    front.long_fronts = 1;
  } else if (before.long_fronts < head_fronts) {
    // Nearer to the gap people speed up already; farther off they still close up.
    front.flow = std::min(before.flow, own);
    front.area_m2 = std::min(before.area_m2, front.own_area_m2);
    ++front.long_fronts;
  } else if (front.own_area_m2 < wider * before.area_m2) {
    front.flow += own_share * (own - before.flow);
    front.area_m2 += own_share * (front.own_area_m2 - before.area_m2);
  }
  if (!(front.heads > 0)) return;
  // How many others its people are among: much of the front may be empty.
  const float told = std::clamp(
      (front.crowding / front.heads - tells_per_m2) / (tells_all_per_m2 - tells_per_m2), 0.F, 1.F);
  const float takes = front.flow * most_delay > front.heads ? front.heads / front.flow : most_delay;
  front.delay = 1 + told * (std::max(takes, 1.F) - 1);
}

void WayFronts::cut() {
  const std::vector<float>& d = way_.distance_m;
  const std::vector<std::uint8_t>& links = *way_.links;
  std::vector<std::uint32_t> band(d.size(), none_yet), place(d.size(), none_yet), open;
  std::uint32_t bands = 0;
  std::size_t sheet = 0;
  for (const std::uint32_t first : by_distance_) {
    if (band[first] != none_yet) continue;
    const std::uint32_t columns = columns_at(first, sheet);
    const float away_m = std::floor(d[first]);
    const std::uint32_t here = bands++;
    band[first] = here;
    open.assign(1, first);
    while (!open.empty()) {
      const std::uint32_t cell = open.back();
      open.pop_back();
      const auto reach = [&](std::uint32_t beside, std::uint8_t bit) {
        if (!(links[cell] & bit) || band[beside] != none_yet) return;
        if (std::floor(d[beside]) != away_m || d[beside] > reach_m_) return;
        band[beside] = here;
        open.push_back(beside);
      };
      reach(cell - 1, GroundGrid::west);
      reach(cell + 1, GroundGrid::east);
      reach(cell - columns, GroundGrid::south);
      reach(cell + columns, GroundGrid::north);
    }
  }
  // Bands are numbered by their nearest cell: what a band's way goes on to comes before it.
  by_band_ = by_distance_;
  std::ranges::stable_sort(by_band_, {}, [&band](std::uint32_t cell) { return band[cell]; });
  begin_.assign(1, 0);
  for (std::uint32_t i = 0; i < by_band_.size(); ++i) {
    place[by_band_[i]] = i;
    if (i > 0 && band[by_band_[i]] != band[by_band_[i - 1]]) begin_.push_back(i);
  }
  begin_.push_back(static_cast<std::uint32_t>(by_band_.size()));
  parts_.assign(bands, 0);
  std::vector<std::uint32_t> above(bands, none_yet);  // the first band that goes on to each
  for (std::uint32_t b = 0; b < bands; ++b) {
    for (std::uint32_t i = begin_[b]; i < begin_[b + 1]; ++i) {
      const std::uint32_t cell = by_band_[i];
      const std::uint32_t columns = columns_at(cell, sheet);
      const Next on = next(cell, columns);
      // Down the steeper axis, unless it goes through an opening.
      const std::uint32_t down = on.beyond != cell ? on.beyond : d[on.x] < d[on.y] ? on.x : on.y;
      on_.push_back(place[down] <= i ? place[down] : i);
      const std::uint32_t to = band[by_band_[on_.back()]];
      const float area_m2 = static_cast<float>(begin_[b + 1] - begin_[b]) /
                            (way_.sheets[sheet].per_m * way_.sheets[sheet].per_m);
      if (to == b || area_m2 < least_band_m2) continue;
      if (above[to] == none_yet) above[to] = b;
      if (above[to] != b) parts_[to] = 1;
    }
  }
}

std::vector<float> WayFronts::delayed(const JamMap& seen, const GroundPatches& patches) const {
  std::vector<Front> fronts;
  std::vector<std::uint32_t> front_of(by_band_.size());
  std::vector<float> slowness = basis_.slowness;
  std::size_t sheet = 0;
  for (std::size_t band = 0; band + 1 < begin_.size(); ++band) {
    const std::size_t first = fronts.size();
    for (std::uint32_t i = begin_[band]; i < begin_[band + 1]; ++i) {
      front_of[i] = front_at(i, band, first, front_of, fronts);
      Front& front = fronts[front_of[i]];
      columns_at(by_band_[i], sheet);
      const float per_m = way_.sheets[sheet].per_m;
      front.own_area_m2 += 1 / (per_m * per_m);
      const std::uint32_t patch = patches.of_cell[by_band_[i]];
      if (patch == GroundPatches::no_patch) continue;
      const float heads = seen.heads(patch) / (per_m * per_m * patches.area_m2[patch]);
      front.heads += heads;
      front.gets_on += seen.gets_on(patch) / (per_m * per_m * patches.area_m2[patch]);
      front.crowding += heads * std::max(0.F, seen.heads(patch) - 1) / patches.area_m2[patch];
    }
    for (std::size_t i = first; i < fronts.size(); ++i) hold_up(fronts, i);
    for (std::uint32_t i = begin_[band]; i < begin_[band + 1]; ++i) {
      slowness[by_band_[i]] *= fronts[front_of[i]].delay;
    }
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
