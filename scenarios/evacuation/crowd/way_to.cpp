#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "scenarios/evacuation/crowd/way_directions.hpp"
#include "scenarios/evacuation/crowd/way_marcher.hpp"
#include "scenarios/evacuation/crowd/way_smoothing.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd {

namespace {

constexpr float no_way = std::numeric_limits<float>::infinity();
/// Cells around a goal whose distance is measured instead of marched.
constexpr double seed_cells = 4;
/// Cells on either side of an opening that are joined across it by straight lines.
constexpr double bridge_cells = 2.5;
/// Surfaces over one another are twice as far apart or more.
constexpr float half_storey_m = 1;
/// A metre along a wall counts as so many.
constexpr float most_slowness_at_wall = 3;

LocalPoint centre_of(const WayField::Sheet& sheet, std::size_t cell) {
  const std::size_t at = cell - sheet.begin;
  return {sheet.x0_m + static_cast<double>(at % sheet.columns) / sheet.per_m,
          sheet.y0_m + static_cast<double>(at / sheet.columns) / sheet.per_m};
}

/// What a body's centre can pass of a gap.
Segment passable_part(const Segment& gap, double body_radius_m) {
  const double share = std::min(0.5, body_radius_m / std::max(gap.length_m(), 1e-9));
  return {gap.at(share), gap.at(1 - share)};
}

/// One way to compute: the pieces that seeds and bridges share.
class Computation {
 public:
  Computation(const Ground& ground, double body_radius_m, std::span<const float> speed)
      : ground_(ground),
        grid_(ground.grid()),
        body_radius_m_(body_radius_m),
        marcher_(grid_, slowness_with(speed)),
        held_(grid_.cells(), 0) {}

  WayField to(const Goal& goal) {
    bridge_openings();
    seed(goal);
    WayField field;
    field.sheets = grid_.sheets;
    field.links = grid_.links;
    field.distance_m = marcher_.march();
    hold_openings(field.distance_m);
    return field;
  }

  /// Cells at the goal and before openings, whose distance smoothing must leave alone.
  const std::vector<std::uint8_t>& held() const { return held_; }
  /// Those before openings, row by row.
  const std::vector<RowAtOpening>& rows() const { return rows_; }

 private:
  std::vector<float> slowness_with(std::span<const float> speed) const {
    std::vector<float> slowness(grid_.cells(), no_way);
    for (std::size_t s = 0; s < grid_.sheets.size(); ++s) {
      const WayField::Sheet& sheet = grid_.sheets[s];
      const Surface& surface = ground_.building().surfaces[s];
      float longer = 1;
      if (surface.kind != Surface::Kind::floor) {
        longer = static_cast<float>(
            std::hypot(1, surface.rise_m / kontwin::distance_m(surface.low, surface.high)));
      }
      const std::size_t end = sheet.begin + std::size_t{sheet.columns} * sheet.rows;
      for (std::size_t cell = sheet.begin; cell < end; ++cell) {
        if (!((*grid_.links)[cell] & GroundGrid::walkable)) continue;
        const float factor = speed.empty() ? 1 : speed[cell];
        if (!(factor > 0)) continue;
        const auto radius_m = static_cast<float>(body_radius_m_);
        const float near =
            radius_m > 0 ? std::max(0.F, 1 - grid_.clearance_m[cell] / radius_m) : 0.F;
        slowness[cell] = longer * (1 + (most_slowness_at_wall - 1) * near) / factor;
      }
    }
    return slowness;
  }

  LocalPoint local(LocalPoint point) const {
    return {point.x_m - ground_.origin().x_m, point.y_m - ground_.origin().y_m};
  }

  /// The cells that can be stood on within `reach_m` of a box.
  std::vector<std::size_t> cells_near(std::size_t surface, const LocalBox& box,
                                      double reach_m) const {
    const WayField::Sheet& sheet = grid_.sheets[surface];
    const auto index = [&sheet](double at_m, double from_m, std::uint32_t count) {
      const double i = std::floor((at_m - from_m) * sheet.per_m);
      return static_cast<std::size_t>(std::clamp(i, 0.0, static_cast<double>(count - 1)));
    };
    std::vector<std::size_t> cells;
    const auto right = index(box.max_x_m + reach_m, sheet.x0_m, sheet.columns);
    const auto top = index(box.max_y_m + reach_m, sheet.y0_m, sheet.rows);
    for (auto j = index(box.min_y_m - reach_m, sheet.y0_m, sheet.rows); j <= top; ++j) {
      for (auto i = index(box.min_x_m - reach_m, sheet.x0_m, sheet.columns); i <= right; ++i) {
        const std::size_t cell = sheet.begin + j * sheet.columns + i;
        if (marcher_.slowness(cell) < no_way) cells.push_back(cell);
      }
    }
    return cells;
  }

  /// Walls near a box on a surface: not those of the storeys above and below.
  std::vector<Segment> walls_near(std::uint32_t surface, const LocalBox& box,
                                  double reach_m) const {
    const Walls& walls = ground_.walls();
    const auto z_m = ground_.height(surface, static_cast<float>((box.min_x_m + box.max_x_m) / 2),
                                    static_cast<float>((box.min_y_m + box.max_y_m) / 2));
    std::vector<Segment> near;
    for (std::size_t i = 0; i < walls.size(); ++i) {
      const auto [left, right] = std::minmax(walls.ax_m[i], walls.bx_m[i]);
      const auto [bottom, top] = std::minmax(walls.ay_m[i], walls.by_m[i]);
      const auto [low, high] = std::minmax(walls.az_m[i], walls.bz_m[i]);
      if (right < box.min_x_m - reach_m || left > box.max_x_m + reach_m ||
          top < box.min_y_m - reach_m || bottom > box.max_y_m + reach_m ||
          low > z_m + half_storey_m || high < z_m - half_storey_m) {
        continue;
      }
      near.push_back({{walls.ax_m[i], walls.ay_m[i]}, {walls.bx_m[i], walls.by_m[i]}});
    }
    return near;
  }

  static bool sees(const std::vector<Segment>& walls, const Segment& line) {
    return std::ranges::none_of(walls,
                                [&line](const Segment& wall) { return crosses(wall, line); });
  }

  static LocalBox box_of(const Segment& s) {
    return {std::min(s.a.x_m, s.b.x_m), std::min(s.a.y_m, s.b.y_m), std::max(s.a.x_m, s.b.x_m),
            std::max(s.a.y_m, s.b.y_m)};
  }

  /// Seeds the cells around something by their straight distance to it.
  void seed_around(std::uint32_t surface, const LocalBox& box,
                   const std::function<LocalPoint(LocalPoint)>& nearest) {
    const WayField::Sheet& sheet = grid_.sheets[surface];
    const double reach_m = seed_cells / sheet.per_m;
    const std::vector<Segment> walls = walls_near(surface, box, reach_m);
    std::size_t last = grid_.cells();
    double last_m = never_s;
    for (const std::size_t cell : cells_near(surface, box, reach_m)) {
      const LocalPoint centre = centre_of(sheet, cell);
      const LocalPoint target = nearest(centre);
      const double away_m = kontwin::distance_m(centre, target);
      if (away_m < last_m) {
        last = cell;
        last_m = away_m;
      }
      if (away_m > reach_m || !sees(walls, {centre, target})) continue;
      seeded_ = true;
      held_[cell] = 1;
      marcher_.seed(cell, static_cast<float>(away_m) * marcher_.slowness(cell));
    }
    // A goal in a niche that no cell sees is still where it is.
    if (!seeded_ && last < grid_.cells()) {
      held_[last] = 1;
      marcher_.seed(last, static_cast<float>(last_m));
    }
  }

  bool fits(const Segment& gap) const { return gap.length_m() >= 2 * body_radius_m_ - 1e-3; }

  void seed_gap(std::uint32_t surface, const Segment& gap) {
    if (!fits(gap)) return;
    const Segment part = passable_part({local(gap.a), local(gap.b)}, body_radius_m_);
    seed_around(surface, box_of(part),
                [part](LocalPoint p) { return part.at(nearest_share(part, p)); });
  }

  template <class Things>
  const auto& thing(const Things& things, const Goal& goal, const char* kind) const {
    if (goal.index >= things.size()) {
      throw ScenarioError("a way leads to " + std::string(kind) + " number " +
                          std::to_string(goal.index) + ", and there are " +
                          std::to_string(things.size()));
    }
    return things[goal.index];
  }

  void seed(const Goal& goal) {
    const Building& building = ground_.building();
    switch (goal.kind) {
      case Goal::Kind::exit: {
        const Exit& exit = thing(building.exits, goal, "exit");
        if (ground_.is_exit_open(goal.index)) seed_gap(exit.surface, {exit.a, exit.b});
        break;
      }
      case Goal::Kind::opening: {
        const Opening& opening = thing(building.openings, goal, "opening");
        if (!ground_.is_opening_open(goal.index)) break;
        seed_gap(opening.surface, {opening.a, opening.b});
        if (opening.beyond != opening.surface) seed_gap(opening.beyond, {opening.a, opening.b});
        break;
      }
      case Goal::Kind::area:
        seed_area(thing(building.areas, goal, "area"));
        break;
      case Goal::Kind::point: {
        if (goal.surface >= building.surfaces.size()) {
          throw ScenarioError("a way leads to a point on a surface that does not exist");
        }
        const LocalPoint point = local(goal.point);
        seed_around(goal.surface, {point.x_m, point.y_m, point.x_m, point.y_m},
                    [point](LocalPoint) { return point; });
        break;
      }
    }
  }

  void seed_area(const Area& area) {
    Polygon shape;
    for (const LocalPoint p : area.shape.outer) shape.outer.push_back(local(p));
    for (const auto& hole : area.shape.holes) {
      shape.holes.emplace_back();
      for (const LocalPoint p : hole) shape.holes.back().push_back(local(p));
    }
    seed_around(area.surface, crowd::box_of(shape), [&shape](LocalPoint p) {
      if (contains(shape, p)) return p;
      LocalPoint best = shape.outer.front();
      for_each_edge(shape, [&](const Segment& edge) {
        const LocalPoint foot = edge.at(nearest_share(edge, p));
        if (kontwin::distance_m(foot, p) < kontwin::distance_m(best, p)) best = foot;
      });
      return best;
    });
  }

  void bridge_openings() {
    std::vector<Bridge> bridges;
    const Building& building = ground_.building();
    for (std::uint32_t i = 0; i < building.openings.size(); ++i) {
      const Opening& opening = building.openings[i];
      if (opening.surface == opening.beyond || !ground_.is_opening_open(i)) continue;
      if (!fits({opening.a, opening.b})) continue;
      const std::size_t first = bridges.size();
      bridge(opening, bridges);
      sides_.push_back(rows_before(opening, std::span(bridges).subspan(first)));
    }
    marcher_.set_bridges(std::move(bridges));
  }

  using Rows = std::vector<RowAtOpening>;
  /// The rows of cells on one side of an opening, and on the other.
  using Sides = std::array<Rows, 2>;

  /// Of each opening the side from which people come. On the other side they are through, and go on
  /// as if no opening were there.
  void hold_openings(const std::vector<float>& distance_m) {
    const auto mean_m = [&](const Rows& rows) {
      double sum = 0, count = 0;
      for (const RowAtOpening& row : rows) {
        for (const std::uint32_t cell : row.cells) {
          if (!(distance_m[cell] < no_way)) continue;
          sum += static_cast<double>(distance_m[cell]);
          ++count;
        }
      }
      return count > 0 ? sum / count : never_s;
    };
    for (Sides& sides : sides_) {
      const double here_m = mean_m(sides[0]), there_m = mean_m(sides[1]);
      for (RowAtOpening& row : sides[there_m > here_m ? 1 : 0]) {
        for (const std::uint32_t cell : row.cells) held_[cell] = 1;
        rows_.push_back(std::move(row));
      }
    }
  }

  Sides rows_before(const Opening& opening, std::span<const Bridge> bridges) const {
    std::set<std::uint32_t> ends;
    for (const Bridge& bridge : bridges) ends.insert(bridge.from);
    const Segment gap{local(opening.a), local(opening.b)};
    const Segment part = passable_part(gap, body_radius_m_);
    std::map<std::pair<std::uint32_t, long>, RowAtOpening> rows;
    for (const std::uint32_t cell : ends) {
      const std::uint32_t surface =
          cell - grid_.sheets[opening.surface].begin <
                  grid_.sheets[opening.surface].columns * grid_.sheets[opening.surface].rows
              ? opening.surface
              : opening.beyond;
      const LocalPoint centre = centre_of(grid_.sheets[surface], cell);
      const double away_m = std::abs(side_of(gap.a, gap.b, centre)) / gap.length_m();
      // Whoever stands beside the passable part has to come before it first.
      const double beside_m =
          std::sqrt(std::max(0.0, std::pow(crowd::distance_m(part, centre), 2) - away_m * away_m));
      if (beside_m * static_cast<double>(grid_.sheets[surface].per_m) > 0.5) continue;
      const long depth = std::lround(away_m * static_cast<double>(grid_.sheets[surface].per_m));
      RowAtOpening& row = rows[{surface, depth}];
      row.cells.push_back(cell);
      row.along_m.push_back(static_cast<float>(nearest_share(gap, centre) * gap.length_m()));
    }
    Sides sides;
    for (auto& [key, row] : rows) {
      sides[key.first == opening.surface ? 0 : 1].push_back(std::move(row));
    }
    return sides;
  }

  void bridge(const Opening& opening, std::vector<Bridge>& bridges) const {
    const Segment gap = passable_part({local(opening.a), local(opening.b)}, body_radius_m_);
    const WayField::Sheet& here = grid_.sheets[opening.surface];
    const WayField::Sheet& there = grid_.sheets[opening.beyond];
    const double here_m = bridge_cells / here.per_m, there_m = bridge_cells / there.per_m;
    const std::vector<Segment> walls =
        walls_near(opening.surface, box_of(gap), std::max(here_m, there_m));
    const auto near_gap = [&gap](const WayField::Sheet& sheet, double reach_m) {
      return [&gap, &sheet, reach_m](std::size_t cell) {
        return crowd::distance_m(gap, centre_of(sheet, cell)) > reach_m;
      };
    };
    auto nears = cells_near(opening.surface, box_of(gap), here_m);
    std::erase_if(nears, near_gap(here, here_m));
    for (const std::size_t from : nears) {
      const LocalPoint a = centre_of(here, from);
      auto fars = cells_near(opening.beyond, {a.x_m, a.y_m, a.x_m, a.y_m}, here_m + there_m);
      std::erase_if(fars, near_gap(there, there_m));
      for (const std::size_t to : fars) {
        const Segment line{a, centre_of(there, to)};
        if (!crosses(gap, line) || !sees(walls, line)) continue;
        const auto length_m = static_cast<float>(line.length_m());
        bridges.push_back(
            {static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to), length_m});
        bridges.push_back(
            {static_cast<std::uint32_t>(to), static_cast<std::uint32_t>(from), length_m});
      }
    }
  }

  const Ground& ground_;
  const GroundGrid& grid_;
  double body_radius_m_;
  WayMarcher marcher_;
  std::vector<std::uint8_t> held_;
  std::vector<Sides> sides_;  ///< [opening that is open]
  std::vector<RowAtOpening> rows_;
  bool seeded_ = false;
};

}  // namespace

WayField way_to(const Ground& ground, const Goal& goal, double body_radius_m,
                std::span<const float> speed) {
  if (!speed.empty() && speed.size() != ground.grid().cells()) {
    throw ScenarioError("speeds of " + std::to_string(speed.size()) +
                        " cells do not fit a ground of " + std::to_string(ground.grid().cells()));
  }
  if (!(body_radius_m >= 0 && body_radius_m <= 1)) {
    throw ScenarioError("a body radius of " + std::to_string(body_radius_m) + " m");
  }
  Computation computation(ground, body_radius_m, speed);
  WayField field = computation.to(goal);
  set_directions(field, smoothed_way(field, computation.held(), computation.rows()),
                 ground.grid().clearance_m, static_cast<float>(body_radius_m));
  return field;
}

}  // namespace kontwin::crowd
