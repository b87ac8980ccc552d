#include "scenarios/file/evacuation_plan_file.hpp"

#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <fstream>
#include <limits>
#include <sstream>

#include "scenarios/file/edit_places.hpp"
#include "scenarios/toml/toml_reader.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

constexpr double longest_s = 30 * 24 * 3600.0;
constexpr std::int64_t most = std::numeric_limits<std::uint32_t>::max();

constexpr std::array<std::pair<std::string_view, Mover::Kind>, 4> round_vehicles{
    {{"bus", Mover::Kind::bus},
     {"boat", Mover::Kind::boat},
     {"car", Mover::Kind::car},
     {"lorry", Mover::Kind::lorry}}};

// -- reading --------------------------------------------------------------------------------------

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
  one.vehicles = static_cast<std::uint32_t>(table.whole("vehicles", 1, 100000).value_or(1));
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

// -- writing --------------------------------------------------------------------------------------

/// A number or text as TOML writes it, with all its digits and whatever must be escaped.
template <typename Value>
std::string written(const Value& value) {
  std::ostringstream text;
  text << toml::value<Value>(value);
  return text.str();
}

/// A URN as TOML writes it, after a check that the world has it.
std::string quoted(const World& world, EntityRef ref) {
  if (ref.row >= world.entities(ref.kind).size()) {
    throw ScenarioError("evacuation plan: there is no " + std::string(names_of(ref.kind).id) + " " +
                        std::to_string(ref.row));
  }
  return written(world.urn(ref));
}

/// What a line says of an entity beside its URN. A comment ends with its line.
std::string named(const World& world, EntityRef ref) {
  std::string name = world.entity_name(ref);
  for (char& letter : name) {
    if (static_cast<unsigned char>(letter) < ' ' || letter == '\x7f') letter = ' ';
  }
  return name.empty() ? "" : "  # " + name;
}

void write_places(std::ostream& out, const char* field, const std::vector<EntityRef>& places,
                  const World& world) {
  if (places.empty()) return;
  out << field << " = [";
  for (std::size_t i = 0; i < places.size(); ++i) {
    out << (i == 0 ? "\n" : ",\n") << "  " << quoted(world, places[i]);
  }
  out << "\n]\n";
}

void write_rows(std::ostream& out, const char* field, Kind kind,
                const std::vector<std::uint32_t>& rows, const World& world) {
  std::vector<EntityRef> places;
  places.reserve(rows.size());
  for (const std::uint32_t row : rows) places.push_back({kind, row});
  write_places(out, field, places, world);
}

void write_ends(std::ostream& out, EntityRef from, std::uint32_t shelter, const World& world) {
  const EntityRef to{Kind::shelter, shelter};
  out << "home = " << quoted(world, from) << named(world, from) << '\n'
      << "shelter = " << quoted(world, to) << named(world, to) << '\n';
}

std::string text_of(const EvacuationPlan& plan, const World& world) {
  std::ostringstream out;
  out << "# Who goes where, when and by which way; see docs/evacuation-planning.md.\n"
      << "lower_bound_s = " << written(plan.lower_bound_s) << '\n';
  if (plan.bound_on_foot_s > 0) {
    out << "bound_on_foot_s = " << written(plan.bound_on_foot_s) << '\n';
  }
  write_places(out, "bound_without", plan.bound_without, world);
  if (plan.buses > 0) out << "buses = " << plan.buses << '\n';
  if (plan.boats > 0) out << "boats = " << plan.boats << '\n';
  write_rows(out, "contraflow", Kind::road, plan.contraflow, world);
  if (plan.under_way > 0) out << "under_way = " << plan.under_way << '\n';
  if (plan.safety_s > 0) out << "safety_s = " << written(plan.safety_s) << '\n';
  write_rows(out, "first_come", Kind::shelter, plan.first_come, world);
  for (const auto& one : plan.assignments) {
    out << "\n[[assignment]]\n";
    write_ends(out, one.home, one.shelter, world);
    out << "people = " << one.people << "\ndepart_from_s = " << written(one.depart_from_s) << '\n';
    if (one.depart_until_s <= longest_s) {
      out << "depart_until_s = " << written(one.depart_until_s) << '\n';
    }
    write_rows(out, "route", Kind::road, one.route, world);
  }
  for (const auto& one : plan.rounds) {
    out << "\n[[round]]\n";
    for (const auto& [name, kind] : round_vehicles) {
      if (kind == one.vehicle) out << "vehicle = \"" << name << "\"\n";
    }
    out << "vehicles = " << one.vehicles << "\nplaces = " << one.places << '\n';
    write_ends(out, one.home, one.shelter, world);
    out << "starts_s = " << written(one.starts_s) << '\n';
    if (one.trips > 0) out << "trips = " << one.trips << '\n';
  }
  for (const auto& one : plan.wards) {
    const EntityRef from{Kind::hospital, one.hospital};
    const EntityRef to{Kind::hospital, one.to};
    out << "\n[[ward]]\nhospital = " << quoted(world, from) << named(world, from) << "\nneed = \""
        << names_of(one.need).id << "\"\npatients = " << one.patients
        << "\nto = " << quoted(world, to) << named(world, to) << '\n';
  }
  for (const auto& one : plan.closing) {
    const EntityRef road{Kind::road, one.road};
    out << "\n[[closing]]\nroad = " << quoted(world, road) << named(world, road)
        << "\nat_s = " << written(one.at_s) << '\n';
  }
  return out.str();
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
  plan.buses = static_cast<std::uint32_t>(root.whole("buses", 1, 100000).value_or(0));
  plan.boats = static_cast<std::uint32_t>(root.whole("boats", 1, 100000).value_or(0));
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
  for (TomlReader& table : root.tables("round")) plan.rounds.push_back(read_round(table, places));
  check_once(root, plan, world);
  root.finish();
  return plan;
}

void write_evacuation_plan(const EvacuationPlan& plan, const World& world,
                           const std::filesystem::path& path) {
  const std::string text = text_of(plan, world);
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw FileError(path.string(), "cannot be written");
}

}  // namespace kontwin
