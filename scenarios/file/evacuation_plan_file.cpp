#include "scenarios/file/evacuation_plan_file.hpp"

#include <algorithm>
#include <limits>

#include "scenarios/file/edit_places.hpp"
#include "scenarios/file/evacuation_plan_terms.hpp"
#include "scenarios/toml/toml_reader.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

using plan_terms::longest_s;
using plan_terms::round_vehicles;

/// Vehicles that the rounds of a plan may have; as many as a scenario may have buses.
constexpr std::int64_t most_vehicles = 10000;
constexpr std::int64_t most = std::numeric_limits<std::uint32_t>::max();

std::vector<std::uint32_t> read_rows(TomlReader& table, std::string_view field, Kind kind,
                                     const WorldPlaces& places) {
  std::vector<std::uint32_t> rows;
  for (const std::string& urn : table.texts(field)) {
    rows.push_back(places.row(table, field, kind, urn));
  }
  return rows;
}

void check_route(const TomlReader& table, const EvacuationPlan::Assignment& one,
                 const World& world) {
  if (one.route.empty()) return;
  std::uint32_t at = world.junction_of(one.home);
  for (const std::uint32_t road : one.route) {
    if (world.roads().from[road] != at) {
      table.fail("route", "'" + world.urn({Kind::road, road}) + "' does not begin where the " +
                              (road == one.route.front() ? "home is" : "road before it ends"));
    }
    at = world.roads().to[road];
    if (std::ranges::count(one.route, road) > 1) {
      table.fail("route", "'" + world.urn({Kind::road, road}) + "' is driven twice");
    }
  }
  if (at != world.junction_of({Kind::shelter, one.shelter})) {
    table.fail("route", "does not end at the shelter");
  }
}

/// A shelter that people can be brought to.
std::uint32_t read_shelter(TomlReader& table, const WorldPlaces& places) {
  const std::string urn = table.required_text("shelter");
  const std::uint32_t shelter = places.row(table, "shelter", Kind::shelter, urn);
  if (places.world()->junction_of({Kind::shelter, shelter}) == no_row) {
    table.fail("shelter", "no road leads to '" + urn + "'");
  }
  return shelter;
}

/// Where people live or stay.
EntityRef find_home(const TomlReader& table, std::string_view field, const std::string& urn,
                    const World& world) {
  const auto home = world.find(urn);
  if (!home) table.fail(field, "the world has no entity '" + urn + "'");
  if (home->kind != Kind::residence && home->kind != Kind::lodging &&
      home->kind != Kind::tourist_site) {
    table.fail(field, "'" + urn + "' is neither a residence nor a lodging nor a tourist site");
  }
  return *home;
}

EntityRef read_home(TomlReader& table, const World& world) {
  return find_home(table, "home", table.required_text("home"), world);
}

EvacuationPlan::Assignment read_assignment(TomlReader& table, const WorldPlaces& places) {
  EvacuationPlan::Assignment one;
  one.home = read_home(table, *places.world());
  one.shelter = read_shelter(table, places);
  const auto people = table.whole("people", 1, most);
  if (!people) table.fail("", "the field 'people' is missing");
  one.people = static_cast<std::uint32_t>(*people);
  one.depart_from_s = table.number("depart_from_s", 0, longest_s).value_or(0);
  one.depart_until_s = table.number("depart_until_s", 0, longest_s).value_or(one.depart_until_s);
  if (one.depart_until_s < one.depart_from_s) {
    table.fail("depart_until_s", "is before depart_from_s");
  }
  one.route = read_rows(table, "route", Kind::road, places);
  check_route(table, one, *places.world());
  table.finish();
  return one;
}

EvacuationPlan::Round read_round(TomlReader& table, const WorldPlaces& places) {
  EvacuationPlan::Round one;
  const std::string vehicle = table.text("vehicle").value_or("bus");
  bool known = false;
  for (const auto& [name, kind] : round_vehicles) {
    if (name != vehicle) continue;
    one.vehicle = kind;
    known = true;
  }
  if (!known) table.fail("vehicle", "'" + vehicle + "' is none of: bus, boat, car, lorry");
  one.vehicles = static_cast<std::uint32_t>(table.whole("vehicles", 1, most_vehicles).value_or(1));
  one.places = static_cast<std::uint32_t>(table.whole("places", 1, 10000).value_or(one.places));
  one.home = read_home(table, *places.world());
  one.shelter = read_shelter(table, places);
  one.starts_s = table.number("starts_s", 0, longest_s).value_or(0);
  one.trips = static_cast<std::uint32_t>(table.whole("trips", 1, 100000).value_or(0));
  table.finish();
  return one;
}

EvacuationPlan::ClosingRoad read_closing(TomlReader& table, const WorldPlaces& places) {
  EvacuationPlan::ClosingRoad one;
  one.road = places.row(table, "road", Kind::road, table.required_text("road"));
  const auto at_s = table.number("at_s", 0, longest_s);
  if (!at_s) table.fail("", "the field 'at_s' is missing");
  one.at_s = *at_s;
  table.finish();
  return one;
}

EvacuationPlan::Ward read_ward(TomlReader& table, const WorldPlaces& places) {
  EvacuationPlan::Ward one;
  one.hospital = places.row(table, "hospital", Kind::hospital, table.required_text("hospital"));
  one.to = places.row(table, "to", Kind::hospital, table.required_text("to"));
  if (one.to == one.hospital) table.fail("to", "is where the patients are");
  const std::string need = table.required_text("need");
  for (std::size_t i = 1; i < care_need_count; ++i) {
    if (names_of(static_cast<CareNeed>(i)).id == need) one.need = static_cast<CareNeed>(i);
  }
  if (names_of(one.need).id != need) {
    table.fail("need", "'" + need + "' is none of: wheelchair, stretcher, intensive_care");
  }
  const auto patients = table.whole("patients", 1, most);
  if (!patients) table.fail("", "the field 'patients' is missing");
  one.patients = static_cast<std::uint32_t>(*patients);
  table.finish();
  return one;
}

/// What is said twice would be said of one of them alone.
void check_once(const TomlReader& root, const EvacuationPlan& plan, const World& world) {
  const std::vector<std::uint32_t>& turned = plan.contraflow;
  for (const std::uint32_t road : turned) {
    const std::string named = "'" + world.urn({Kind::road, road}) + "' ";
    const std::uint32_t back = world.roads().opposite[road];
    if (back == no_row) root.fail("contraflow", named + "has no opposite direction");
    if (std::ranges::count(turned, road) > 1) root.fail("contraflow", named + "is named twice");
    if (std::ranges::count(turned, back) > 0) {
      root.fail("contraflow", named + "is named in both directions");
    }
  }
  const auto shared = [&](const char* field, std::uint32_t vehicles, Mover::Kind kind) {
    if (vehicles == 0 ||
        std::ranges::count(plan.rounds, kind, &EvacuationPlan::Round::vehicle) > 0) {
      return;
    }
    root.fail(field, "no [[round]] is there that they could share");
  };
  shared("buses", plan.buses, Mover::Kind::bus);
  shared("boats", plan.boats, Mover::Kind::boat);
}

}  // namespace

EvacuationPlan read_evacuation_plan(const std::filesystem::path& path, const World& world) {
  TomlReader root = TomlReader::read(path);
  const WorldPlaces places(world);
  EvacuationPlan plan;
  plan.lower_bound_s = root.number("lower_bound_s", 0, longest_s).value_or(0);
  plan.bound_on_foot_s = root.number("bound_on_foot_s", 0, longest_s).value_or(0);
  for (const std::string& urn : root.texts("bound_without")) {
    plan.bound_without.push_back(find_home(root, "bound_without", urn, world));
  }
  plan.buses = static_cast<std::uint32_t>(root.whole("buses", 1, most_vehicles).value_or(0));
  plan.boats = static_cast<std::uint32_t>(root.whole("boats", 1, most_vehicles).value_or(0));
  plan.contraflow = read_rows(root, "contraflow", Kind::road, places);
  for (TomlReader& table : root.tables("assignment")) {
    plan.assignments.push_back(read_assignment(table, places));
  }
  plan.under_way = static_cast<std::uint32_t>(root.whole("under_way", 1, most).value_or(0));
  plan.safety_s = root.number("safety_s", 0, longest_s).value_or(0);
  plan.first_come = read_rows(root, "first_come", Kind::shelter, places);
  for (TomlReader& table : root.tables("closing")) {
    plan.closing.push_back(read_closing(table, places));
    const std::uint32_t road = plan.closing.back().road;
    if (std::ranges::count(plan.closing, road, &EvacuationPlan::ClosingRoad::road) > 1) {
      table.fail("road", "'" + world.urn({Kind::road, road}) + "' closes twice");
    }
  }
  for (TomlReader& table : root.tables("ward")) plan.wards.push_back(read_ward(table, places));
  std::uint64_t vehicles = 0;
  for (TomlReader& table : root.tables("round")) {
    plan.rounds.push_back(read_round(table, places));
    const EvacuationPlan::Round& one = plan.rounds.back();
    const bool shared = (one.vehicle == Mover::Kind::bus && plan.buses > 0) ||
                        (one.vehicle == Mover::Kind::boat && plan.boats > 0);
    if (!shared) vehicles += one.vehicles;
    if (vehicles > most_vehicles) {
      table.fail("vehicles", "makes " + std::to_string(vehicles) +
                                 " that rounds have of their own: " +
                                 std::to_string(most_vehicles) + " are the most");
    }
  }
  check_once(root, plan, world);
  root.finish();
  return plan;
}

}  // namespace kontwin
