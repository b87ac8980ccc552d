#include <algorithm>

#include "io/crowd/crowd_toml.hpp"
#include "io/crowd/polygon_algebra.hpp"
#include "scenarios/evacuation/crowd/plan_geometry.hpp"

namespace kontwin::crowd {

namespace {

LocalPoint point(TomlReader& table, std::string_view field) {
  const auto numbers = table.numbers(field);
  if (numbers.size() != 2)
    table.fail(table.has(field) ? field : "", "needs '" + std::string(field) + " = [x, y]'");
  return {numbers[0], numbers[1]};
}

/// The surface of a loudspeaker or guide: the one it stands on, else the nearest within reach: it
/// may hang on a wall.
std::uint32_t surface_near(TomlReader& table, const Building& building, LocalPoint place,
                           double reach_m) {
  const bool on_one = std::ranges::any_of(
      building.surfaces, [&](const Surface& surface) { return contains(surface.shape, place); });
  if (on_one || table.has("surface")) return surface_of(table, building, place);
  std::uint32_t nearest = none;
  for (std::uint32_t i = 0; i < building.surfaces.size(); ++i) {
    for_each_edge(building.surfaces[i].shape, [&](const Segment& edge) {
      const double away_m = distance_m(edge, place);
      if (away_m >= reach_m) return;
      reach_m = away_m;
      nearest = i;
    });
  }
  if (nearest == none) table.fail("at", "lies farther than 'reach_m' from every surface");
  return nearest;
}

OpenTime lasting(TomlReader& table) {
  const OpenTime time{seconds(table, "from").value_or(0),
                      seconds(table, "until").value_or(never_s)};
  if (time.opens_s > time.closes_s) table.fail("until", "comes before 'from'");
  return time;
}

}  // namespace

void read_happenings(TomlReader& root, CrowdScenario& scenario) {
  const Building& building = scenario.building;
  for (TomlReader& table : root.tables("smoke")) {
    Smoke smoke;
    smoke.surface =
        index_of(table, "surface", building.surfaces, table.required_text("surface"), "surface");
    smoke.extinction_per_m = table.required_number("extinction_per_m", 0, 20);
    smoke.lasts = lasting(table);
    table.finish();
    scenario.options.smoke.push_back(smoke);
  }
  for (TomlReader& table : root.tables("announcement")) {
    Announcement announcement;
    if (table.has("reach_m")) {
      announcement.reach_m = table.required_number("reach_m", 0.1, 1e5);
      announcement.place = point(table, "at");
      announcement.surface =
          surface_near(table, building, announcement.place, announcement.reach_m);
    }
    announcement.lasts = lasting(table);
    announcement.set_out = table.flag("set_out").value_or(true);
    if (const auto exit = table.text("exit")) {
      announcement.exit = index_of(table, "exit", building.exits, *exit, "exit");
    }
    table.finish();
    scenario.options.announcements.push_back(announcement);
  }
  for (TomlReader& table : root.tables("water")) {
    WaterRise water;
    // Points of time and height: the list holds pairs as points do.
    for (const LocalPoint pair : table.points("level")) {
      if (!water.level_m.empty() && pair.x_m <= water.level_m.back().first) {
        table.fail("level", "its times must rise");
      }
      water.level_m.emplace_back(pair.x_m, pair.y_m);
    }
    if (water.level_m.empty()) table.fail("", "needs 'level = [[seconds, height in m], ...]'");
    water.speed_mps = table.number("speed_mps", 0, 20).value_or(0);
    table.finish();
    scenario.water.push_back(std::move(water));
  }
}

void read_measures(TomlReader& root, CrowdScenario& scenario) {
  const Building& building = scenario.building;
  for (TomlReader& table : root.tables("line")) {
    MeasureLine line;
    line.id = table.required_text("id");
    const auto ends = table.points("line");
    if (ends.size() != 2) table.fail("", "'line' must be two points: [[x, y], [x, y]]");
    line.a = ends[0];
    line.b = ends[1];
    line.surface =
        surface_of(table, building, {(line.a.x_m + line.b.x_m) / 2, (line.a.y_m + line.b.y_m) / 2});
    table.finish();
    scenario.lines.push_back(std::move(line));
  }
  for (TomlReader& table : root.tables("measure")) {
    MeasureArea area;
    area.id = table.required_text("id");
    area.shape = polygon(table);
    area.surface = surface_of(table, building, point_inside(area.shape));
    area.every_s = table.number("every_s", 0.05, 3600).value_or(1);
    area.from_s = seconds(table, "from").value_or(0);
    table.finish();
    scenario.areas.push_back(std::move(area));
  }
}

void read_model(TomlReader& root, CrowdScenario& scenario) {
  auto model = root.table("model");
  if (!model) return;
  TomlReader& table = *model;
  const std::string name = table.text("name").value_or("anticipation");
  using Model = MovementOptions::Model;
  if (name == "anticipation") {
    scenario.options.movement = movement_options(Model::anticipation);
  } else if (name == "collision free speed") {
    scenario.options.movement = movement_options(Model::collision_free_speed);
  } else if (name == "social force") {
    scenario.options.movement = movement_options(Model::social_force);
  } else {
    table.fail("name",
               "'" + name + "' is none of anticipation, collision free speed, social force");
  }
  MovementOptions& movement = scenario.options.movement;
  const auto figure = [&table](std::string_view field, double least, double most, float& value) {
    if (const auto given = table.number(field, least, most)) value = static_cast<float>(*given);
  };
  figure("step_s", 0.001, 0.05, movement.step_s);
  figure("time_gap_s", 0.1, 5, movement.time_gap_s);
  figure("passing_side_m", -1, 1, movement.passing_side_m);
  figure("squeeze_mps", 0, 1, movement.squeeze_mps);
  const std::string choice = table.text("exit_choice").value_or("quickest");
  if (choice != "quickest" && choice != "nearest") {
    table.fail("exit_choice", "'" + choice + "' is none of quickest, nearest");
  }
  scenario.options.exit_choice = choice == "nearest" ? ExitChoice::nearest : ExitChoice::quickest;
  const std::string way = table.text("way_choice").value_or("quickest");
  if (way != "quickest" && way != "shortest") {
    table.fail("way_choice", "'" + way + "' is none of quickest, shortest");
  }
  scenario.options.way_choice = way == "shortest" ? WayChoice::shortest : WayChoice::quickest;
  scenario.options.reconsider_s =
      table.number("reconsider_s", 0.5, 60).value_or(scenario.options.reconsider_s);
  table.finish();
}

}  // namespace kontwin::crowd
