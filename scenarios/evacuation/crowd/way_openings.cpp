#include "scenarios/evacuation/crowd/way_openings.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace kontwin::crowd {

namespace {

/// Cells on either side of an opening that are joined across it by straight lines.
constexpr double bridge_cells = 2.5;

void bridge(const WayCells& cells, const Opening& opening, std::vector<Bridge>& bridges) {
  const Segment gap = cells.passable_part({cells.local(opening.a), cells.local(opening.b)});
  const double here_m = bridge_cells / cells.sheet(opening.surface).per_m;
  const double there_m = bridge_cells / cells.sheet(opening.beyond).per_m;
  const std::vector<Segment> walls =
      cells.walls_near(opening.surface, box_of(gap), std::max(here_m, there_m));
  const auto near_gap = [&](std::uint32_t surface, double reach_m) {
    return [&gap, &cells, surface, reach_m](std::size_t cell) {
      return crowd::distance_m(gap, cells.centre(surface, cell)) > reach_m;
    };
  };
  auto nears = cells.near(opening.surface, box_of(gap), here_m);
  std::erase_if(nears, near_gap(opening.surface, here_m));
  for (const std::size_t from : nears) {
    const LocalPoint a = cells.centre(opening.surface, from);
    auto fars = cells.near(opening.beyond, {a.x_m, a.y_m, a.x_m, a.y_m}, here_m + there_m);
    std::erase_if(fars, near_gap(opening.beyond, there_m));
    for (const std::size_t to : fars) {
      const Segment line{a, cells.centre(opening.beyond, to)};
      if (!crosses(gap, line) || !sees(walls, line)) continue;
      const auto length_m = static_cast<float>(line.length_m());
      const auto first = static_cast<std::uint32_t>(from), last = static_cast<std::uint32_t>(to);
      bridges.push_back({first, last, length_m});
      bridges.push_back({last, first, length_m});
    }
  }
}

std::array<WayOpenings::Rows, 2> rows_before(const WayCells& cells, const Opening& opening,
                                             std::span<const Bridge> bridges) {
  std::set<std::uint32_t> ends;
  for (const Bridge& one : bridges) ends.insert(one.from);
  const Segment gap{cells.local(opening.a), cells.local(opening.b)};
  const Segment part = cells.passable_part(gap);
  std::map<std::pair<std::uint32_t, long>, RowAtOpening> rows;
  const WayField::Sheet& first = cells.sheet(opening.surface);
  for (const std::uint32_t cell : ends) {
    const std::uint32_t surface =
        cell - first.begin < first.columns * first.rows ? opening.surface : opening.beyond;
    const auto per_m = static_cast<double>(cells.sheet(surface).per_m);
    const LocalPoint centre = cells.centre(surface, cell);
    const double away_m = std::abs(side_of(gap.a, gap.b, centre)) / gap.length_m();
    // Whoever stands beside the passable part has to come before it first.
    const double beside_m =
        std::sqrt(std::max(0.0, std::pow(crowd::distance_m(part, centre), 2) - away_m * away_m));
    if (beside_m * per_m > 0.5) continue;
    RowAtOpening& row = rows[{surface, std::lround(away_m * per_m)}];
    row.cells.push_back(cell);
    row.along_m.push_back(static_cast<float>(nearest_share(gap, centre) * gap.length_m()));
  }
  std::array<WayOpenings::Rows, 2> sides;
  for (auto& [key, row] : rows) {
    sides[key.first == opening.surface ? 0 : 1].push_back(std::move(row));
  }
  return sides;
}

double mean_of(const WayOpenings::Rows& rows, const std::vector<float>& distance_m) {
  double sum = 0, count = 0;
  for (const RowAtOpening& row : rows) {
    for (const std::uint32_t cell : row.cells) {
      if (!std::isfinite(distance_m[cell])) continue;
      sum += static_cast<double>(distance_m[cell]);
      ++count;
    }
  }
  return count > 0 ? sum / count : never_s;
}

}  // namespace

WayOpenings openings_of(const WayCells& cells) {
  WayOpenings found;
  const Building& building = cells.ground.building();
  for (std::uint32_t i = 0; i < building.openings.size(); ++i) {
    const Opening& opening = building.openings[i];
    if (opening.surface == opening.beyond || !cells.ground.is_opening_open(i)) continue;
    if (!cells.fits({opening.a, opening.b})) continue;
    const std::size_t first = found.bridges.size();
    bridge(cells, opening, found.bridges);
    found.sides.push_back(rows_before(cells, opening, std::span(found.bridges).subspan(first)));
    const Segment gap{cells.local(opening.a), cells.local(opening.b)};
    found.near.push_back({side_of_opening(cells, opening.surface, gap),
                          side_of_opening(cells, opening.beyond, gap)});
  }
  std::ranges::sort(found.bridges, [](const Bridge& a, const Bridge& b) {
    return a.from != b.from ? a.from < b.from : a.to < b.to;
  });
  return found;
}

WayOpenings::Rows rows_on_the_way(const WayOpenings& openings,
                                  const std::vector<float>& distance_m) {
  WayOpenings::Rows rows;
  for (const auto& sides : openings.sides) {
    const double here_m = mean_of(sides[0], distance_m), there_m = mean_of(sides[1], distance_m);
    for (const RowAtOpening& row : sides[there_m > here_m ? 1 : 0]) rows.push_back(row);
  }
  return rows;
}

void turn_off_openings(const WayOpenings& openings, WayField& field) {
  std::vector<std::array<bool, 2>> through;
  for (const auto& [here, there] : openings.sides) {
    const double here_m = mean_of(here, field.distance_m);
    const double there_m = mean_of(there, field.distance_m);
    through.push_back({here_m >= there_m, there_m > here_m});
  }
  // Before an opening it is known on which side of a post the way leads on; beside it, which may be
  // before the next one, it is read from the way.
  for (const auto& sides : openings.near) {
    for (const OpeningSide& side : sides) turn_beside(side, field);
  }
  for (std::size_t o = 0; o < openings.near.size(); ++o) {
    for (const std::size_t side : {0U, 1U}) {
      if (!through[o][side]) turn_off_line(openings.near[o][side], field);
    }
  }
  for (std::size_t o = 0; o < openings.near.size(); ++o) {
    for (const std::size_t side : {0U, 1U}) {
      turn_before(openings.near[o][side], through[o][side], field);
    }
  }
}

}  // namespace kontwin::crowd
