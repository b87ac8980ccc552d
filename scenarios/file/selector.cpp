#include "scenarios/file/selector.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>

#include "scenarios/file/local_place.hpp"

namespace kontwin {

namespace {

using Condition = std::function<bool(std::uint32_t)>;

/// The places that stand for an entity: all points of a road's shape, one place for anything else.
std::vector<LocalPoint> places_of(const World& world, Kind kind, std::uint32_t row) {
  if (kind == Kind::road) {
    const auto shape = world.roads().shape_of(row);
    return {shape.begin(), shape.end()};
  }
  return {world.place({kind, row})};
}

double lowest_m(const World& world, Kind kind, std::uint32_t row) {
  double lowest = std::numeric_limits<double>::infinity();
  for (const LocalPoint point : places_of(world, kind, row)) {
    lowest = std::min(lowest, world.terrain().elevation_m(point));
  }
  return lowest;
}

double nearest_m(const std::vector<LocalPoint>& places, std::span<const LocalPoint> line) {
  double nearest = std::numeric_limits<double>::infinity();
  for (const LocalPoint point : places) {
    nearest = std::min(nearest, nearest_on(line, point).distance_m);
  }
  return nearest;
}

const River& river_named(const TomlReader& where, const World& world, const std::string& name) {
  for (const River& river : world.rivers()) {
    if (river.name == name) return river;
  }
  where.fail("along_river", "the world has no river '" + name + "'");
}

/// A road class as the attribute holds it. The names are in the order of RoadClass.
double road_class_named(const TomlReader& where, const std::string& name) {
  static constexpr std::array<std::string_view, 7> names{
      "national", "provincial", "district", "commune", "street", "residential", "track"};
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) {
    where.fail("classes", "'" + name + "' is none of national, provincial, district, commune, " +
                              "street, residential, track");
  }
  return static_cast<double>(found - names.begin());
}

std::vector<Condition> read_conditions(TomlReader& where, Kind kind, const World& world) {
  std::vector<Condition> conditions;
  if (const auto urns = where.texts("urns"); !urns.empty()) {
    std::vector<std::uint32_t> rows;
    for (const std::string& urn : urns) {
      const auto ref = world.find(urn);
      if (!ref) where.fail("urns", "the world has no entity '" + urn + "'");
      if (ref->kind != kind) {
        where.fail("urns", "'" + urn + "' is not a " + std::string(names_of(kind).id));
      }
      rows.push_back(ref->row);
    }
    conditions.emplace_back(
        [rows](std::uint32_t row) { return std::ranges::count(rows, row) > 0; });
  }
  if (const auto communes = where.texts("communes"); !communes.empty()) {
    for (const std::string& code : communes) {
      if (world.find_admin_unit(code) == nullptr) {
        where.fail("communes", "the world has no administrative unit '" + code + "'");
      }
    }
    conditions.emplace_back(
        [communes, &codes = world.entities(kind).commune_code](std::uint32_t row) {
          return std::ranges::count(communes, codes[row]) > 0;
        });
  }
  if (const auto number = where.text("number")) {
    if (kind != Kind::road) where.fail("number", "only roads have one");
    conditions.emplace_back([number = *number, &numbers = world.roads().number](std::uint32_t row) {
      return numbers[row] == number;
    });
  }
  if (const auto classes = where.texts("classes"); !classes.empty()) {
    if (kind != Kind::road) where.fail("classes", "only roads have one");
    std::vector<double> wanted;
    for (const std::string& name : classes) wanted.push_back(road_class_named(where, name));
    conditions.emplace_back(
        [wanted, of_road = world.entities(kind).column(road_attribute::road_class)](
            std::uint32_t row) { return std::ranges::count(wanted, of_road[row]) > 0; });
  }
  if (const auto below_m = where.number("below_m")) {
    conditions.emplace_back([limit = *below_m, kind, &world](std::uint32_t row) {
      return lowest_m(world, kind, row) < limit;
    });
  }
  if (const auto above_m = where.number("above_m")) {
    conditions.emplace_back([limit = *above_m, kind, &world](std::uint32_t row) {
      return lowest_m(world, kind, row) >= limit;
    });
  }
  if (const auto area = local_places(where, "inside", world); !area.empty()) {
    if (area.size() < 3) where.fail("inside", "an area needs three corners or more");
    conditions.emplace_back([area, kind, &world](std::uint32_t row) {
      return std::ranges::any_of(places_of(world, kind, row),
                                 [&](LocalPoint point) { return inside(area, point); });
    });
  }
  const auto near = where.place("near");
  const auto along_river = where.text("along_river");
  const auto within_m = where.number("within_m", 0);
  if ((near || along_river) && !within_m) where.fail("", "the field 'within_m' is missing");
  if (within_m && !near && !along_river) {
    where.fail("within_m", "needs 'near' or 'along_river' beside it");
  }
  if (near) {
    const std::vector<LocalPoint> center{local_place(where, "near", world, *near)};
    conditions.emplace_back([center, limit = *within_m, kind, &world](std::uint32_t row) {
      return nearest_m(places_of(world, kind, row), center) <= limit;
    });
  }
  if (along_river) {
    const River& river = river_named(where, world, *along_river);
    conditions.emplace_back([&river, limit = *within_m, kind, &world](std::uint32_t row) {
      return nearest_m(places_of(world, kind, row), river.line) <= limit;
    });
  }
  return conditions;
}

}  // namespace

std::vector<std::uint32_t> select_rows(TomlReader where, Kind kind, const World& world) {
  const auto conditions = read_conditions(where, kind, world);
  where.finish();
  if (conditions.empty()) where.fail("", "says nothing about which entities are meant");
  std::vector<std::uint32_t> rows;
  for (std::uint32_t row = 0; row < world.entities(kind).size(); ++row) {
    if (std::ranges::all_of(conditions, [row](const Condition& holds) { return holds(row); })) {
      rows.push_back(row);
    }
  }
  if (rows.empty())
    where.fail("", "no " + std::string(names_of(kind).id) + " meets all conditions");
  return rows;
}

}  // namespace kontwin
