#include "scenarios/evacuation/crowd/way_seeds.hpp"

#include <functional>
#include <optional>

#include "twin/error.hpp"

namespace kontwin::crowd {

namespace {

/// Cells around a goal whose distance is measured.
constexpr double seed_cells = 4;

using Nearest = std::function<LocalPoint(LocalPoint)>;

void seed_around(const WayCells& cells, std::uint32_t surface, const LocalBox& box,
                 const Nearest& nearest, std::vector<WaySeed>& seeds) {
  const double reach_m = seed_cells / cells.sheet(surface).per_m;
  const std::vector<Segment> walls = cells.walls_near(surface, box, reach_m);
  std::optional<std::size_t> last;
  double last_m = never_s;
  for (const std::size_t cell : cells.near(surface, box, reach_m)) {
    const LocalPoint centre = cells.centre(surface, cell);
    const LocalPoint target = nearest(centre);
    const double away_m = kontwin::distance_m(centre, target);
    if (away_m < last_m) {
      last = cell;
      last_m = away_m;
    }
    if (away_m > reach_m || !sees(walls, {centre, target})) continue;
    seeds.push_back(
        {static_cast<std::uint32_t>(cell), static_cast<float>(away_m) * cells.slowness[cell]});
  }
  // A goal in a niche that no cell sees is still where it is.
  if (seeds.empty() && last) {
    seeds.push_back({static_cast<std::uint32_t>(*last), static_cast<float>(last_m)});
  }
}

void seed_gap(const WayCells& cells, std::uint32_t surface, const Segment& gap,
              std::vector<WaySeed>& seeds) {
  if (!cells.fits(gap)) return;
  const Segment part = cells.passable_part({cells.local(gap.a), cells.local(gap.b)});
  seed_around(
      cells, surface, box_of(part),
      [part](LocalPoint p) { return part.at(nearest_share(part, p)); }, seeds);
}

void seed_area(const WayCells& cells, const Area& area, std::vector<WaySeed>& seeds) {
  Polygon shape;
  for (const LocalPoint p : area.shape.outer) shape.outer.push_back(cells.local(p));
  for (const auto& hole : area.shape.holes) {
    shape.holes.emplace_back();
    for (const LocalPoint p : hole) shape.holes.back().push_back(cells.local(p));
  }
  const auto nearest = [&shape](LocalPoint p) {
    if (contains(shape, p)) return p;
    LocalPoint best = shape.outer.front();
    for_each_edge(shape, [&](const Segment& edge) {
      const LocalPoint foot = edge.at(nearest_share(edge, p));
      if (kontwin::distance_m(foot, p) < kontwin::distance_m(best, p)) best = foot;
    });
    return best;
  };
  seed_around(cells, area.surface, crowd::box_of(shape), nearest, seeds);
}

template <class Things>
const auto& thing(const Things& things, const Goal& goal, const char* kind) {
  if (goal.index >= things.size()) {
    throw ScenarioError("a way leads to " + std::string(kind) + " number " +
                        std::to_string(goal.index) + ", and there are " +
                        std::to_string(things.size()));
  }
  return things[goal.index];
}

}  // namespace

std::vector<WaySeed> seeds_of(const WayCells& cells, const Goal& goal) {
  const Building& building = cells.ground.building();
  std::vector<WaySeed> seeds;
  switch (goal.kind) {
    case Goal::Kind::exit: {
      const Exit& exit = thing(building.exits, goal, "exit");
      if (cells.ground.is_exit_open(goal.index)) {
        seed_gap(cells, exit.surface, {exit.a, exit.b}, seeds);
      }
      break;
    }
    case Goal::Kind::opening: {
      const Opening& opening = thing(building.openings, goal, "opening");
      if (!cells.ground.is_opening_open(goal.index)) break;
      seed_gap(cells, opening.surface, {opening.a, opening.b}, seeds);
      if (opening.beyond != opening.surface) {
        seed_gap(cells, opening.beyond, {opening.a, opening.b}, seeds);
      }
      break;
    }
    case Goal::Kind::area:
      seed_area(cells, thing(building.areas, goal, "area"), seeds);
      break;
    case Goal::Kind::point: {
      if (goal.surface >= building.surfaces.size()) {
        throw ScenarioError("a way leads to a point on a surface that does not exist");
      }
      const LocalPoint point = cells.local(goal.point);
      seed_around(
          cells, goal.surface, {point.x_m, point.y_m, point.x_m, point.y_m},
          [point](LocalPoint) { return point; }, seeds);
      break;
    }
  }
  return seeds;
}

}  // namespace kontwin::crowd
