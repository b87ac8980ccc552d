#include <algorithm>
#include <cmath>

#include "io/crowd/crowd_toml.hpp"
#include "scenarios/evacuation/crowd/plan_geometry.hpp"

namespace kontwin::crowd {

namespace {

constexpr double most_bodies = 2e6;

/// The kinds of a profile with what the table says otherwise.
std::vector<PeopleKind> read_kinds(TomlReader& table, double share) {
  const std::string name = table.text("profile").value_or("adult");
  std::vector<PeopleKind> kinds = kinds_named(name);
  if (kinds.empty()) {
    std::string known;
    for (const std::string& other : kind_names()) known += (known.empty() ? "" : ", ") + other;
    table.fail("profile", "there is no profile '" + name + "'; there are: " + known);
  }
  const auto speed = spread(table, "speed_mps", 0.05, 5);
  const auto up = spread(table, "stairs_up_mps", 0.05, 5);
  const auto down = spread(table, "stairs_down_mps", 0.05, 5);
  const auto radius = spread(table, "radius_m", 0.05, 1);
  double all = 0;
  for (const PeopleKind& kind : kinds) all += kind.share;
  for (PeopleKind& kind : kinds) {
    kind.share *= share / all;
    if (speed) kind.speed_mps = *speed;
    if (up) kind.stairs_up_mps = *up;
    if (down) kind.stairs_down_mps = *down;
    if (radius) kind.radius_m = *radius;
  }
  return kinds;
}

std::uint64_t bodies_of(TomlReader& table, const PeopleGroup& group, const Building& building) {
  const auto count = table.whole("count", 0, static_cast<std::int64_t>(most_bodies));
  const auto density = table.number("density_per_m2", 0, 8);
  if (count && density) table.fail("density_per_m2", "says what 'count' says already");
  if (count) return static_cast<std::uint64_t>(*count);
  if (density) {
    return static_cast<std::uint64_t>(
        std::llround(*density * area_m2(building.areas[group.area].shape)));
  }
  if (group.places.empty()) table.fail("", "needs 'count', 'density_per_m2' or 'places'");
  return group.places.size();
}

/// The area of an id; a surface's id stands for all of it.
std::uint32_t area_of(const TomlReader& table, Building& building, const std::string& id) {
  const auto surface = std::ranges::find(building.surfaces, id, &Surface::id);
  if (surface != building.surfaces.end() &&
      std::ranges::find(building.areas, id, &Area::id) == building.areas.end()) {
    const auto at = static_cast<std::uint32_t>(surface - building.surfaces.begin());
    building.areas.push_back({id, at, surface->shape});
  }
  return index_of(table, "area", building.areas, id, "area or surface");
}

PeopleGroup read_group(TomlReader& table, CrowdScenario& scenario) {
  Building& building = scenario.building;
  PeopleGroup group;
  group.id = table.required_text("id");
  group.area = area_of(table, building, table.required_text("area"));
  group.places = table.points("places");
  for (const LocalPoint place : group.places) {
    if (!contains(building.areas[group.area].shape, place)) {
      table.fail("places", "(" + std::to_string(place.x_m) + ", " + std::to_string(place.y_m) +
                               ") is not in area '" + building.areas[group.area].id + "'");
    }
  }
  group.bodies = bodies_of(table, group, building);
  if (group.bodies < group.places.size()) table.fail("count", "is less than there are 'places'");
  group.kinds.clear();
  for (TomlReader& part : table.tables("mix")) {
    const double share = part.required_number("share", 1e-9, 1e9);
    for (PeopleKind& kind : read_kinds(part, share)) group.kinds.push_back(std::move(kind));
    part.finish();
  }
  if (group.kinds.empty()) group.kinds = read_kinds(table, 1);
  group.age_years = spread(table, "age_years", 2, 110);
  group.premovement_s = spread(table, "premovement_s", 0, 1e6).value_or(Spread::fixed(0));
  group.familiar_share = table.number("familiar_share", 0, 1).value_or(1);
  group.together = static_cast<std::uint32_t>(table.whole("together", 1, 50).value_or(1));
  if (const auto exit = table.text("exit")) {
    group.instructed_exit = index_of(table, "exit", building.exits, *exit, "exit");
    group.instructed_share = table.number("exit_share", 0, 1).value_or(1);
  }
  if (const auto route = table.text("route")) {
    group.route = index_of(table, "route", scenario.options.routes, *route, "route");
  }
  table.finish();
  return group;
}

Route read_route(TomlReader& table, Building& building) {
  Route route;
  route.id = table.required_text("id");
  for (TomlReader& stop : table.tables("stops")) {
    Route::Stop read;
    read.wait_s = seconds(stop, "wait").value_or(0);
    if (const auto area = stop.text("area")) {
      read.goal.kind = Goal::Kind::area;
      read.goal.index = area_of(stop, building, *area);
    } else if (const auto opening = stop.text("opening")) {
      read.goal.kind = Goal::Kind::opening;
      read.goal.index = index_of(stop, "opening", building.openings, *opening, "opening");
    } else if (const auto at = stop.numbers("at"); at.size() == 2) {
      read.goal.kind = Goal::Kind::point;
      read.goal.point = {at[0], at[1]};
      read.goal.surface = surface_of(stop, building, read.goal.point);
    } else {
      stop.fail("", "a stop needs 'area', 'opening' or 'at = [x, y]'");
    }
    stop.finish();
    route.stops.push_back(read);
  }
  if (const auto exit = table.text("exit")) {
    route.exit = index_of(table, "exit", building.exits, *exit, "exit");
  }
  table.finish();
  return route;
}

}  // namespace

void read_people(TomlReader& root, CrowdScenario& scenario) {
  for (TomlReader& table : root.tables("route")) {
    scenario.options.routes.push_back(read_route(table, scenario.building));
  }
  double bodies = 0;
  for (TomlReader& table : root.tables("people")) {
    scenario.groups.push_back(read_group(table, scenario));
    bodies += static_cast<double>(scenario.groups.back().bodies);
    if (bodies > most_bodies) table.fail("", "with these there are more than two million people");
  }
}

}  // namespace kontwin::crowd
