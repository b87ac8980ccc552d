#include <cmath>

#include "scenarios/evacuation/crowd/crowd_state.hpp"
#include "scenarios/evacuation/crowd/plan_geometry.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd {

namespace {

[[noreturn]] void refuse(const std::string& place, const std::string& reason) {
  throw ScenarioError(place + ": " + reason);
}

void check_range(const std::string& place, const char* what, double value, double low,
                 double high) {
  if (value >= low && value <= high) return;
  refuse(place, std::string(what) + " is " + std::to_string(value) + "; it must be from " +
                    std::to_string(low) + " to " + std::to_string(high));
}

void check_index(const std::string& place, const char* what, std::uint32_t index,
                 std::size_t count) {
  if (index == none || index < count) return;
  refuse(place, std::string("there is no ") + what + " number " + std::to_string(index));
}

void check_person(const std::string& place, const Person& person, const CrowdOptions& options,
                  const Building& building) {
  if (person.surface >= building.surfaces.size()) {
    refuse(place, "there is no surface number " + std::to_string(person.surface));
  }
  const Surface& on = building.surfaces[person.surface];
  if (!contains(on.shape, person.place)) {
    refuse(place, "(" + std::to_string(person.place.x_m) + ", " + std::to_string(person.place.y_m) +
                      ") is not on surface '" + on.id + "'");
  }
  check_range(place, "heads", person.heads, 1, 20);
  check_range(place, "radius_m", static_cast<double>(person.radius_m), 0.05, 1);
  check_range(place, "speed_mps", static_cast<double>(person.speed_mps), 0.05, 5);
  check_range(place, "stairs_up_mps", static_cast<double>(person.stairs_up_mps), 0.05, 5);
  check_range(place, "stairs_down_mps", static_cast<double>(person.stairs_down_mps), 0.05, 5);
  check_range(place, "premovement_s", static_cast<double>(person.premovement_s), 0, never_s);
  check_index(place, "exit", person.instructed_exit, building.exits.size());
  check_index(place, "route", person.route, options.routes.size());
}

}  // namespace

void check(const std::vector<Person>& people, const CrowdOptions& options, const Ground& ground) {
  const Building& building = ground.building();
  check(options.movement);
  check_range("crowd", "reconsider_s", options.reconsider_s, 0.5, 60);
  check_range("crowd", "worth_changing", options.worth_changing, 0.1, 1);
  check_range("crowd", "worth_leaving_queue_s", options.worth_leaving_queue_s, 0, 3600);
  check_range("crowd", "exit_flow_ppsm", options.exit_flow_ppsm, 0.1, 5);
  check_range("crowd", "group_apart_m", options.group_apart_m, 0.5, 100);
  for (const Route& route : options.routes) {
    const std::string place = "route '" + route.id + "'";
    check_index(place, "exit", route.exit, building.exits.size());
    for (const Route::Stop& stop : route.stops) {
      check_range(place, "wait_s", stop.wait_s, 0, 86400);
    }
  }
  for (const Smoke& smoke : options.smoke) {
    if (smoke.surface >= building.surfaces.size()) {
      refuse("smoke", "there is no surface number " + std::to_string(smoke.surface));
    }
    check_range("smoke on '" + building.surfaces[smoke.surface].id + "'", "extinction_per_m",
                smoke.extinction_per_m, 0, 20);
  }
  for (const Announcement& said : options.announcements) {
    if (said.surface >= building.surfaces.size()) {
      refuse("announcement", "there is no surface number " + std::to_string(said.surface));
    }
    check_range("announcement", "reach_m", said.reach_m, 0, never_s);
    check_index("announcement", "exit", said.exit, building.exits.size());
  }
  for (std::size_t i = 0; i < people.size(); ++i) {
    check_person("person " + std::to_string(i + 1), people[i], options, building);
  }
}

}  // namespace kontwin::crowd
