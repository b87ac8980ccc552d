#include "io/synthesis/network_draft.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <queue>
#include <utility>

namespace kontwin::synthesis {

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
    std::uint32_t from, std::uint32_t to,
    const std::function<double(const DraftRoad&)>& cost) const {
  const auto at = roads_at();
  std::vector<double> best(junctions.size(), std::numeric_limits<double>::infinity());
  std::vector<std::uint32_t> through(junctions.size(), no_row);
  using Entry = std::pair<double, std::uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
  best[from] = 0;
  open.emplace(0, from);
  while (!open.empty()) {
    const auto [so_far, junction] = open.top();
    open.pop();
    if (so_far > best[junction]) continue;
    if (junction == to) break;
    for (const std::uint32_t road : at[junction]) {
      const std::uint32_t other = roads[road].a == junction ? roads[road].b : roads[road].a;
      const double total = so_far + cost(roads[road]);
      if (total < best[other]) {
        best[other] = total;
        through[other] = road;
        open.emplace(total, other);
      }
    }
  }
  if (from != to && through[to] == no_row) return std::nullopt;
  std::vector<std::uint32_t> found;
  for (std::uint32_t junction = to; junction != from;) {
    const std::uint32_t road = through[junction];
    found.push_back(road);
    junction = roads[road].a == junction ? roads[road].b : roads[road].a;
  }
  std::ranges::reverse(found);
  return found;
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
