#include <algorithm>
#include <cmath>
#include <optional>

#include "io/crowd/drawn_place.hpp"
#include "io/crowd/polygon_algebra.hpp"
#include "io/crowd/sound_shape.hpp"
#include "scenarios/evacuation/crowd/plan_geometry.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd {

namespace {

constexpr double wall_thickness_m = 0.1;
constexpr double deepest_doorway_m = 0.6;
/// Nobody stands on less: the disc of a body.
constexpr double least_ground_m2 = 0.07;

/// The border of a surface that runs beside a gap.
struct Beside {
  std::uint32_t surface = 0;
  Segment line;  ///< the gap moved onto it
  double away_m = 0;
};

class Sorter {
 public:
  explicit Sorter(DrawnPlace drawn) : drawn_(std::move(drawn)) {
    building_.name = drawn_.name;
    building_.surfaces = std::move(drawn_.surfaces);
    // What a border encloses that crosses itself nobody can say: whatever lies on it would be
    // blamed in its place.
    for (std::size_t i = 0; i < building_.surfaces.size(); ++i) {
      Surface& surface = building_.surfaces[i];
      surface.shape =
          sound_shape(drawn_.where_surfaces[i], "surface '" + surface.id + "'", surface.shape);
    }
  }

  Building all() {
    cut_obstacles();
    for (const DrawnGap& gap : drawn_.gaps) {
      if (gap.is_exit) {
        add_exit(gap);
      } else {
        add_opening(gap);
      }
    }
    for (const DrawnPatch& patch : drawn_.patches) {
      if (patch.kind == DrawnPatch::Kind::area) {
        building_.areas.push_back({patch.id, surface_under(patch), patch.shape});
      } else if (patch.kind == DrawnPatch::Kind::blockage) {
        building_.blockages.push_back({patch.id, surface_under(patch), patch.shape, patch.blocks});
      }
    }
    return std::move(building_);
  }

 private:
  std::uint32_t named(const std::string& where, const std::string& id) const {
    const auto found = std::ranges::find(building_.surfaces, id, &Surface::id);
    if (found == building_.surfaces.end()) {
      throw FileError(where, "there is no surface '" + id + "'");
    }
    return static_cast<std::uint32_t>(found - building_.surfaces.begin());
  }

  std::uint32_t under(const std::string& where, LocalPoint point) const {
    return only_one(where,
                    surfaces_where([&](const Polygon& shape) { return contains(shape, point); }));
  }

  std::uint32_t only_one(const std::string& where, const std::vector<std::uint32_t>& found) const {
    if (found.empty()) throw FileError(where, "lies on no surface");
    if (found.size() > 1) {
      throw FileError(where, "lies over surface '" + building_.surfaces[found[0]].id + "' and '" +
                                 building_.surfaces[found[1]].id + "': say which with 'surface'");
    }
    return found.front();
  }

  /// The surface of an area or blockage: the one under its middle, else the only one it reaches
  /// onto, for a rectangle around a plan with holes may have its middle in one of them.
  std::uint32_t under(const DrawnPatch& patch) const {
    const LocalPoint middle = point_inside(patch.shape);
    auto found = surfaces_where([&](const Polygon& shape) { return contains(shape, middle); });
    if (found.empty()) {
      found =
          surfaces_where([&](const Polygon& shape) { return reaches_onto(patch.shape, shape); });
    }
    return only_one(patch.where, found);
  }

  template <typename Holds>
  std::vector<std::uint32_t> surfaces_where(const Holds& holds) const {
    std::vector<std::uint32_t> found;
    for (std::uint32_t i = 0; i < building_.surfaces.size(); ++i) {
      if (holds(building_.surfaces[i].shape)) found.push_back(i);
    }
    return found;
  }

  /// Whether a body could stand on what both share, or half of the patch lies there.
  static bool reaches_onto(const Polygon& patch, const Polygon& surface) {
    double common_m2 = 0;
    for (const Polygon& part : shared(patch, surface)) common_m2 += area_m2(part);
    return common_m2 >= std::min(least_ground_m2, area_m2(patch) / 2) && common_m2 > 0;
  }

  std::uint32_t surface_under(const DrawnPatch& patch) const {
    return patch.surface.empty() ? under(patch) : named(patch.where, patch.surface);
  }

  /// All surfaces that an obstacle or wall stands on: a column may stand between two.
  std::vector<std::uint32_t> surfaces_cut_by(const std::string& where, const std::string& surface,
                                             const Polygon& shape) const {
    if (!surface.empty()) return {named(where, surface)};
    auto found = surfaces_where([&](const Polygon& one) { return reaches_onto(shape, one); });
    if (found.empty()) throw FileError(where, "lies on no surface");
    for (std::size_t i = 1; i < found.size(); ++i) {
      for (const Polygon& part : shared(shape, building_.surfaces[found[i]].shape)) {
        for (std::size_t k = 0; k < i; ++k) {
          if (!reaches_onto(part, building_.surfaces[found[k]].shape)) continue;
          only_one(where, {found[k], found[i]});
        }
      }
    }
    return found;
  }

  struct Obstacle {
    std::string where;
    Polygon shape;
  };

  /// All of a surface at once: there may be thousands.
  void cut_obstacles() {
    std::vector<std::vector<Obstacle>> obstacles(building_.surfaces.size());
    for (const DrawnPatch& patch : drawn_.patches) {
      if (patch.kind != DrawnPatch::Kind::obstacle) continue;
      for (const std::uint32_t surface : surfaces_cut_by(patch.where, patch.surface, patch.shape)) {
        obstacles[surface].push_back({patch.where, patch.shape});
      }
    }
    for (const DrawnWall& wall : drawn_.walls) add(wall, obstacles);
    for (std::size_t i = 0; i < obstacles.size(); ++i) {
      if (obstacles[i].empty()) continue;
      Surface& owner = building_.surfaces[i];
      std::vector<Polygon> shapes;
      for (const Obstacle& one : obstacles[i]) shapes.push_back(one.shape);
      const std::vector<Polygon> left = cut_out(owner.shape, shapes);
      if (left.size() != 1) blame(owner, obstacles[i]);
      owner.shape = left.front();
    }
  }

  /// Names the first obstacle after which a surface is not in one piece any more.
  [[noreturn]] static void blame(const Surface& owner, const std::vector<Obstacle>& obstacles) {
    std::vector<Polygon> shapes;
    for (const Obstacle& one : obstacles) {
      shapes.push_back(one.shape);
      const std::vector<Polygon> left = cut_out(owner.shape, shapes);
      if (left.size() == 1) continue;
      throw FileError(one.where, left.empty() ? "covers all of surface '" + owner.id + "'"
                                              : "cuts surface '" + owner.id +
                                                    "' in two: draw two surfaces and join them");
    }
    throw FileError(obstacles.front().where, "cannot be cut out of surface '" + owner.id + "'");
  }

  void add(const DrawnWall& wall, std::vector<std::vector<Obstacle>>& obstacles) const {
    for (std::size_t i = 1; i < wall.line.size(); ++i) {
      const Segment piece{wall.line[i - 1], wall.line[i]};
      const double length_m = piece.length_m();
      if (length_m <= 0) continue;
      const double dx = (piece.b.x_m - piece.a.x_m) / length_m * wall_thickness_m / 2;
      const double dy = (piece.b.y_m - piece.a.y_m) / length_m * wall_thickness_m / 2;
      const Polygon shape{{{piece.a.x_m - dx + dy, piece.a.y_m - dy - dx},
                           {piece.b.x_m + dx + dy, piece.b.y_m + dy - dx},
                           {piece.b.x_m + dx - dy, piece.b.y_m + dy + dx},
                           {piece.a.x_m - dx - dy, piece.a.y_m - dy + dx}},
                          {}};
      for (const std::uint32_t surface : surfaces_cut_by(wall.where, wall.surface, shape)) {
        obstacles[surface].push_back({wall.where, shape});
      }
    }
  }

  /// Surfaces with a border along a gap, nearest first, not more than `most_m` away.
  std::vector<Beside> beside(const DrawnGap& gap, double most_m) const {
    const Segment line{gap.a, gap.b};
    std::vector<Beside> found;
    for (std::uint32_t i = 0; i < building_.surfaces.size(); ++i) {
      const Surface& surface = building_.surfaces[i];
      if (!is_level_with(surface, gap)) continue;
      if (!gap.surfaces.empty() &&
          std::ranges::find(gap.surfaces, surface.id) == gap.surfaces.end()) {
        continue;
      }
      if (length_on_border_m(surface.shape, line) >= 0.95 * line.length_m()) {
        found.push_back({i, line, 0});
        continue;
      }
      std::optional<Beside> nearest;
      for_each_edge(surface.shape, [&](const Segment& edge) {
        const double away_m =
            std::max(crowd::distance_m(edge, gap.a), crowd::distance_m(edge, gap.b));
        if (away_m > most_m || (nearest && away_m >= nearest->away_m)) return;
        const Segment moved{edge.at(nearest_share(edge, gap.a)),
                            edge.at(nearest_share(edge, gap.b))};
        if (moved.length_m() < 0.9 * line.length_m()) return;
        nearest = Beside{i, moved, away_m};
      });
      if (nearest) found.push_back(*nearest);
    }
    std::ranges::stable_sort(found, {}, &Beside::away_m);
    return found;
  }

  std::string names_of(const std::vector<Beside>& sides) const {
    std::string names;
    for (const Beside& side : sides) {
      names += (names.empty() ? "'" : ", '") + building_.surfaces[side.surface].id + "'";
    }
    return names;
  }

  void add_exit(const DrawnGap& gap) {
    for (const std::string& id : gap.surfaces) named(gap.where, id);
    const auto sides = beside(gap, deepest_doorway_m);
    if (sides.empty()) throw FileError(gap.where, "lies on the border of no surface");
    if (sides.size() > 1 && sides[1].away_m - sides[0].away_m < border_tolerance_m) {
      throw FileError(gap.where, "lies on the border of " + names_of(sides) +
                                     ": say which it leaves with 'surface'");
    }
    building_.exits.push_back({gap.id, sides[0].surface, sides[0].line.a, sides[0].line.b,
                               gap.flow_limit_ppsm, gap.open, gap.emergency_only});
  }

  void add_opening(const DrawnGap& gap) {
    for (const std::string& id : gap.surfaces) named(gap.where, id);
    std::vector<Beside> sides = beside(gap, deepest_doorway_m);
    const auto exact = std::ranges::count_if(sides, [](const Beside& b) { return b.away_m == 0; });
    if (exact == 2) sides.resize(2);
    if (sides.size() == 2) {
      if (exact == 2) {
        join(gap, gap.id, sides[0].surface, sides[1].surface, {gap.a, gap.b});
      } else {
        join_by_doorway(gap, sides[0], sides[1]);
      }
      return;
    }
    if (sides.size() > 2) {
      throw FileError(gap.where, "lies beside " + names_of(sides) + ": say which two it joins");
    }
    const LocalPoint middle = Segment{gap.a, gap.b}.at(0.5);
    const bool across = std::ranges::any_of(building_.surfaces, [&](const Surface& surface) {
      return contains(surface.shape, middle) && (sides.empty() || sides[0].away_m > 0);
    });
    if (!across) {
      throw FileError(gap.where, sides.empty() ? "lies on the border of no surface"
                                               : "joins surface " + names_of(sides) +
                                                     " to nothing; is it an exit?");
    }
    const std::uint32_t surface =
        gap.surfaces.empty() ? under(gap.where, middle) : named(gap.where, gap.surfaces.front());
    join(gap, gap.id, surface, surface, {gap.a, gap.b});
  }

  void join(const DrawnGap& gap, const std::string& id, std::uint32_t one, std::uint32_t other,
            const Segment& line) {
    building_.openings.push_back({id, one, other, line.a, line.b, gap.flow_limit_ppsm, gap.open});
  }

  void join_by_doorway(const DrawnGap& gap, const Beside& one, Beside other) {
    const auto number = static_cast<std::uint32_t>(building_.surfaces.size());
    Surface doorway;
    doorway.id = "doorway " + gap.id;
    doorway.shape.outer = {one.line.a, one.line.b, other.line.b, other.line.a};
    doorway.height_m = building_.surfaces[one.surface].height_at(one.line.at(0.5));
    building_.surfaces.push_back(std::move(doorway));
    join(gap, gap.id, one.surface, number, one.line);
    DrawnGap inner = gap;
    inner.flow_limit_ppsm = never_s;  // said once
    join(inner, gap.id + " beyond", number, other.surface, other.line);
  }

  DrawnPlace drawn_;
  Building building_;
};

}  // namespace

Building sort_out(DrawnPlace drawn) { return Sorter(std::move(drawn)).all(); }

}  // namespace kontwin::crowd
