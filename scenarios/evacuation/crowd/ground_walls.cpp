#include "scenarios/evacuation/crowd/ground_walls.hpp"

namespace kontwin::crowd {

namespace {

/// A sliver that nobody could tell from nothing.
constexpr double shortest_wall_m = 1e-3;

void add_without_gaps(const Segment& edge, const std::vector<Segment>& gaps,
                      std::vector<Segment>& walls) {
  std::vector<Cut> cuts;
  for (const Segment& gap : gaps) {
    if (const Cut cut = cut_by(edge, gap); cut.any()) cuts.push_back(cut);
  }
  std::ranges::sort(cuts, {}, &Cut::begin);
  const double length_m = edge.length_m();
  double from = 0;
  const auto add = [&](double to) {
    if ((to - from) * length_m > shortest_wall_m) walls.push_back({edge.at(from), edge.at(to)});
  };
  for (const Cut& cut : cuts) {
    add(cut.begin);
    from = std::max(from, cut.end);
  }
  add(1);
}

}  // namespace

std::vector<std::vector<Segment>> walls_of(const Building& building, const Passable& passable) {
  std::vector<std::vector<Segment>> gaps(building.surfaces.size());
  std::vector<std::vector<Segment>> walls(building.surfaces.size());
  for (std::size_t i = 0; i < building.openings.size(); ++i) {
    const Opening& opening = building.openings[i];
    const Segment gap{opening.a, opening.b};
    if (opening.surface == opening.beyond) {
      if (!passable.openings[i]) walls[opening.surface].push_back(gap);
    } else if (passable.openings[i]) {
      gaps[opening.surface].push_back(gap);
      gaps[opening.beyond].push_back(gap);
    }
  }
  for (std::size_t i = 0; i < building.exits.size(); ++i) {
    const Exit& exit = building.exits[i];
    if (passable.exits[i]) gaps[exit.surface].push_back({exit.a, exit.b});
  }
  for (std::size_t i = 0; i < building.surfaces.size(); ++i) {
    for_each_edge(building.surfaces[i].shape,
                  [&](const Segment& edge) { add_without_gaps(edge, gaps[i], walls[i]); });
  }
  for (std::size_t i = 0; i < building.blockages.size(); ++i) {
    const Blockage& blockage = building.blockages[i];
    if (!passable.blockages[i]) continue;
    for_each_edge(blockage.shape,
                  [&](const Segment& edge) { walls[blockage.surface].push_back(edge); });
  }
  return walls;
}

}  // namespace kontwin::crowd
