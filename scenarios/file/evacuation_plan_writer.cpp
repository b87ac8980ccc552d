#include <toml++/toml.h>
#include <fstream>
#include <sstream>

#include "scenarios/file/evacuation_plan_file.hpp"
#include "scenarios/file/evacuation_plan_terms.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

using plan_terms::longest_s;
using plan_terms::round_vehicles;

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

void write_evacuation_plan(const EvacuationPlan& plan, const World& world,
                           const std::filesystem::path& path) {
  const std::string text = text_of(plan, world);
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw FileError(path.string(), "cannot be written");
}

}  // namespace kontwin
