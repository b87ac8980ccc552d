#include "scenarios/evacuation/crowd/gap_index.hpp"

namespace kontwin::crowd {

namespace {

constexpr float map_cell_m = 1;
/// Steps and slips beyond a gap that the map foresees; longer steps look at every gap.
constexpr float reach_m = 1;
/// Who is pushed past the jamb of a gap by no more than this went through it.
constexpr float past_jamb_m = 0.3F, past_line_m = 0.5F;

float side(float ax, float ay, float bx, float by, float x, float y) {
  return (bx - ax) * (y - ay) - (by - ay) * (x - ax);
}

/// +1 when the surface lies to the left of the gap.
float inward_of(const Surface& surface, const Segment& gap) {
  const double length_m = std::max(gap.length_m(), 1e-9);
  const double nx = -(gap.b.y_m - gap.a.y_m) / length_m, ny = (gap.b.x_m - gap.a.x_m) / length_m;
  const LocalPoint middle = gap.at(0.5);
  // As far as the gap may lie off the border, then less: a surface may be thinner than that.
  for (const double away_m : {2 * border_tolerance_m, 0.01, 1e-3}) {
    const bool left = contains(surface.shape, {middle.x_m + away_m * nx, middle.y_m + away_m * ny});
    const bool right =
        contains(surface.shape, {middle.x_m - away_m * nx, middle.y_m - away_m * ny});
    if (left != right) return left ? 1.F : -1.F;
  }
  return 1;
}

}  // namespace

GapIndex::GapIndex(const Building& building, LocalPoint origin)
    : origin_(origin), maps_(building.surfaces.size()) {
  for (std::size_t i = 0; i < maps_.size(); ++i) {
    Map& map = maps_[i];
    const LocalBox box = box_of(building.surfaces[i].shape);
    map.x0 = static_cast<float>(box.min_x_m - origin.x_m) - reach_m;
    map.y0 = static_cast<float>(box.min_y_m - origin.y_m) - reach_m;
    map.columns =
        static_cast<std::int32_t>((box.max_x_m - box.min_x_m + 2 * reach_m) / map_cell_m) + 1;
    map.rows =
        static_cast<std::int32_t>((box.max_y_m - box.min_y_m + 2 * reach_m) / map_cell_m) + 1;
    map.near.assign(static_cast<std::size_t>(map.columns) * static_cast<std::size_t>(map.rows), 0);
  }
  const auto add = [&](std::uint32_t surface, const Segment& gap, std::uint32_t number,
                       std::uint32_t beyond, std::uint32_t exit) {
    Map& map = maps_[surface];
    const auto x = [&](LocalPoint p) { return static_cast<float>(p.x_m - origin.x_m); };
    const auto y = [&](LocalPoint p) { return static_cast<float>(p.y_m - origin.y_m); };
    map.gaps.push_back({x(gap.a), y(gap.a), x(gap.b), y(gap.b),
                        inward_of(building.surfaces[surface], gap), number, beyond, exit});
    const Segment local{{x(gap.a), y(gap.a)}, {x(gap.b), y(gap.b)}};
    for (std::int32_t j = 0; j < map.rows; ++j) {
      for (std::int32_t i = 0; i < map.columns; ++i) {
        const LocalPoint centre{map.x0 + (static_cast<float>(i) + 0.5F) * map_cell_m,
                                map.y0 + (static_cast<float>(j) + 0.5F) * map_cell_m};
        if (distance_m(local, centre) < reach_m + map_cell_m) {
          map.near[static_cast<std::size_t>(j) * static_cast<std::size_t>(map.columns) +
                   static_cast<std::size_t>(i)] = 1;
        }
      }
    }
  };
  const auto openings = static_cast<std::uint32_t>(building.openings.size());
  for (std::uint32_t i = 0; i < openings; ++i) {
    const Opening& opening = building.openings[i];
    if (opening.surface == opening.beyond) continue;
    const Segment gap{opening.a, opening.b};
    add(opening.surface, gap, i, opening.beyond, Ground::no_exit);
    add(opening.beyond, gap, i, opening.surface, Ground::no_exit);
  }
  for (std::uint32_t i = 0; i < building.exits.size(); ++i) {
    const Exit& exit = building.exits[i];
    add(exit.surface, {exit.a, exit.b}, openings + i, Ground::no_exit, i);
  }
  open_.assign(openings + building.exits.size(), 1);
}

void GapIndex::set_passable(const Passable& passable) {
  std::ranges::copy(passable.exits, std::ranges::copy(passable.openings, open_.begin()).out);
}

bool GapIndex::anything_near(const Map& map, float x, float y) const {
  const auto i = static_cast<std::int32_t>((x - map.x0) / map_cell_m);
  const auto j = static_cast<std::int32_t>((y - map.y0) / map_cell_m);
  if (x < map.x0 || y < map.y0 || i >= map.columns || j >= map.rows) return true;
  return map.near[static_cast<std::size_t>(j) * static_cast<std::size_t>(map.columns) +
                  static_cast<std::size_t>(i)] != 0;
}

const GapIndex::Gap* GapIndex::passed(const Map& map, std::uint32_t last, float x0, float y0,
                                      float x1, float y1) const {
  const Gap* first = nullptr;
  float first_share = 2;
  for (const Gap& gap : map.gaps) {
    if (gap.number == last || !open_[gap.number]) continue;
    const float before = gap.inward * side(gap.ax, gap.ay, gap.bx, gap.by, x0, y0);
    const float after = gap.inward * side(gap.ax, gap.ay, gap.bx, gap.by, x1, y1);
    if (before < 0 || after >= 0) continue;
    const float share = before / (before - after);
    const float x = x0 + share * (x1 - x0), y = y0 + share * (y1 - y0);
    const float dx = gap.bx - gap.ax, dy = gap.by - gap.ay;
    const float along = (x - gap.ax) * dx + (y - gap.ay) * dy, squared = dx * dx + dy * dy;
    if (along < 0 || along > squared || share >= first_share) continue;
    first = &gap;
    first_share = share;
  }
  return first;
}

const GapIndex::Gap* GapIndex::slipped_through(const Building& building, std::uint32_t surface,
                                               float x, float y) const {
  const Gap* nearest = nullptr;
  float nearest_line_m = past_line_m;
  for (const Gap& gap : maps_[surface].gaps) {
    if (!open_[gap.number]) continue;
    const float dx = gap.bx - gap.ax, dy = gap.by - gap.ay;
    const float length = std::sqrt(dx * dx + dy * dy);
    const float beyond_m = -gap.inward * side(gap.ax, gap.ay, gap.bx, gap.by, x, y) / length;
    const float along_m = ((x - gap.ax) * dx + (y - gap.ay) * dy) / length;
    if (beyond_m <= 0 || beyond_m >= nearest_line_m || along_m < -past_jamb_m ||
        along_m > length + past_jamb_m) {
      continue;
    }
    nearest = &gap;
    nearest_line_m = beyond_m;
  }
  if (nearest != nullptr &&
      contains(building.surfaces[surface].shape, {x + origin_.x_m, y + origin_.y_m})) {
    return nullptr;
  }
  return nearest;
}

Ground::Step GapIndex::step(const Building& building, std::uint32_t surface, float x0, float y0,
                            float x1, float y1) const {
  // A step may pass a thin surface, such as the depth of a door, as a whole.
  constexpr int most_gaps_a_step = 4;
  std::uint32_t last = Ground::no_exit;
  for (int i = 0; i < most_gaps_a_step; ++i) {
    const Map& map = maps_[surface];
    const bool long_step = std::abs(x1 - x0) > reach_m || std::abs(y1 - y0) > reach_m;
    if (map.gaps.empty() || (!long_step && !anything_near(map, x1, y1))) break;
    const Gap* gap = passed(map, last, x0, y0, x1, y1);
    if (gap == nullptr) gap = slipped_through(building, surface, x1, y1);
    if (gap == nullptr || gap->number == last) break;
    if (gap->exit != Ground::no_exit) return {surface, gap->exit};
    last = gap->number;
    surface = gap->beyond;
  }
  return {surface, Ground::no_exit};
}

}  // namespace kontwin::crowd
