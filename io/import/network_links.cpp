#include "io/import/network_links.hpp"

#include <cmath>
#include <map>
#include <utility>

namespace kontwin {

namespace {

/// Finds the nearest of many places by squares of the ground.
class NearestPlace {
 public:
  explicit NearestPlace(double square_m) : square_m_(square_m) {}

  void add(std::uint32_t row, LocalPoint place) {
    squares_[square_of(place)].push_back({row, place});
  }

  /// The nearest row within `reach_m`, the lower row where two are as near; no_row without one.
  std::uint32_t find(LocalPoint place, double reach_m) const {
    std::uint32_t best = no_row;
    double best_m = reach_m;
    const auto [x, y] = square_of(place);
    const auto rings = static_cast<long>(std::ceil(reach_m / square_m_));
    for (long ring = 0; ring <= rings; ++ring) {
      // Whatever lies in this ring is at least this far away.
      if (static_cast<double>(ring - 1) * square_m_ > best_m) break;
      for (long dy = -ring; dy <= ring; ++dy) {
        const long step = std::abs(dy) == ring ? 1 : 2 * ring;
        for (long dx = -ring; dx <= ring; dx += std::max(step, 1L)) {
          look_in({x + dx, y + dy}, place, best, best_m);
        }
      }
    }
    return best;
  }

 private:
  using Square = std::pair<long, long>;

  Square square_of(LocalPoint place) const {
    return {std::lround(std::floor(place.x_m / square_m_)),
            std::lround(std::floor(place.y_m / square_m_))};
  }

  void look_in(const Square& square, LocalPoint place, std::uint32_t& best, double& best_m) const {
    const auto found = squares_.find(square);
    if (found == squares_.end()) return;
    for (const auto& [row, where] : found->second) {
      const double away_m = distance_m(place, where);
      if (away_m < best_m || (away_m == best_m && row < best)) {
        best = row;
        best_m = away_m;
      }
    }
  }

  double square_m_;
  std::map<Square, std::vector<std::pair<std::uint32_t, LocalPoint>>> squares_;
};

NearestPlace usable_junctions(const WorldParts& parts) {
  const EntityTable& table = parts.entities[index_of(Kind::junction)];
  std::vector<bool> left(table.size(), false);
  std::vector<bool> reached(table.size(), false);
  for (std::size_t link = 0; link < parts.roads.links(); ++link) {
    left[parts.roads.from[link]] = true;
    reached[parts.roads.to[link]] = true;
  }
  NearestPlace places(250);
  for (std::uint32_t row = 0; row < table.size(); ++row) {
    if (left[row] && reached[row]) places.add(row, table.place[row]);
  }
  return places;
}

std::uint32_t nearest_link(const WorldParts& parts, LocalPoint place, double reach_m) {
  std::uint32_t best = no_row;
  double best_m = reach_m;
  for (std::uint32_t link = 0; link < parts.roads.links(); ++link) {
    const double away_m = nearest_on(parts.roads.shape_of(link), place).distance_m;
    if (away_m < best_m) {
      best = link;
      best_m = away_m;
    }
  }
  return best;
}

}  // namespace

void link_to_network(WorldParts& parts, double reach_m, ImportReport* report) {
  if (parts.roads.links() == 0) return;
  const NearestPlace junctions = usable_junctions(parts);
  for (const Kind kind : all_kinds()) {
    EntityTable& table = parts.entities[index_of(kind)];
    const auto by_junction = find_attribute(kind, "junction_row");
    const auto by_road = find_attribute(kind, "road_row");
    const auto attribute = by_junction ? by_junction : by_road;
    if (!attribute) continue;
    for (std::size_t row = 0; row < table.size(); ++row) {
      double& cell = table.attributes[*attribute][row];
      if (!std::isnan(cell)) continue;
      const std::uint32_t found = by_junction ? junctions.find(table.place[row], reach_m)
                                              : nearest_link(parts, table.place[row], reach_m);
      if (found != no_row) {
        cell = found;
      } else if (report != nullptr) {
        report->note("entities far from any road", table.urn[row] + ": no road within " +
                                                       std::to_string(std::lround(reach_m)) +
                                                       " m; nobody can drive there");
      }
    }
  }
}

}  // namespace kontwin
