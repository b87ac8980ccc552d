#include <boost/geometry.hpp>
#include <boost/geometry/geometries/box.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/index/rtree.hpp>

#include "scenarios/evacuation/crowd/ground_grid.hpp"

namespace kontwin::crowd {

namespace {

namespace bg = boost::geometry;
using BoostPoint = bg::model::d2::point_xy<double>;
using Box = bg::model::box<BoostPoint>;

constexpr double cells_across_passage = 2.5;
constexpr double smallest_cell_m = 0.02;

struct Edge {
  Segment segment;
  std::size_t ring = 0;
  double begin_m = 0;  ///< along its ring
};

struct Rings {
  std::vector<Edge> edges;
  std::vector<double> length_m;  ///< [ring]
};

Rings rings_of(const Polygon& shape) {
  Rings rings;
  const auto add = [&rings](const std::vector<LocalPoint>& points) {
    double along_m = 0;
    for (std::size_t i = 0, n = points.size(); i < n; ++i) {
      const Segment segment{points[i], points[(i + 1) % n]};
      if (segment.a == segment.b) continue;
      rings.edges.push_back({segment, rings.length_m.size(), along_m});
      along_m += segment.length_m();
    }
    rings.length_m.push_back(along_m);
  };
  add(shape.outer);
  for (const auto& hole : shape.holes) add(hole);
  return rings;
}

/// A corner that comes near to an edge leaves a passage between them, unless the border merely
/// bends: then the way along the border is hardly longer than the way across.
bool is_passage(const Rings& rings, const Edge& corner, const Edge& edge, double share,
                double across_m) {
  if (corner.ring != edge.ring) return true;
  const double apart_m = std::abs(edge.begin_m + share * edge.segment.length_m() - corner.begin_m);
  return std::min(apart_m, rings.length_m[edge.ring] - apart_m) > 3 * across_m;
}

/// The edges of a shape by where they lie.
class EdgeMap {
 public:
  explicit EdgeMap(const Rings& rings) : rings_(rings), tree_(boxes_of(rings)) {}

  void find(const Box& box, std::vector<std::pair<Box, std::size_t>>& found) const {
    found.clear();
    tree_.query(bg::index::intersects(box), std::back_inserter(found));
  }

  /// As contains(shape, point), by the edges to the east of the point alone: a plan has thousands.
  bool inside(LocalPoint p) {
    crossings_.assign(rings_.length_m.size(), 0);
    find(Box({p.x_m, p.y_m}, {std::numeric_limits<double>::max(), p.y_m}), east_);
    for (const auto& [box, i] : east_) {
      const Segment& edge = rings_.edges[i].segment;
      if ((edge.a.y_m > p.y_m) == (edge.b.y_m > p.y_m)) continue;
      const double share = (p.y_m - edge.a.y_m) / (edge.b.y_m - edge.a.y_m);
      if (edge.a.x_m + share * (edge.b.x_m - edge.a.x_m) > p.x_m) {
        crossings_[rings_.edges[i].ring] ^= 1;
      }
    }
    return crossings_[0] != 0 &&
           std::find(crossings_.begin() + 1, crossings_.end(), 1) == crossings_.end();
  }

 private:
  using Tree = bg::index::rtree<std::pair<Box, std::size_t>, bg::index::rstar<8>>;

  static std::vector<std::pair<Box, std::size_t>> boxes_of(const Rings& rings) {
    std::vector<std::pair<Box, std::size_t>> boxes;
    for (std::size_t i = 0; i < rings.edges.size(); ++i) {
      const Segment& s = rings.edges[i].segment;
      boxes.push_back({Box({std::min(s.a.x_m, s.b.x_m), std::min(s.a.y_m, s.b.y_m)},
                           {std::max(s.a.x_m, s.b.x_m), std::max(s.a.y_m, s.b.y_m)}),
                       i});
    }
    return boxes;
  }

  const Rings& rings_;
  Tree tree_;
  std::vector<std::pair<Box, std::size_t>> east_;
  std::vector<std::uint8_t> crossings_;  ///< [ring] odd
};

/// Calls `visit(corner, foot)` for every passage between two parts of a shape's border that is not
/// wider than `most_m`, which may shrink meanwhile.
template <typename Visit>
void for_each_passage(const Polygon& shape, const double& most_m, Visit visit) {
  const Rings rings = rings_of(shape);
  if (rings.edges.empty()) return;
  EdgeMap map(rings);
  std::vector<std::pair<Box, std::size_t>> near;
  for (const Edge& corner : rings.edges) {
    const LocalPoint p = corner.segment.a;
    map.find(Box({p.x_m - most_m, p.y_m - most_m}, {p.x_m + most_m, p.y_m + most_m}), near);
    for (const auto& [box, i] : near) {
      const Edge& edge = rings.edges[i];
      const double share = nearest_share(edge.segment, p);
      const LocalPoint foot = edge.segment.at(share);
      const double across_m = distance_m(p, foot);
      if (across_m <= 0 || across_m >= most_m) continue;
      if (!is_passage(rings, corner, edge, share, across_m)) continue;
      if (map.inside({(p.x_m + foot.x_m) / 2, (p.y_m + foot.y_m) / 2})) visit(p, foot);
    }
  }
}

double narrowest_passage_m(const Polygon& shape, double widest_m) {
  double narrowest_m = widest_m;
  for_each_passage(shape, narrowest_m, [&narrowest_m](LocalPoint corner, LocalPoint foot) {
    if (const double across_m = distance_m(corner, foot); across_m >= narrowest_way_m) {
      narrowest_m = across_m;
    }
  });
  return narrowest_m;
}

}  // namespace

std::vector<Segment> passages_below(const Polygon& shape, double width_m) {
  std::vector<Segment> passages;
  for_each_passage(shape, width_m, [&passages](LocalPoint corner, LocalPoint foot) {
    passages.push_back({corner, foot});
  });
  return passages;
}

std::vector<Segment> slits_of(const Building& building, const Passable& passable,
                              std::uint32_t surface) {
  Polygon shape = building.surfaces[surface].shape;
  for (std::size_t b = 0; b < building.blockages.size(); ++b) {
    if (building.blockages[b].surface == surface && passable.blockages[b]) {
      shape.holes.push_back(building.blockages[b].shape.outer);
    }
  }
  // To the thousandth, as drawn: a passage of just the width is one.
  std::vector<Segment> slits = passages_below(shape, narrowest_way_m - 1e-3);
  if (slits.empty()) return slits;
  std::vector<Segment> gaps;
  for (std::size_t i = 0; i < building.openings.size(); ++i) {
    const Opening& opening = building.openings[i];
    if (!passable.openings[i] || opening.surface == opening.beyond) continue;
    if (opening.surface == surface || opening.beyond == surface) {
      gaps.push_back({opening.a, opening.b});
    }
  }
  for (std::size_t i = 0; i < building.exits.size(); ++i) {
    const Exit& exit = building.exits[i];
    if (passable.exits[i] && exit.surface == surface) gaps.push_back({exit.a, exit.b});
  }
  // Where a border is open there is no wall: whoever walks between it and something else can leave
  // the surface there. The posts of a gap are wall.
  const auto open_at = [&gaps](LocalPoint p) {
    return std::ranges::any_of(gaps, [p](const Segment& gap) {
      return distance_m(gap, p) < border_tolerance_m && distance_m(gap.a, p) > border_tolerance_m &&
             distance_m(gap.b, p) > border_tolerance_m;
    });
  };
  std::erase_if(slits, [&](const Segment& slit) { return open_at(slit.a) || open_at(slit.b); });
  return slits;
}

double cell_that_sees_passages_m(const Polygon& shape, double cell_m) {
  double around_m = 0;
  for (std::size_t i = 0, n = shape.outer.size(); i < n; ++i) {
    around_m += distance_m(shape.outer[i], shape.outer[(i + 1) % n]);
  }
  // A door leaf or a landing may be thinner than a body: its own breadth counts, not what fits.
  const double breadth_m = around_m > 0 ? 2 * kontwin::area_m2(shape.outer) / around_m : cell_m;
  const double passage_m = narrowest_passage_m(shape, cells_across_passage * cell_m);
  return std::max(smallest_cell_m, std::min({cell_m, breadth_m / cells_across_passage,
                                             passage_m / cells_across_passage}));
}

}  // namespace kontwin::crowd
