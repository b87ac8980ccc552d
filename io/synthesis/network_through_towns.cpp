#include <algorithm>
#include <limits>

#include "io/synthesis/network_surveyor.hpp"

namespace kontwin::synthesis {

std::uint32_t Surveyor::stop(std::uint32_t cell, int town, const std::string& number) const {
  const auto t = static_cast<std::size_t>(town);
  const LocalPoint place = ground_.place_of(cell);
  const auto near = streets_[t].nearest(place, 60);
  std::set<std::uint32_t> numbered;
  for (const DraftRoad& road : draft_.roads) {
    if (number.empty() || road.number != number) continue;
    numbered.insert(road.a);
    numbered.insert(road.b);
  }
  for (const std::uint32_t candidate : near) {
    if (numbered.contains(street_rows_[t][candidate])) return street_rows_[t][candidate];
  }
  return street_rows_[t][near.front()];
}

void Surveyor::number_through_towns() {
  for (const auto& way_of_road : ways_) {
    const CountryRoad* road = way_of_road.first;
    const std::vector<std::uint32_t>& cells = way_of_road.second;
    const auto cost = [road](const DraftRoad& street) {
      if (!street.in_town) return std::numeric_limits<double>::infinity();
      if (!street.number.empty() && street.number == road->road.number) {
        return 0.1 * length_m(street.line);
      }
      const bool main = street.road_class <= RoadClass::provincial || street.lanes > 1;
      return length_m(street.line) * (main                                     ? 0.5
                                      : street.road_class == RoadClass::street ? 0.8
                                                                               : 1.0);
    };
    std::uint32_t from = no_row;
    const auto run_to = [&](std::uint32_t to) {
      if (from != no_row && to != no_row && from != to) {
        if (const auto way = draft_.way(from, to, cost, 150)) {
          for (const std::uint32_t index : *way) {
            DraftRoad& street = draft_.roads[index];
            if (street.number.empty()) street.number = road->road.number;
            street.road_class = std::min(street.road_class, road->road.road_class);
          }
        }
      }
      from = to;
    };
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const int town = ground_.town_of(cells[i]);
      if (town < 0) continue;
      const bool enters = i > 0 && ground_.town_of(cells[i - 1]) < 0;
      const bool leaves = i + 1 < cells.size() && ground_.town_of(cells[i + 1]) < 0;
      if (enters) from = gate(cells[i - 1], town);
      if (pinned_.contains(cells[i])) {
        run_to(stop(cells[i], town, road->road.number));
      }
      if (leaves) {
        run_to(gate(cells[i + 1], town));
        from = no_row;
      }
    }
  }
}

void Surveyor::name_seats() {
  for (std::size_t i = 0; i < assets_.waypoints.size(); ++i) {
    const Waypoint& waypoint = assets_.waypoints[i];
    const int town = ground_.town_of(cells_[i]);
    std::uint32_t row = no_row;
    if (town >= 0) {
      const auto t = static_cast<std::size_t>(town);
      for (const std::uint32_t near : streets_[t].nearest(waypoint.place, 12)) {
        row = street_rows_[t][near];
        if (draft_.junctions[row].id.empty()) break;  // two seats never share a junction
      }
    } else {
      const auto found = junctions_.find(cells_[i]);
      if (found != junctions_.end()) row = found->second;
    }
    if (row == no_row) continue;
    DraftJunction& junction = draft_.junctions[row];
    if (junction.name.empty()) junction.name = waypoint.name;
    if (!waypoint.commune.empty() && junction.id.empty()) junction.id = seat_id(waypoint.commune);
  }
}

}  // namespace kontwin::synthesis
