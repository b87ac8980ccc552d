#include "scenarios/evacuation/crowd/way_posts.hpp"

#include <cmath>

#include "scenarios/evacuation/crowd/way_directions.hpp"

namespace kontwin::crowd {

namespace {

/// From here on people mind a post or the line behind them, metres.
constexpr double post_reach_m = 0.6, line_reach_m = 1;
/// A body and a little.
constexpr double clear_m = 0.2;
/// So near to a line behind them people come off it, most where they stand on it.
constexpr double off_line_m = 0.4, most_lean = 0.3;
/// A wall that begins so near to an end of an opening is its post.
constexpr double post_m = 0.02;

/// Whether walls from a post lie to its left, as one sees it who looks along x, y: those straight
/// behind it count least.
bool lie_left(const std::vector<Segment>& from_post, LocalPoint post, double x, double y) {
  double left = 0, right = 0;
  for (const Segment& wall : from_post) {
    for (const LocalPoint end : {wall.a, wall.b}) {
      const double length_m = kontwin::distance_m(post, end);
      if (length_m < 2 * post_m) continue;
      const double to_x = (end.x_m - post.x_m) / length_m, to_y = (end.y_m - post.y_m) / length_m;
      double& side = x * to_y - y * to_x > 0 ? left : right;
      side = std::max(side, 1 - (x * to_x + y * to_y));
    }
  }
  return left > right;
}

bool is_before(const Segment& gap, LocalPoint p) {
  const double off_m = std::abs(side_of(gap.a, gap.b, p)) / gap.length_m();
  return crowd::distance_m(gap, p) < off_m + 1e-6;
}

void add_cells_at(const WayCells& cells, std::uint32_t surface, const std::vector<Segment>& walls,
                  const Segment& gap, LocalPoint post, OpeningSide& found) {
  const LocalBox box{post.x_m, post.y_m, post.x_m, post.y_m};
  std::vector<Segment> from_post;
  std::ranges::copy_if(walls, std::back_inserter(from_post), [post](const Segment& wall) {
    return crowd::distance_m(wall, post) < post_m;
  });
  if (from_post.empty()) return;
  // In narrow openings both posts leave room between them.
  const double radius_m = std::min(std::max(clear_m, cells.body_radius_m), 0.4 * gap.length_m());
  const LocalPoint middle = gap.at(0.5);
  for (const std::size_t cell : cells.near(surface, box, post_reach_m)) {
    const LocalPoint centre = cells.centre(surface, cell);
    const double away_m = kontwin::distance_m(centre, post);
    if (away_m > post_reach_m || away_m < 1e-3) continue;
    // Short of the post, or the wall that ends there would hide it.
    if (!sees(walls, {centre, Segment{centre, post}.at(1 - post_m / away_m)})) continue;
    const double x = (post.x_m - centre.x_m) / away_m, y = (post.y_m - centre.y_m) / away_m;
    auto& cells_there = is_before(gap, centre) ? found.before_posts : found.beside;
    cells_there.push_back({static_cast<std::uint32_t>(cell), static_cast<float>(x),
                           static_cast<float>(y),
                           static_cast<float>(std::min(1.0, radius_m / away_m)),
                           lie_left(from_post, post, x, y), side_of(centre, post, middle) > 0});
  }
}

float ahead(const CellAtPost& post, WayField::Direction way) {
  return way.x * post.x + way.y * post.y;
}
float to_left(const CellAtPost& post, WayField::Direction way) {
  return post.x * way.y - post.y * way.x;
}
float cosine(const CellAtPost& post) { return std::sqrt(1 - post.tangent * post.tangent); }

WayField::Direction past(const CellAtPost& post, bool left) {
  const float sine = left ? post.tangent : -post.tangent;
  return {cosine(post) * post.x - sine * post.y, cosine(post) * post.y + sine * post.x};
}

bool none(WayField::Direction way) { return way.x == 0 && way.y == 0; }

}  // namespace

OpeningSide side_of_opening(const WayCells& cells, std::uint32_t surface, const Segment& gap) {
  OpeningSide found;
  const std::vector<Segment> walls = cells.walls_near(surface, crowd::box_of(gap), line_reach_m);
  for (const LocalPoint post : {gap.a, gap.b}) {
    add_cells_at(cells, surface, walls, gap, post, found);
  }
  const double length_m = gap.length_m();
  const double x = (gap.a.y_m - gap.b.y_m) / length_m, y = (gap.b.x_m - gap.a.x_m) / length_m;
  for (const std::size_t cell : cells.near(surface, crowd::box_of(gap), line_reach_m)) {
    const LocalPoint centre = cells.centre(surface, cell);
    const double off_m = side_of(gap.a, gap.b, centre) / length_m;
    const LocalPoint foot = gap.at(nearest_share(gap, centre));
    if (std::abs(off_m) > line_reach_m) continue;
    if (!is_before(gap, centre)) continue;
    if (!sees(walls, {centre, foot})) continue;
    const auto turned = static_cast<float>(off_m > 0 ? 1 : -1);
    found.before.push_back({static_cast<std::uint32_t>(cell), turned * static_cast<float>(x),
                            turned * static_cast<float>(y),
                            static_cast<float>(most_lean * (1 - std::abs(off_m) / off_line_m))});
  }
  return found;
}

void turn_beside(const OpeningSide& side, WayField& field) {
  constexpr float straight_at_it = 0.15F;
  for (const CellAtPost& post : side.beside) {
    WayField::Direction& way = field.way[post.cell];
    if (none(way) || ahead(post, way) <= 0) continue;
    // The shortest way knows on which side of the post it leads on.
    const WayField::Direction straight = straight_direction(field, post.cell);
    const float left = to_left(post, straight);
    if (ahead(post, straight) > cosine(post)) {
      way = past(post, std::abs(left) > straight_at_it ? left > 0 : !post.wall_left);
    } else if (ahead(post, way) > cosine(post) || (to_left(post, way) > 0) != (left > 0)) {
      way = straight;
    }
  }
}

void turn_off_line(const OpeningSide& side, WayField& field) {
  for (const CellBefore& before : side.before) {
    WayField::Direction& way = field.way[before.cell];
    if (none(way)) continue;
    const auto off = [&before](WayField::Direction to) {
      return to.x * before.x + to.y * before.y;
    };
    if (off(way) < 0) {
      const WayField::Direction straight = straight_direction(field, before.cell);
      if (off(straight) > off(way)) way = straight;
    }
    if (before.lean <= 0 || off(way) >= before.lean) continue;
    const bool left = before.x * way.y - before.y * way.x > 0;
    const float along = (left ? 1.F : -1.F) * std::sqrt(1 - before.lean * before.lean);
    way = {before.lean * before.x - along * before.y, before.lean * before.y + along * before.x};
  }
}

void turn_before(const OpeningSide& side, bool through, WayField& field) {
  for (const CellAtPost& post : side.before_posts) {
    WayField::Direction& way = field.way[post.cell];
    if (none(way) || ahead(post, way) <= 0) continue;
    const bool left = through ? post.gap_left : !post.gap_left;
    const bool astray = (to_left(post, way) > 0) != left;
    if (astray || ahead(post, way) > cosine(post)) way = past(post, left);
  }
}

}  // namespace kontwin::crowd
