#include "io/synthesis/streets.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <set>

#include "io/synthesis/network_key.hpp"
#include "twin/random.hpp"

namespace kontwin::synthesis {

namespace {

constexpr double bank_street_m = 28;     ///< from the channel's edge to the street along it
constexpr double grid_from_bank_m = 75;  ///< from the channel's edge to the grid
constexpr double steepest = 0.30;        ///< ground steeper than this carries no street

/// Draws one town; the steps share what they have drawn so far.
class Drawing {
 public:
  Drawing(const Town& town, const StreetAssets& assets, const RiverIndex& rivers,
          const Terrain& terrain)
      : town_(town), assets_(assets), rivers_(rivers), terrain_(terrain), key_(key_of(town.id)) {}

  void bridges();
  void banks(std::span<const River> rivers);
  void grid();
  void join_banks_to_grid();
  NetworkDraft finish();

 private:
  using Node = std::pair<int, int>;

  LocalPoint node_place(Node node) const;
  bool buildable(LocalPoint place) const;
  void grid_street(Node from, Node to);
  std::uint32_t junction(LocalPoint place) { return draft_.add_junction({place, {}, {}, true}); }
  void street(std::uint32_t a, std::uint32_t b, RoadClass road_class, std::string name);
  void bank(std::span<const LocalPoint> line, const River& river, double side);

  const Town& town_;
  const StreetAssets& assets_;
  const RiverIndex& rivers_;
  const Terrain& terrain_;
  std::uint64_t key_;
  NetworkDraft draft_;
  std::map<Node, std::uint32_t> nodes_;
  std::vector<std::uint32_t> heads_;  ///< of bridges
  std::vector<std::uint32_t> bank_;   ///< junctions along the water
  std::set<std::pair<std::uint32_t, std::uint32_t>> drawn_;
};

void Drawing::street(std::uint32_t a, std::uint32_t b, RoadClass road_class, std::string name) {
  if (a == b || !drawn_.insert(std::minmax(a, b)).second) return;
  DraftRoad road;
  road.road_class = road_class;
  road.name = std::move(name);
  road.in_town = true;
  road.source = no_row;
  draft_.add_road(a, b, std::move(road));
}

void Drawing::bridges() {
  for (const TownBridge& bridge : assets_.bridges) {
    if (bridge.town != town_.id) continue;
    const auto bank = rivers_.nearest(bridge.place, 1000, true);
    if (!bank) continue;
    const double out_m = bank->half_width_m + bank_street_m;
    const LocalPoint across{-bank->downstream.y_m, bank->downstream.x_m};
    std::uint32_t ends[2];
    for (int side = 0; side < 2; ++side) {
      const double m = side == 0 ? out_m : -out_m;
      ends[side] = junction({bank->foot.x_m + across.x_m * m, bank->foot.y_m + across.y_m * m});
      draft_.junctions.back().name = bridge.name;
      heads_.push_back(ends[side]);
    }
    draft_.add_road(ends[0], ends[1], bridge.road);
  }
}

void Drawing::bank(std::span<const LocalPoint> line, const River& river, double side) {
  constexpr double step_m = 105;
  const double total_m = length_m(line);
  std::uint32_t last = no_row;
  for (double along_m = 0; along_m < total_m; along_m += step_m) {
    const LocalPoint on_river = point_along(line, along_m);
    if (!town_.contains(on_river, 320)) {
      last = no_row;
      continue;
    }
    const auto water = rivers_.nearest(on_river, 1, true);
    if (!water) continue;
    const double out_m = side * (water->half_width_m + bank_street_m);
    const LocalPoint place{on_river.x_m - water->downstream.y_m * out_m,
                           on_river.y_m + water->downstream.x_m * out_m};
    const auto clear = rivers_.nearest(place, bank_street_m - 6);
    if (!town_.contains(place, 220) || clear) continue;
    std::uint32_t here = no_row;
    for (const std::uint32_t head : heads_) {
      const LocalPoint at = draft_.junctions[head].place;
      if (distance_m(at, place) < step_m * 0.55 && !rivers_.crosses_wide(at, place)) here = head;
    }
    if (last != no_row && here == no_row && distance_m(draft_.junctions[last].place, place) < 45) {
      continue;
    }
    if (here == no_row) here = junction(place);
    if (here == last) continue;
    bank_.push_back(here);
    if (last != no_row) {
      const LocalPoint from = draft_.junctions[last].place;
      const LocalPoint to = draft_.junctions[here].place;
      if (distance_m(from, to) < 330 && !rivers_.crosses_wide(from, to)) {
        street(last, here, RoadClass::street, "Đường ven " + river.name);
      }
    }
    last = here;
  }
}

void Drawing::banks(std::span<const River> rivers) {
  for (const River& river : rivers) {
    const bool wide = std::ranges::any_of(river.width_m, [](float m) { return m >= wide_river_m; });
    const bool here = std::ranges::any_of(
        river.line, [this](LocalPoint point) { return town_.contains(point, 500); });
    if (!wide || !here) continue;
    bank(river.line, river, 1);
    bank(river.line, river, -1);
  }
}

LocalPoint Drawing::node_place(Node node) const {
  const double s = town_.spacing_m;
  double u = node.first * s;
  double v = node.second * s;
  const double phase = static_cast<double>(key_ % 628) / 100;
  // Two slow waves bend the lines; a little noise keeps corners from being exact.
  const double bent_u =
      u + 0.55 * s * std::sin(v / 780 + phase) + 0.2 * s * std::sin(v / 310 + u / 900);
  const double bent_v =
      v + 0.45 * s * std::sin(u / 690 + 1.3 * phase) + 0.2 * s * std::sin(u / 270 - v / 800);
  RandomStream random(world_seed, key_ ^ (static_cast<std::uint64_t>(node.first + 5000) << 20U) ^
                                      static_cast<std::uint64_t>(node.second + 5000));
  u = bent_u + random.uniform(-0.06, 0.06) * s;
  v = bent_v + random.uniform(-0.06, 0.06) * s;
  const LocalPoint origin = town_.quarters.front().center;
  const double c = std::cos(town_.turn_rad);
  const double d = std::sin(town_.turn_rad);
  return {origin.x_m + u * c - v * d, origin.y_m + u * d + v * c};
}

bool Drawing::buildable(LocalPoint place) const {
  if (rivers_.nearest(place, grid_from_bank_m, true) || rivers_.nearest(place, 12)) return false;
  const double east = terrain_.elevation_m({place.x_m + 40, place.y_m}) -
                      terrain_.elevation_m({place.x_m - 40, place.y_m});
  const double north = terrain_.elevation_m({place.x_m, place.y_m + 40}) -
                       terrain_.elevation_m({place.x_m, place.y_m - 40});
  return std::hypot(east, north) / 80 < steepest;
}

void Drawing::grid_street(Node from, Node to) {
  const auto a = nodes_.find(from);
  const auto b = nodes_.find(to);
  if (a == nodes_.end() || b == nodes_.end()) return;
  const LocalPoint start = draft_.junctions[a->second].place;
  const LocalPoint end = draft_.junctions[b->second].place;
  const bool column = from.first == to.first;
  const int line = column ? from.first : from.second;
  const bool coarse = town_.fineness(start) == 2 || town_.fineness(end) == 2;
  if (coarse && line % 2 != 0) return;
  if (rivers_.crosses_wide(start, end)) return;
  const bool main = line % 4 == 0;
  RandomStream random(world_seed,
                      key_ ^ (static_cast<std::uint64_t>(from.first + 5000) << 20U) ^
                          static_cast<std::uint64_t>(from.second + 5000),
                      column ? 11 : 12);
  if (!main && random.uniform() < 0.09) return;
  const auto count = static_cast<int>(assets_.names.size());
  const int index = ((2 * line + (column ? 0 : 1)) % count + count) % count;
  const std::string& name = assets_.names[static_cast<std::size_t>(index)];
  street(a->second, b->second, main ? RoadClass::street : RoadClass::residential,
         main ? name : "Hẻm " + name);
}

void Drawing::grid() {
  const LocalPoint origin = town_.quarters.front().center;
  double reach_m = 0;
  for (const Quarter& quarter : town_.quarters) {
    reach_m = std::max(reach_m, distance_m(origin, quarter.center) + quarter.radius_m);
  }
  const int lines = static_cast<int>(reach_m / town_.spacing_m) + 3;
  for (int i = -lines; i <= lines; ++i) {
    for (int j = -lines; j <= lines; ++j) {
      const LocalPoint place = node_place({i, j});
      const int fineness = town_.fineness(place);
      if (fineness == 0 || (fineness == 2 && i % 2 != 0 && j % 2 != 0)) continue;
      if (buildable(place)) nodes_[{i, j}] = junction(place);
    }
  }
  for (const auto& [node, index] : nodes_) {
    grid_street(node, {node.first + 1, node.second});
    grid_street(node, {node.first, node.second + 1});
  }
}

void Drawing::join_banks_to_grid() {
  std::vector<LocalPoint> places;
  std::vector<std::uint32_t> owners;
  for (const auto& [node, index] : nodes_) {
    places.push_back(draft_.junctions[index].place);
    owners.push_back(index);
  }
  const JunctionIndex grid(places);
  const auto join = [&](std::uint32_t from, double within_m) {
    const LocalPoint place = draft_.junctions[from].place;
    for (const std::uint32_t near : grid.nearest(place, 8)) {
      if (distance_m(place, places[near]) > within_m) return false;
      if (rivers_.crosses_wide(place, places[near])) continue;
      street(from, owners[near], RoadClass::residential, "Lối xuống sông");
      return true;
    }
    return false;
  };
  for (std::size_t i = 0; i < bank_.size(); i += 2) join(bank_[i], 2.2 * town_.spacing_m);
  for (const std::uint32_t head : heads_) {
    if (!join(head, 3 * town_.spacing_m)) join(head, 900);
  }
}

NetworkDraft Drawing::finish() {
  draft_.keep_largest_part();
  return std::move(draft_);
}

}  // namespace

NetworkDraft lay_streets(const Town& town, const StreetAssets& assets,
                         std::span<const River> rivers, const RiverIndex& index,
                         const Terrain& terrain) {
  Drawing drawing(town, assets, index, terrain);
  drawing.bridges();
  drawing.banks(rivers);
  drawing.grid();
  drawing.join_banks_to_grid();
  return drawing.finish();
}

void name_streets(const Town& town, const StreetAssets& assets, NetworkDraft& streets) {
  const JunctionIndex index(streets);
  for (const auto& named : assets.named) {
    if (named.town != town.id) continue;
    const auto near_its_course = [&](const DraftRoad& road) {
      const LocalPoint middle{(road.line.front().x_m + road.line.back().x_m) / 2,
                              (road.line.front().y_m + road.line.back().y_m) / 2};
      // Each 150 m away from the given course makes a road seem as long again.
      return length_m(road.line) * (1 + nearest_on(named.through, middle).distance_m / 150);
    };
    const auto way = streets.way(index.nearest(named.through.front()),
                                 index.nearest(named.through.back()), near_its_course, 260);
    if (!way) continue;
    for (const std::uint32_t index_of_road : *way) {
      DraftRoad& road = streets.roads[index_of_road];
      if (!road.number.empty()) continue;
      road.number = named.road.number;
      road.road_class = std::min(road.road_class, named.road.road_class);
      if (road.bridge) continue;
      road.name = named.road.name;
      road.lanes = std::max(road.lanes, named.road.lanes);
      road.provenance = named.road.provenance;
      road.source = named.road.source;
    }
  }
}

}  // namespace kontwin::synthesis
