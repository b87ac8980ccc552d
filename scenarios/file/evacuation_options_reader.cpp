#include <algorithm>
#include <map>

#include "scenarios/file/evacuation_plan_file.hpp"
#include "scenarios/file/options_reader.hpp"
#include "scenarios/file/read_option.hpp"
#include "scenarios/file/selector.hpp"

namespace kontwin {

namespace {

void read_warning(TomlReader& table, EvacuationOptions& options) {
  for (const std::string& name : table.texts("warning")) {
    const auto channel = evacuation::find_channel(name);
    if (!channel) {
      table.fail("warning", "'" + name + "' is none of: siren, sms, door_to_door, radio");
    }
    if (std::ranges::count(options.warning, *channel) > 0) {
      table.fail("warning", "'" + name + "' is named twice");
    }
    options.warning.push_back(*channel);
  }
}

void read_visitors(TomlReader table, const World& world, EvacuationVisitors& visitors) {
  visitors.people = table.required_number("people", 0, plenty);
  read_option(table, "lodging_share", visitors.lodging_share, 0, 1);
  auto where = table.table("where");
  if (!where) table.fail("where", "is missing: which lodgings and tourist sites they are at");
  if (visitors.lodging_share > 0) visitors.lodgings = select_rows(*where, Kind::lodging, world);
  if (visitors.lodging_share < 1) visitors.sites = select_rows(*where, Kind::tourist_site, world);
  table.finish();
}

void read_gate(TomlReader& table, const World& world, EvacuationSquare& square) {
  evacuation::SquareGate gate;
  const std::string exit = table.required_text("exit");
  const auto& exits = square.building->exits;
  const auto found = std::ranges::find(exits, exit, &crowd::Exit::id);
  if (found == exits.end()) {
    std::string all;
    for (const crowd::Exit& one : exits) all += (all.empty() ? "" : ", ") + one.id;
    table.fail("exit", "'" + exit + "' is no exit of the square; there are: " + all);
  }
  gate.gate = static_cast<std::uint32_t>(found - exits.begin());
  const std::string urn = table.required_text("junction");
  const auto junction = world.find(urn);
  if (!junction || junction->kind != Kind::junction) {
    table.fail("junction", "the world has no junction '" + urn + "'");
  }
  gate.junction = junction->row;
  const bool again = std::ranges::find(square.gates, gate.gate, &evacuation::SquareGate::gate) !=
                     square.gates.end();
  if (again) table.fail("exit", "'" + exit + "' has two junctions");
  square.gates.push_back(gate);
  table.finish();
}

EvacuationSquare read_square(TomlReader table, const World& world,
                             const BuildingReader& read_building) {
  EvacuationSquare square;
  const std::string urn = table.required_text("place");
  const auto place = world.find(urn);
  if (!place) table.fail("place", "the world has no '" + urn + "'");
  if (place->kind != Kind::tourist_site && place->kind != Kind::lodging &&
      place->kind != Kind::residence) {
    table.fail("place", "'" + urn + "' is neither a tourist site nor a lodging nor homes");
  }
  square.place = *place;
  const std::string file = table.required_text("crowd");
  if (!read_building) table.fail("crowd", "files of crowds are not read here");
  square.building = std::make_shared<const crowd::Building>(read_building(table.resolve(file)));
  read_option(table, "cell_m", square.cell_m, 0.05, 2);
  for (TomlReader& gate : table.tables("gate")) read_gate(gate, world, square);
  for (const std::string& urn_of_street : table.texts("streets")) {
    const auto street = world.find(urn_of_street);
    if (!street || street->kind != Kind::road) {
      table.fail("streets", "the world has no road '" + urn_of_street + "'");
    }
    const RoadNetwork& roads = world.roads();
    for (const std::uint32_t end : {roads.from[street->row], roads.to[street->row]}) {
      if (std::ranges::find(square.gates, end, &evacuation::SquareGate::junction) !=
          square.gates.end()) {
        continue;
      }
      table.fail("streets", "'" + urn_of_street + "' leads over the square, and no gate is at " +
                                world.entities(Kind::junction).urn[end]);
    }
    square.streets.push_back(street->row);
  }
  table.finish();
  return square;
}

void read_count(TomlReader& table, std::string_view field, std::optional<std::uint32_t>& count) {
  if (const auto value = table.whole(field, 0, 10000)) count = static_cast<std::uint32_t>(*value);
}

void read_wards(TomlReader& table, EvacuationOptions& options) {
  read_option(table, "hospital_occupancy", options.hospital_occupancy, 0, 1);
  read_option(table, "ward_walking_share", options.ward_walking_share, 0, 1);
  read_option(table, "ward_wheelchair_share", options.ward_wheelchair_share, 0, 1);
  read_option(table, "ward_stretcher_share", options.ward_stretcher_share, 0, 1);
  read_option(table, "ward_ready_min", options.ward_ready_min, 0, plenty);
  read_option(table, "ward_intensive_ready_min", options.ward_intensive_ready_min, 0, plenty);
  const std::string order = table.text("ward_order").value_or("walking_first");
  if (order == "critical_first") {
    options.ward_order = WardOrder::critical_first;
  } else if (order != "walking_first") {
    table.fail("ward_order", "'" + order + "' is neither walking_first nor critical_first");
  }
}

void read_shares(TomlReader& table, EvacuationOptions& options) {
  read_option(table, "car_share", options.car_share, 0, 1);
  read_option(table, "no_vehicle_share", options.no_vehicle_share, 0, 1);
  read_option(table, "child_share", options.child_share, 0, 1);
  read_option(table, "old_share", options.old_share, 0, 1);
  read_option(table, "wheelchair_share", options.wheelchair_share, 0, 1);
  read_option(table, "visitor_group", options.visitor_group, 1, 1000);
  read_option(table, "visitor_car_share", options.visitor_car_share, 0, 1);
  read_option(table, "visitor_coach_share", options.visitor_coach_share, 0, 1);
  // Each is a share, and so are these together.
  const auto together = [&table](double sum, const char* field, const char* others) {
    if (sum > 1) table.fail(field, std::string("is more than 1 together with ") + others);
  };
  together(options.no_vehicle_share + options.car_share, "no_vehicle_share", "car_share");
  together(options.old_share + options.child_share, "old_share", "child_share");
  together(options.visitor_coach_share + options.visitor_car_share, "visitor_coach_share",
           "visitor_car_share");
  together(options.ward_walking_share + options.ward_wheelchair_share +
               options.ward_stretcher_share - 1e-9,
           "ward_stretcher_share", "the other wards");
}

}  // namespace

EvacuationOptions read_evacuation_options(TomlReader table, const World& world,
                                          const BuildingReader& read_building) {
  EvacuationOptions options;
  read_warning(table, options);
  read_option(table, "departure_median_min", options.departure_median_min, 0.01, plenty);
  read_option(table, "departure_sigma", options.departure_sigma, 0, 5);
  read_option(table, "compliance", options.compliance, 0, 1);
  read_option(table, "exposed_depth_m", options.exposed_depth_m, 0, 10);
  read_option(table, "spontaneous_share", options.spontaneous_share, 0, 1);
  read_option(table, "visitor_departure_median_min", options.visitor_departure_median_min, 0.01,
              plenty);
  read_option(table, "exposed_departure_median_min", options.exposed_departure_median_min, 0,
              plenty);
  read_option(table, "retry_min", options.retry_min, 0.1, plenty);
  read_wards(table, options);
  read_shares(table, options);
  if (auto visitors = table.table("visitors")) read_visitors(*visitors, world, options.visitors);
  for (TomlReader& square : table.tables("square")) {
    options.squares.push_back(read_square(square, world, read_building));
  }
  read_option(table, "walk_speed_mps", options.walk_speed_mps, 0.1, 3);
  read_option(table, "walk_limit_km", options.walk_limit_km, 0, 100);
  read_count(table, "buses", options.buses);
  read_count(table, "ambulances", options.ambulances);
  options.boats =
      static_cast<std::uint32_t>(table.whole("boats", 0, 10000).value_or(options.boats));
  read_option(table, "bus_places", options.bus_places, 1, 200);
  read_option(table, "bus_wait_min", options.bus_wait_min, 0, plenty);
  read_option(table, "boat_places", options.boat_places, 1, 200);
  read_option(table, "boat_speed_kmh", options.boat_speed_kmh, 0.5, 100);
  read_option(table, "boat_ready_min", options.boat_ready_min, 0, plenty);
  read_option(table, "door_width_m_per_100_places", options.door_width_m_per_100_places, 0.01, 100);
  read_option(table, "supply_days", options.supply_days, 0, 1000);
  if (const auto plan = table.text("plan")) {
    options.plan =
        std::make_shared<const EvacuationPlan>(read_evacuation_plan(table.resolve(*plan), world));
    const auto within = [&](const char* what, std::uint32_t planned, std::uint32_t there) {
      if (planned <= there) return;
      table.fail("plan", "'" + *plan + "' has " + std::to_string(planned) + " " + what +
                             ", and the scenario " + std::to_string(there));
    };
    if (options.buses) within("buses", options.plan->buses, *options.buses);
    within("boats", options.plan->boats, options.boats);
  }
  table.finish();
  return options;
}

}  // namespace kontwin
