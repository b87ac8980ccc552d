#include "io/synthesis/network_country.hpp"

#include <algorithm>

#include "io/synthesis/network_key.hpp"
#include "io/synthesis/network_line.hpp"
#include "io/synthesis/network_surveyor.hpp"

namespace kontwin::synthesis {

void Surveyor::settle_waypoints() {
  street_rows_.resize(towns_.size());
  std::vector<std::vector<LocalPoint>> places(towns_.size());
  for (std::uint32_t i = 0; i < draft_.junctions.size(); ++i) {
    for (std::size_t town = 0; town < towns_.size(); ++town) {
      if (!towns_[town].contains(draft_.junctions[i].place, 60)) continue;
      street_rows_[town].push_back(i);
      places[town].push_back(draft_.junctions[i].place);
    }
  }
  for (const auto& points : places) streets_.emplace_back(points);
  for (const Waypoint& waypoint : assets_.waypoints) {
    const std::uint32_t cell = ground_.cell_of(waypoint.place);
    if (ground_.town_of(cell) < 0) ground_.pin(cell, waypoint.place);
    cells_.push_back(cell);
    pinned_.insert(cell);
  }
}

void Surveyor::note(const std::vector<std::uint32_t>& way, const DraftRoad& road) {
  ground_.use(way);
  for (std::size_t i = 1; i < way.size(); ++i) {
    const auto step = std::minmax(way[i - 1], way[i]);
    if (!steps_.emplace(step, &road).second) continue;
    next_[way[i - 1]].push_back(way[i]);
    next_[way[i]].push_back(way[i - 1]);
  }
}

void Surveyor::lead(const CountryRoad& road) {
  std::vector<std::uint32_t> whole{cells_[road.through.front()]};
  for (std::size_t leg = 1; leg < road.through.size(); ++leg) {
    const std::uint32_t goal = cells_[road.through[leg]];
    const auto way = ground_.way(whole.back(), [goal](std::uint32_t cell) { return cell == goal; });
    if (way) whole.insert(whole.end(), way->begin() + 1, way->end());
  }
  note(whole, road.road);
  ways_.emplace_back(&road, std::move(whole));
}

std::set<std::uint32_t> Surveyor::reached_cells() const {
  std::vector<std::vector<std::uint32_t>> town_cells(towns_.size());
  for (std::uint32_t cell = 0; cell < ground_.shape().cells(); ++cell) {
    if (ground_.town_of(cell) >= 0) {
      town_cells[static_cast<std::size_t>(ground_.town_of(cell))].push_back(cell);
    }
  }
  std::set<std::uint32_t> reached(town_cells.front().begin(), town_cells.front().end());
  std::vector<std::uint32_t> open(reached.begin(), reached.end());
  const auto reach = [&](std::uint32_t cell) {
    if (reached.insert(cell).second) open.push_back(cell);
  };
  while (!open.empty()) {
    const std::uint32_t cell = open.back();
    open.pop_back();
    if (const auto around = next_.find(cell); around != next_.end()) {
      for (const std::uint32_t other : around->second) reach(other);
    }
    if (const int town = ground_.town_of(cell); town >= 0) {
      for (const std::uint32_t other : town_cells[static_cast<std::size_t>(town)]) reach(other);
    }
  }
  return reached;
}

void Surveyor::link_the_rest() {
  static const DraftRoad link = [] {
    DraftRoad road;
    road.road_class = RoadClass::commune;
    road.name = "Đường xã";
    road.source = no_row;
    return road;
  }();
  for (const std::uint32_t cell : cells_) {
    const auto reached = reached_cells();
    if (reached.contains(cell)) continue;
    const auto way =
        ground_.way(cell, [&reached](std::uint32_t at) { return reached.contains(at); });
    if (way) note(*way, link);
  }
}

std::uint32_t Surveyor::gate(std::uint32_t outside_cell, int town) {
  const auto known = gates_.find(outside_cell);
  if (known != gates_.end()) return known->second;
  const LocalPoint place = ground_.place_of(outside_cell);
  const auto& rows = street_rows_[static_cast<std::size_t>(town)];
  std::uint32_t found = no_row;
  for (const std::uint32_t near : streets_[static_cast<std::size_t>(town)].nearest(place, 60)) {
    if (found == no_row)
      found = rows[near];  // when all lie over the water: a bridge to the nearest
    if (rivers_.crosses_wide(place, draft_.junctions[rows[near]].place)) continue;
    found = rows[near];
    break;
  }
  gates_[outside_cell] = found;
  return found;
}

bool Surveyor::is_corner(std::uint32_t cell) const {
  const auto& around = next_.at(cell);
  if (pinned_.contains(cell) || around.size() != 2) return true;
  if (std::ranges::any_of(around,
                          [this](std::uint32_t other) { return ground_.town_of(other) >= 0; })) {
    return true;
  }
  return steps_.at(std::minmax(cell, around[0])) != steps_.at(std::minmax(cell, around[1]));
}

std::uint32_t Surveyor::junction_at(std::uint32_t cell) {
  const auto known = junctions_.find(cell);
  if (known != junctions_.end()) return known->second;
  const std::uint32_t row =
      draft_.add_junction({rivers_.pushed_clear(ground_.place_of(cell), 15), {}, {}, false});
  junctions_[cell] = row;
  return row;
}

void Surveyor::chain(std::uint32_t start, std::uint32_t next, std::set<Step>& done) {
  std::vector<std::uint32_t> cells{start, next};
  const DraftRoad& attributes = *steps_.at(std::minmax(start, next));
  done.insert(std::minmax(start, next));
  while (ground_.town_of(cells.back()) < 0 && !is_corner(cells.back())) {
    const auto& around = next_.at(cells.back());
    const std::uint32_t onward = around[0] == cells[cells.size() - 2] ? around[1] : around[0];
    done.insert(std::minmax(cells.back(), onward));
    cells.push_back(onward);
  }
  const int town_at_end = ground_.town_of(cells.back());
  const std::uint32_t a = junction_at(start);
  std::vector<LocalPoint> line;
  std::vector<double> heights_m;
  const std::size_t last = cells.size() - (town_at_end >= 0 ? 1 : 0);
  for (std::size_t i = 0; i < last; ++i) {
    line.push_back(ground_.place_of(cells[i]));
    heights_m.push_back(ground_.height_m(cells[i]));
  }
  std::uint32_t b = no_row;
  if (town_at_end >= 0) {
    b = gate(cells[last - 1], town_at_end);
    line.push_back(draft_.junctions[b].place);
    heights_m.push_back(heights_m.back());
  } else {
    b = junction_at(cells.back());
  }
  if (a == b) return;
  const bool by_water = std::ranges::any_of(
      cells, [this](std::uint32_t cell) { return ground_.near_wide_river(cell); });
  const auto course =
      winding_course(line, heights_m, by_water ? &rivers_ : nullptr,
                     world_seed ^ (static_cast<std::uint64_t>(start) << 24U) ^ next);
  add_in_links(draft_, a, b, course, attributes, rivers_);
}

void Surveyor::build() {
  std::set<Step> done;
  for (const auto& [cell, around] : next_) {
    if (ground_.town_of(cell) >= 0 || !is_corner(cell)) continue;
    for (const std::uint32_t other : around) {
      if (!done.contains(std::minmax(cell, other))) chain(cell, other, done);
    }
  }
}

void draw_country_roads(const CountryAssets& assets, const std::vector<Town>& towns,
                        const RiverIndex& rivers, RoadGround& ground, NetworkDraft& draft) {
  Surveyor surveyor(assets, towns, rivers, ground, draft);
  surveyor.settle_waypoints();
  for (const CountryRoad& road : assets.roads) surveyor.lead(road);
  surveyor.link_the_rest();
  surveyor.build();
  surveyor.number_through_towns();
  surveyor.name_seats();
}

}  // namespace kontwin::synthesis
