#include "scenarios/evacuation/crowd/building_check.hpp"

#include <cmath>
#include <optional>
#include <set>

#include "scenarios/evacuation/crowd/common_parts.hpp"
#include "scenarios/evacuation/crowd/ground_grid.hpp"

namespace kontwin::crowd {

namespace {

constexpr double narrowest_gap_m = 0.3;    // two shoulders of the narrowest body
constexpr double least_overlap_m2 = 0.05;  // less is rounding along a shared border
constexpr double least_storey_m = 2;

std::string metres(double value) {
  std::string text = std::to_string(std::round(value * 100) / 100);
  return text.substr(0, text.find('.') + 3) + " m";
}

std::string at(LocalPoint point) {
  return "(" + std::to_string(point.x_m) + ", " + std::to_string(point.y_m) + ")";
}

bool finite(LocalPoint point) { return std::isfinite(point.x_m) && std::isfinite(point.y_m); }

bool finite(const Polygon& polygon) {
  const auto all = [](const auto& ring) {
    return std::ranges::all_of(ring, [](LocalPoint p) { return finite(p); });
  };
  return all(polygon.outer) && std::ranges::all_of(polygon.holes, all);
}

bool boxes_meet(const LocalBox& a, const LocalBox& b) {
  return a.min_x_m < b.max_x_m && b.min_x_m < a.max_x_m && a.min_y_m < b.max_y_m &&
         b.min_y_m < a.max_y_m;
}

class Check {
 public:
  explicit Check(const Building& building) : building_(building) {}

  std::vector<BuildingProblem> all() {
    if (building_.surfaces.empty()) fatal("the place", "has no surface to walk on");
    names();
    for (const Surface& surface : building_.surfaces) check(surface);
    for (const Opening& opening : building_.openings) check(opening);
    for (const Exit& exit : building_.exits) check(exit);
    for (const Area& area : building_.areas) {
      check_part("area '" + area.id + "'", area.surface, area.shape, true);
    }
    for (const Blockage& blockage : building_.blockages) {
      const std::string place = "blockage '" + blockage.id + "'";
      check_part(place, blockage.surface, blockage.shape, false);
      check_time(place, blockage.blocks);
    }
    // What follows looks at shapes that are shapes.
    if (std::ranges::any_of(problems_, &BuildingProblem::prevents_walking)) return problems_;
    overlaps();
    ways_out();
    return problems_;
  }

 private:
  void fatal(const std::string& place, const std::string& reason) {
    problems_.push_back({place, reason, true});
  }
  void warn(const std::string& place, const std::string& reason) {
    problems_.push_back({place, reason, false});
  }

  void names() {
    const auto unique = [this](const auto& things, const std::string& kind) {
      std::set<std::string> seen;
      for (const auto& thing : things) {
        const std::string place = kind + " '" + thing.id + "'";
        if (thing.id.empty()) fatal(kind, "has no id");
        if (!seen.insert(thing.id).second) fatal(place, "this id is given twice");
      }
    };
    unique(building_.surfaces, "surface");
    unique(building_.openings, "opening");
    unique(building_.exits, "exit");
    unique(building_.areas, "area");
    unique(building_.blockages, "blockage");
  }

  bool check_shape(const std::string& place, const Polygon& shape) {
    if (!finite(shape)) {
      fatal(place, "a corner is not a number");
      return false;
    }
    if (const auto crossing = self_crossing(shape)) {
      fatal(place, "its border crosses itself at " + at(*crossing));
      return false;
    }
    if (shape.outer.size() < 3 || kontwin::area_m2(shape.outer) < 1e-6) {
      fatal(place, "encloses nothing");
      return false;
    }
    for (const auto& hole : shape.holes) {
      if (hole.size() < 3) {
        fatal(place, "a hole has less than three corners");
        return false;
      }
    }
    return true;
  }

  void check(const Surface& surface) {
    const std::string place = "surface '" + surface.id + "'";
    check_shape(place, surface.shape);
    if (!std::isfinite(surface.height_m)) fatal(place, "its height is not a number");
    if (surface.kind == Surface::Kind::floor) return;
    if (!finite(surface.low) || !finite(surface.high) || !std::isfinite(surface.rise_m)) {
      fatal(place, "its slope is not a number");
    } else if (distance_m(surface.low, surface.high) < 0.1) {
      fatal(place, "the low and the high end of its slope are at one place");
    } else if (surface.rise_m / distance_m(surface.low, surface.high) > 1.5 || surface.rise_m < 0) {
      warn(place, "rises " + metres(surface.rise_m) + " over " +
                      metres(distance_m(surface.low, surface.high)) + ": no stair does");
    }
  }

  void check_time(const std::string& place, const OpenTime& open) {
    if (std::isnan(open.opens_s) || std::isnan(open.closes_s) || open.opens_s > open.closes_s) {
      fatal(place, "ends before it begins: from " + std::to_string(open.opens_s) + " s until " +
                       std::to_string(open.closes_s) + " s");
    }
  }

  bool check_surface(const std::string& place, std::uint32_t surface) {
    if (surface < building_.surfaces.size()) return true;
    fatal(place, "is on a surface that does not exist");
    return false;
  }

  void check_gap(const std::string& place, std::uint32_t surface, const Segment& gap,
                 double flow_limit_ppsm) {
    if (!finite(gap.a) || !finite(gap.b)) {
      fatal(place, "an end is not a number");
      return;
    }
    const double width_m = gap.length_m();
    if (width_m < narrowest_gap_m) {
      fatal(place, "is " + metres(width_m) + " wide at " + at(gap.a) +
                       "; the narrowest body needs " + metres(narrowest_gap_m));
      return;
    }
    if (!(flow_limit_ppsm > 0)) fatal(place, "its flow limit must be above 0");
    if (!check_surface(place, surface)) return;
    const Surface& owner = building_.surfaces[surface];
    const double on_border_m = length_on_border_m(owner.shape, gap);
    if (on_border_m < 0.95 * width_m) {
      fatal(place, "from " + at(gap.a) + " to " + at(gap.b) + " lies on the border of surface '" +
                       owner.id + "' with " + metres(on_border_m) + " of " + metres(width_m));
    }
  }

  void check_for_people(const std::string& place, const Segment& gap) {
    const double width_m = gap.length_m();
    if (width_m < narrowest_gap_m || width_m >= narrowest_way_m - 1e-3) return;
    warn(place, "is " + metres(width_m) + " wide at " + at(gap.a) +
                    ": no way for people on foot, who need " + metres(narrowest_way_m));
  }

  void check(const Opening& opening) {
    const std::string place = "opening '" + opening.id + "'";
    check_time(place, opening.open);
    if (opening.surface != opening.beyond) {
      check_for_people(place, {opening.a, opening.b});
      check_gap(place, opening.surface, {opening.a, opening.b}, opening.flow_limit_ppsm);
      if (opening.beyond < building_.surfaces.size() && length_m(opening) < narrowest_gap_m)
        return;  // said once
      check_gap(place, opening.beyond, {opening.a, opening.b}, opening.flow_limit_ppsm);
      if (opening.surface < building_.surfaces.size() &&
          opening.beyond < building_.surfaces.size()) {
        check_heights(place, opening);
      }
    } else if (check_surface(place, opening.surface)) {
      const Segment gate{opening.a, opening.b};
      if (!finite(opening.a) || !finite(opening.b)) {
        fatal(place, "an end is not a number");
      } else if (gate.length_m() < narrowest_gap_m) {
        fatal(place, "is " + metres(gate.length_m()) + " wide");
      } else if (!contains(building_.surfaces[opening.surface].shape, gate.at(0.5))) {
        fatal(place, "lies outside surface '" + building_.surfaces[opening.surface].id + "'");
      }
    }
  }

  static double length_m(const Opening& opening) { return distance_m(opening.a, opening.b); }

  void check_heights(const std::string& place, const Opening& opening) {
    const LocalPoint middle = Segment{opening.a, opening.b}.at(0.5);
    const double one_m = building_.surfaces[opening.surface].height_at(middle);
    const double other_m = building_.surfaces[opening.beyond].height_at(middle);
    if (std::abs(one_m - other_m) > 0.5) {
      warn(place, "joins ground at " + metres(one_m) + " and at " + metres(other_m));
    }
  }

  void check(const Exit& exit) {
    const std::string place = "exit '" + exit.id + "'";
    check_time(place, exit.open);
    check_gap(place, exit.surface, {exit.a, exit.b}, exit.flow_limit_ppsm);
    check_for_people(place, {exit.a, exit.b});
  }

  void check_part(const std::string& place, std::uint32_t surface, const Polygon& shape,
                  bool must_lie_on_it) {
    if (!check_surface(place, surface) || !check_shape(place, shape)) return;
    const Surface& owner = building_.surfaces[surface];
    if (!finite(owner.shape) || self_crossing(owner.shape)) return;
    double inside_m2 = 0;
    for (const CommonPart& part : common_parts(shape, owner.shape)) inside_m2 += part.area_m2;
    const double all_m2 = area_m2(shape);
    if (inside_m2 < 1e-6) {
      fatal(place, "lies off surface '" + owner.id + "'");
    } else if (must_lie_on_it && inside_m2 < 0.99 * all_m2) {
      warn(place, std::to_string(std::lround(100 * (1 - inside_m2 / all_m2))) +
                      " % of it lie off surface '" + owner.id + "' or in its obstacles");
    }
  }

  void overlaps() {
    const auto& surfaces = building_.surfaces;
    std::vector<LocalBox> boxes;
    boxes.reserve(surfaces.size());
    for (const Surface& surface : surfaces) boxes.push_back(box_of(surface.shape));
    for (std::size_t i = 0; i < surfaces.size(); ++i) {
      for (std::size_t j = i + 1; j < surfaces.size(); ++j) {
        if (!boxes_meet(boxes[i], boxes[j])) continue;
        for (const auto& [part_m2, middle] : common_parts(surfaces[i].shape, surfaces[j].shape)) {
          if (part_m2 < least_overlap_m2) continue;
          const double apart_m =
              std::abs(surfaces[i].height_at(middle) - surfaces[j].height_at(middle));
          if (apart_m >= least_storey_m) continue;
          warn("surface '" + surfaces[i].id + "'",
               "overlaps surface '" + surfaces[j].id + "' with " + std::to_string(part_m2) +
                   " m² around " + at(middle) + ", " + metres(apart_m) +
                   " apart in height; storeys need " + metres(least_storey_m));
        }
      }
    }
  }

  static bool ever(const OpenTime& open) { return open.closes_s > std::max(open.opens_s, 0.0); }

  void ways_out() {
    std::vector<std::uint8_t> leads_out(building_.surfaces.size());
    bool any = false;
    for (const Exit& exit : building_.exits) {
      if (!ever(exit.open)) continue;
      any = true;
      leads_out[exit.surface] = 1;
    }
    if (!any) {
      warn("the place", building_.exits.empty() ? "has no exit" : "no exit ever opens");
      return;
    }
    for (bool grew = true; grew;) {
      grew = false;
      for (const Opening& opening : building_.openings) {
        if (!ever(opening.open) || leads_out[opening.surface] == leads_out[opening.beyond]) {
          continue;
        }
        leads_out[opening.surface] = leads_out[opening.beyond] = 1;
        grew = true;
      }
    }
    for (std::size_t i = 0; i < leads_out.size(); ++i) {
      if (!leads_out[i]) {
        warn("surface '" + building_.surfaces[i].id + "'", "no exit can be reached from it");
      }
    }
  }

  const Building& building_;
  std::vector<BuildingProblem> problems_;
};

}  // namespace

std::vector<BuildingProblem> problems_of(const Building& building) { return Check(building).all(); }

}  // namespace kontwin::crowd
