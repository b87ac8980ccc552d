#include "io/synthesis/network_draft.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <queue>
#include <utility>

namespace kontwin::synthesis {

namespace {

/// The cosine of the angle between arriving by one road and leaving by another.
double cosine_of_turn(const std::vector<DraftRoad>& roads, std::uint32_t in, std::uint32_t out) {
  const auto heading = [&](std::uint32_t state, bool at_end) {
    const auto& line = roads[state / 2].line;
    const bool forward = state % 2 == 0;
    const bool last = forward == at_end;
    const LocalPoint a = last ? line[line.size() - 2] : line[0];
    const LocalPoint b = last ? line.back() : line[1];
    const double sign = forward ? 1 : -1;
    return LocalPoint{sign * (b.x_m - a.x_m), sign * (b.y_m - a.y_m)};
  };
  const LocalPoint u = heading(in, true);
  const LocalPoint v = heading(out, false);
  const double lengths = std::hypot(u.x_m, u.y_m) * std::hypot(v.x_m, v.y_m);
  return lengths > 0 ? (u.x_m * v.x_m + u.y_m * v.y_m) / lengths : 1;
}

}  // namespace

std::uint32_t NetworkDraft::add_junction(DraftJunction junction) {
  junctions.push_back(std::move(junction));
  return static_cast<std::uint32_t>(junctions.size() - 1);
}

std::uint32_t NetworkDraft::add_road(std::uint32_t a, std::uint32_t b, DraftRoad road) {
  road.a = a;
  road.b = b;
  if (road.line.empty()) road.line = {junctions[a].place, junctions[b].place};
  roads.push_back(std::move(road));
  return static_cast<std::uint32_t>(roads.size() - 1);
}

std::vector<std::vector<std::uint32_t>> NetworkDraft::roads_at() const {
  std::vector<std::vector<std::uint32_t>> at(junctions.size());
  for (std::uint32_t road = 0; road < roads.size(); ++road) {
    at[roads[road].a].push_back(road);
    at[roads[road].b].push_back(road);
  }
  return at;
}

std::optional<std::vector<std::uint32_t>> NetworkDraft::way(
    std::uint32_t from, std::uint32_t to, const std::function<double(const DraftRoad&)>& cost,
    double turn_cost) const {
  // A state is a road and a direction: 2 r runs from a to b, 2 r + 1 from b to a.
  const auto at = roads_at();
  const auto end_of = [this](std::uint32_t state) {
    return state % 2 == 0 ? roads[state / 2].b : roads[state / 2].a;
  };
  std::vector<double> best(2 * roads.size(), std::numeric_limits<double>::infinity());
  std::vector<std::uint32_t> previous(2 * roads.size(), no_row);
  using Entry = std::pair<double, std::uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
  const auto leave = [&](std::uint32_t junction, double so_far, std::uint32_t arrived_by) {
    for (const std::uint32_t road : at[junction]) {
      const std::uint32_t state = 2 * road + (roads[road].a == junction ? 0 : 1);
      double total = so_far + cost(roads[road]);
      if (arrived_by != no_row && cosine_of_turn(roads, arrived_by, state) < 0.82) {
        total += turn_cost;
      }
      if (total < best[state]) {
        best[state] = total;
        previous[state] = arrived_by;
        open.emplace(total, state);
      }
    }
  };
  if (from == to) return std::vector<std::uint32_t>{};
  leave(from, 0, no_row);
  while (!open.empty()) {
    const auto [so_far, state] = open.top();
    open.pop();
    if (so_far > best[state]) continue;
    if (end_of(state) == to) {
      std::vector<std::uint32_t> found;
      for (std::uint32_t back = state; back != no_row; back = previous[back]) {
        found.push_back(back / 2);
      }
      std::ranges::reverse(found);
      return found;
    }
    leave(end_of(state), so_far, state);
  }
  return std::nullopt;
}

std::vector<std::uint32_t> NetworkDraft::parts() const {
  const auto at = roads_at();
  std::vector<std::uint32_t> part(junctions.size(), no_row);
  std::uint32_t count = 0;
  for (std::uint32_t start = 0; start < junctions.size(); ++start) {
    if (part[start] != no_row) continue;
    std::vector<std::uint32_t> open{start};
    part[start] = count;
    while (!open.empty()) {
      const std::uint32_t junction = open.back();
      open.pop_back();
      for (const std::uint32_t road : at[junction]) {
        const std::uint32_t other = roads[road].a == junction ? roads[road].b : roads[road].a;
        if (part[other] != no_row) continue;
        part[other] = count;
        open.push_back(other);
      }
    }
    ++count;
  }
  return part;
}

void NetworkDraft::remove_roads(const std::vector<bool>& drop) {
  std::vector<DraftRoad> kept;
  for (std::size_t i = 0; i < roads.size(); ++i) {
    if (!drop[i]) kept.push_back(std::move(roads[i]));
  }
  roads = std::move(kept);
}

void NetworkDraft::remove_junctions(const std::vector<bool>& drop) {
  std::vector<bool> road_goes(roads.size());
  for (std::size_t i = 0; i < roads.size(); ++i)
    road_goes[i] = drop[roads[i].a] || drop[roads[i].b];
  remove_roads(road_goes);
  std::vector<std::uint32_t> renumbered(junctions.size(), no_row);
  std::vector<DraftJunction> kept;
  for (std::size_t i = 0; i < junctions.size(); ++i) {
    if (drop[i]) continue;
    renumbered[i] = static_cast<std::uint32_t>(kept.size());
    kept.push_back(std::move(junctions[i]));
  }
  junctions = std::move(kept);
  for (DraftRoad& road : roads) {
    road.a = renumbered[road.a];
    road.b = renumbered[road.b];
  }
}

void NetworkDraft::keep_largest_part() {
  const auto part = parts();
  std::vector<std::size_t> sizes;
  for (const std::uint32_t p : part) {
    if (p >= sizes.size()) sizes.resize(p + 1);
    ++sizes[p];
  }
  const auto largest = static_cast<std::uint32_t>(std::ranges::max_element(sizes) - sizes.begin());
  std::vector<bool> drop(part.size());
  for (std::size_t i = 0; i < part.size(); ++i) drop[i] = part[i] != largest;
  remove_junctions(drop);
}

JunctionIndex::JunctionIndex(std::span<const LocalPoint> places) {
  std::vector<Value> values;
  for (std::uint32_t i = 0; i < places.size(); ++i) {
    values.emplace_back(Corner(places[i].x_m, places[i].y_m), i);
  }
  tree_ = decltype(tree_)(values);
}

JunctionIndex::JunctionIndex(const NetworkDraft& draft) {
  std::vector<Value> values;
  for (std::uint32_t i = 0; i < draft.junctions.size(); ++i) {
    values.emplace_back(Corner(draft.junctions[i].place.x_m, draft.junctions[i].place.y_m), i);
  }
  tree_ = decltype(tree_)(values);
}

std::vector<std::uint32_t> JunctionIndex::nearest(LocalPoint point, std::size_t count) const {
  std::vector<Value> found;
  tree_.query(
      boost::geometry::index::nearest(Corner(point.x_m, point.y_m), static_cast<unsigned>(count)),
      std::back_inserter(found));
  std::vector<std::pair<double, std::uint32_t>> sorted;
  for (const Value& value : found) {
    sorted.emplace_back(distance_m(point, {value.first.get<0>(), value.first.get<1>()}),
                        value.second);
  }
  std::ranges::sort(sorted);
  std::vector<std::uint32_t> indices;
  for (const auto& [away_m, index] : sorted) indices.push_back(index);
  return indices;
}

std::uint32_t JunctionIndex::nearest(LocalPoint point) const {
  const auto found = nearest(point, 1);
  return found.empty() ? no_row : found.front();
}

void JunctionIndex::add(std::uint32_t junction, LocalPoint place) {
  tree_.insert(Value(Corner(place.x_m, place.y_m), junction));
}

}  // namespace kontwin::synthesis
