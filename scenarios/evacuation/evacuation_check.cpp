#include "scenarios/evacuation/evacuation_check.hpp"

#include <string>

#include "twin/error.hpp"

namespace kontwin::evacuation {

EvacuationOptions checked(const EvacuationOptions& options) {
  const auto require = [](bool fine, const char* field, const char* range) {
    if (!fine) throw ScenarioError(std::string("evacuation: ") + field + " has to be " + range);
  };
  const auto share = [&](double value, const char* field) {
    require(value >= 0 && value <= 1, field, "0 to 1");
  };
  const auto positive = [&](double value, const char* field) {
    require(value > 0, field, "above 0");
  };
  const auto amount = [&](double value, const char* field) {
    require(value >= 0, field, "0 or more");
  };
  amount(options.departure_median_min, "departure_median_min");
  amount(options.departure_sigma, "departure_sigma");
  share(options.compliance, "compliance");
  amount(options.exposed_depth_m, "exposed_depth_m");
  share(options.spontaneous_share, "spontaneous_share");
  amount(options.exposed_departure_median_min, "exposed_departure_median_min");
  amount(options.visitor_departure_median_min, "visitor_departure_median_min");
  positive(options.retry_min, "retry_min");
  share(options.car_share, "car_share");
  require(options.no_vehicle_share >= 0 && options.no_vehicle_share + options.car_share <= 1,
          "no_vehicle_share", "0 to 1, together with car_share");
  share(options.child_share, "child_share");
  require(options.old_share >= 0 && options.old_share + options.child_share <= 1, "old_share",
          "0 to 1, together with child_share");
  share(options.wheelchair_share, "wheelchair_share");
  require(options.visitor_group >= 1, "visitor_group", "1 or more");
  share(options.visitor_car_share, "visitor_car_share");
  require(options.visitor_coach_share >= 0 &&
              options.visitor_coach_share + options.visitor_car_share <= 1,
          "visitor_coach_share", "0 to 1, together with visitor_car_share");
  amount(options.visitors.people, "visitors.people");
  share(options.visitors.lodging_share, "visitors.lodging_share");
  positive(options.walk_speed_mps, "walk_speed_mps");
  amount(options.walk_limit_km, "walk_limit_km");
  require(options.bus_places >= 1, "bus_places", "1 or more");
  amount(options.bus_wait_min, "bus_wait_min");
  require(options.boat_places >= 1, "boat_places", "1 or more");
  positive(options.boat_speed_kmh, "boat_speed_kmh");
  amount(options.boat_ready_min, "boat_ready_min");
  share(options.hospital_occupancy, "hospital_occupancy");
  share(options.ward_walking_share, "ward_walking_share");
  share(options.ward_wheelchair_share, "ward_wheelchair_share");
  share(options.ward_stretcher_share, "ward_stretcher_share");
  require(
      options.ward_walking_share + options.ward_wheelchair_share + options.ward_stretcher_share <=
          1 + 1e-9,
      "ward_stretcher_share", "at most 1, together with the other wards");
  amount(options.ward_ready_min, "ward_ready_min");
  amount(options.ward_intensive_ready_min, "ward_intensive_ready_min");
  amount(options.door_width_m_per_100_places, "door_width_m_per_100_places");
  amount(options.supply_days, "supply_days");
  return options;
}

void check(const EvacuationPlan& plan, const World& world) {
  const auto require = [](bool holds, const std::string& what) {
    if (!holds) throw ScenarioError("evacuation: the plan " + what);
  };
  const auto check_ends = [&](EntityRef home, std::uint32_t shelter) {
    const std::string kind(names_of(home.kind).id);
    require(home.kind == Kind::residence || home.kind == Kind::lodging ||
                home.kind == Kind::tourist_site,
            "is for a " + kind + ", where nobody lives or stays");
    require(home.row < world.entities(home.kind).size(),
            "is for " + kind + " " + std::to_string(home.row) + ", which does not exist");
    require(shelter < world.entities(Kind::shelter).size(),
            "names shelter " + std::to_string(shelter) + ", which does not exist");
  };
  const RoadNetwork& roads = world.roads();
  for (const EvacuationPlan::Assignment& one : plan.assignments) {
    check_ends(one.home, one.shelter);
    const std::string& whom = world.urn(one.home);
    require(one.people > 0, "sends nobody of " + whom);
    require(one.depart_from_s >= 0, "lets " + whom + " leave before the order");
    require(one.depart_until_s >= one.depart_from_s,
            "lets " + whom + " leave when it is too late for it");
    std::uint32_t at = world.junction_of(one.home);
    for (const std::uint32_t road : one.route) {
      require(road < roads.links(), "sends " + whom + " over a road that does not exist");
      require(roads.from[road] == at, "has a gap in the route of " + whom);
      at = roads.to[road];
    }
    require(one.route.empty() || at == world.junction_of({Kind::shelter, one.shelter}),
            "has a route for " + whom + " that does not end at its shelter");
  }
  for (const EvacuationPlan::Round& one : plan.rounds) {
    check_ends(one.home, one.shelter);
    require(one.vehicles > 0 && one.places > 0, "has a round without vehicles or places");
    require(one.starts_s >= 0, "has a round that starts before the order");
    using enum Mover::Kind;
    require(one.vehicle == bus || one.vehicle == boat || one.vehicle == car || one.vehicle == lorry,
            "has a round of something that is no bus, boat, car or lorry");
  }
  for (const std::uint32_t road : plan.contraflow) {
    require(road < roads.links(), "has a contraflow on a road that does not exist");
  }
  const std::size_t hospitals = world.entities(Kind::hospital).size();
  for (const EvacuationPlan::Ward& one : plan.wards) {
    require(one.hospital < hospitals && one.to < hospitals, "names a hospital that does not exist");
    require(one.hospital != one.to, "brings patients to where they are");
    require(one.need != CareNeed::none, "has an ambulance for patients who walk");
    require(one.patients > 0, "has a ward without patients");
  }
  for (const EvacuationPlan::ClosingRoad& one : plan.closing) {
    require(one.road < roads.links(), "closes a road that does not exist");
    require(one.at_s >= 0, "closes a road before the order");
  }
  require(plan.safety_s >= 0, "has a safety time below 0");
  for (const std::uint32_t shelter : plan.first_come) {
    require(shelter < world.entities(Kind::shelter).size(),
            "names shelter " + std::to_string(shelter) + ", which does not exist");
  }
  require(plan.lower_bound_s >= 0 && plan.bound_on_foot_s >= 0, "has a lower bound below 0");
  for (const EntityRef home : plan.bound_without) {
    require(home.row < world.entities(home.kind).size(),
            "has a bound without a home that does not exist");
  }
}

}  // namespace kontwin::evacuation
