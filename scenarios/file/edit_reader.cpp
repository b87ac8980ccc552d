#include "scenarios/file/edit_reader.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <set>

#include "scenarios/file/local_place.hpp"
#include "scenarios/file/measure_reader.hpp"
#include "scenarios/file/water_edits.hpp"

namespace kontwin {

namespace {

EditMoment read_moment(TomlReader& table) {
  const auto written = table.text("at");
  if (!written) return Duration{0};
  if (const auto after = parse_duration(*written)) {
    if (after->count() < 0) table.fail("at", "an edit cannot be made before the start");
    return *after;
  }
  if (const auto moment = parse_instant(*written)) return *moment;
  table.fail("at", "'" + *written +
                       "' is neither a length of time after the start, such as \"15min\", nor a "
                       "moment, such as \"2025-11-18T03:00:00+07:00\"");
}

using Reader = std::function<std::vector<Edit>(TomlReader&, const EditPlaces&)>;

std::vector<Edit> read_earthquake(TomlReader& table, const EditPlaces& places) {
  // As far as the equations of ground motion go.
  constexpr double farthest_km = 400;
  const World& world = *places.world();
  const auto place = table.place("epicentre");
  if (!place) table.fail("epicentre", "is missing: [longitude, latitude]");
  Earthquake quake;
  quake.epicentre = local_place(table, "epicentre", world, *place);
  const LocalBox& extent = world.extent();
  const double away_km =
      std::hypot(
          quake.epicentre.x_m - std::clamp(quake.epicentre.x_m, extent.min_x_m, extent.max_x_m),
          quake.epicentre.y_m - std::clamp(quake.epicentre.y_m, extent.min_y_m, extent.max_y_m)) /
      1000;
  if (away_km > farthest_km) {
    table.fail("epicentre", "lies " + std::to_string(std::lround(away_km)) +
                                " km from the world: shaking is known up to 400 km");
  }
  quake.magnitude = table.required_number("magnitude", 2, 8.5);
  quake.depth_km = table.required_number("depth_km", 0, 100);
  const std::string motion = table.text("motion").value_or("by_magnitude");
  if (motion == "atkinson_2015") {
    quake.motion = Earthquake::Motion::atkinson_2015;
  } else if (motion == "boore_2014") {
    quake.motion = Earthquake::Motion::boore_2014;
  } else if (motion != "by_magnitude") {
    table.fail("motion", "'" + motion + "' is none of by_magnitude, atkinson_2015, boore_2014");
  }
  return {quake};
}

/// Whom an order is for: homes alone unless `who` names others.
std::vector<Edit> read_order(TomlReader& table, const EditPlaces& places) {
  OrderEvacuation order;
  std::vector<std::string> who = table.texts("who");
  if (who.empty()) who = {"homes"};
  static const std::map<std::string, Kind, std::less<>> kinds{
      {"lodgings", Kind::lodging}, {"sites", Kind::tourist_site}, {"hospitals", Kind::hospital}};
  for (const std::string& name : who) {
    if (name == "homes") {
      order.residences = places.rows(table, "where", Kind::residence);
      continue;
    }
    const auto kind = kinds.find(name);
    if (kind == kinds.end()) {
      table.fail("who", "'" + name + "' is none of: homes, lodgings, sites, hospitals");
    }
    for (const std::uint32_t row : places.rows(table, "where", kind->second)) {
      order.places.push_back({kind->second, row});
    }
  }
  return {order};
}

const std::map<std::string, Reader, std::less<>>& readers() {
  static const std::map<std::string, Reader, std::less<>> table{
      {"set_road_open",
       [](TomlReader& edit, const EditPlaces& places) {
         const bool open = edit.flag("open").value_or(false);
         return for_rows(places.rows(edit, "where", Kind::road), [open](std::uint32_t row) {
           return SetRoadOpen{row, open};
         });
       }},
      {"set_road_capacity",
       [](TomlReader& edit, const EditPlaces& places) {
         const double factor = edit.required_number("factor", 0, 1);
         return for_rows(places.rows(edit, "where", Kind::road), [factor](std::uint32_t row) {
           return SetRoadCapacity{row, factor};
         });
       }},
      {"set_speed_limit",
       [](TomlReader& edit, const EditPlaces& places) {
         const double speed_mps = edit.required_number("speed_kmh", 1, 200) / 3.6;
         return for_rows(places.rows(edit, "where", Kind::road), [speed_mps](std::uint32_t row) {
           return SetSpeedLimit{row, speed_mps};
         });
       }},
      {"set_debris",
       [](TomlReader& edit, const EditPlaces& places) {
         const bool blocked = edit.flag("blocked").value_or(true);
         return for_rows(places.rows(edit, "where", Kind::road), [blocked](std::uint32_t row) {
           return SetDebris{row, blocked};
         });
       }},
      {"set_release", read_release},
      {"set_gate", read_gate},
      {"set_structure", read_structure_edit},
      {"raise_road", read_raised_road},
      {"breach", read_breach},
      {"add_barrier", read_barrier},
      {"earthquake", read_earthquake},
      {"set_shelter_open",
       [](TomlReader& edit, const EditPlaces& places) {
         const bool open = edit.flag("open").value_or(true);
         return for_rows(places.rows(edit, "where", Kind::shelter), [open](std::uint32_t row) {
           return SetShelterOpen{row, open};
         });
       }},
      {"set_signal_plan",
       [](TomlReader& edit, const EditPlaces& places) {
         SetSignalPlan plan;
         plan.cycle_s = edit.required_number("cycle_s", 10, 600);
         plan.green_share = edit.required_number("green_share", 0, 1);
         plan.offset_s = edit.number("offset_s", 0, 600).value_or(0);
         return for_rows(places.rows(edit, "where", Kind::signal),
                         [plan](std::uint32_t row) mutable {
                           plan.signal = row;
                           return plan;
                         });
       }},
      {"set_demand",
       [](TomlReader& edit, const EditPlaces&) {
         return std::vector<Edit>{SetDemand{edit.required_number("factor", 0, 100)}};
       }},
      {"order_evacuation", read_order},
      {"set_diverting",
       [](TomlReader& edit, const EditPlaces& places) {
         const bool diverting = edit.flag("diverting").value_or(true);
         return for_rows(places.rows(edit, "where", Kind::hospital),
                         [diverting](std::uint32_t row) {
                           return SetDiverting{row, diverting};
                         });
       }},
  };
  return table;
}

/// What a network without a world has, too.
bool is_known(std::string_view action, const EditPlaces& places) {
  static const std::set<std::string_view> of_roads{"set_road_open", "set_road_capacity",
                                                   "set_speed_limit", "set_debris"};
  return places.world() != nullptr || of_roads.contains(action);
}

std::string known_names(const EditPlaces& places) {
  std::set<std::string, std::less<>> names{"end_measure"};
  for (const auto& [name, read] : readers()) {
    if (is_known(name, places)) names.insert(name);
  }
  for (const auto& [name, read] : measure_readers()) names.insert(name);
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
  return all;
}

/// How long a measure lasts: `for`, or `until` a moment; 0 where neither is said.
Duration read_length(TomlReader& table, const EditMoment& from) {
  const auto length = table.duration("for");
  const auto until = table.text("until");
  if (length && until) table.fail("until", "stands beside 'for': use one");
  if (length) {
    if (length->count() <= 0) table.fail("for", "must be longer than nothing");
    return *length;
  }
  if (!until) return Duration{0};
  Duration lasts{0};
  const auto* after = std::get_if<Duration>(&from);
  if (const auto end_after = parse_duration(*until)) {
    if (after == nullptr) table.fail("until", "'at' is a moment: say a moment here, too, or 'for'");
    lasts = *end_after - *after;
  } else if (const auto end = parse_instant(*until)) {
    if (after != nullptr) {
      table.fail("until", "'at' is a length of time after the start: say one here, too, or 'for'");
    }
    lasts = *end - std::get<Instant>(from);
  } else {
    table.fail("until", "'" + *until + "' is neither a length of time nor a moment");
  }
  if (lasts.count() <= 0) table.fail("until", "does not lie after 'at'");
  return lasts;
}

/// A second road between the same junctions gets a number.
std::string free_id(const World::NewRoad& road, const World& world,
                    std::span<const World::NewRoad> before) {
  const std::string base = "scenario-" + std::to_string(road.from) + "-" + std::to_string(road.to);
  std::string id = base;
  for (int number = 2;; ++number) {
    const std::string urn = make_urn(Kind::road, id);
    const bool taken = world.find(urn) || std::ranges::any_of(before, [&](const auto& other) {
                         return other.record.urn == urn;
                       });
    if (!taken) return id;
    id = base + "-" + std::to_string(number);
  }
}

}  // namespace

std::vector<PlacedEdit> read_edit(TomlReader table, const EditPlaces& places) {
  const EditMoment moment = read_moment(table);
  const std::string action = table.required_text("do");
  std::vector<PlacedEdit> edits;
  const auto add = [&](Edit edit) { edits.push_back({moment, std::move(edit), table.line()}); };
  if (const auto measure = measure_readers().find(action); measure != measure_readers().end()) {
    StartMeasure start;
    start.id = table.text("name").value_or(action + " of line " + std::to_string(table.line()));
    start.measure = measure->second(table, places);
    start.lasts = read_length(table, moment);
    if (action == "incident" && start.lasts.count() == 0) {
      table.fail("", "an incident clears: say 'for' or 'until'");
    }
    add(std::move(start));
  } else if (action == "end_measure") {
    add(EndMeasure{table.required_text("name")});
  } else if (const auto reader = readers().find(action);
             reader != readers().end() && is_known(action, places)) {
    for (Edit& edit : reader->second(table, places)) add(std::move(edit));
  } else {
    table.fail("do", "'" + action + "' is none of: " + known_names(places));
  }
  table.finish();
  return edits;
}

std::vector<World::NewRoad> read_new_road(TomlReader table, const World& world,
                                          std::span<const World::NewRoad> before) {
  const std::string name = table.required_text("name");
  const WorldPlaces places(world);

  World::NewRoad road;
  road.from = places.junction(table, "from");
  road.to = places.junction(table, "to");
  if (road.from == road.to) table.fail("to", "is nearest to the same junction as 'from'");
  road.shape.push_back(world.place({Kind::junction, road.from}));
  std::ranges::copy(local_places(table, "via", world), std::back_inserter(road.shape));
  road.shape.push_back(world.place({Kind::junction, road.to}));
  road.number = table.text("number").value_or("");

  const double lanes = table.number("lanes", 1, 12).value_or(1);
  const double speed_mps = table.required_number("speed_kmh", 1, 200) / 3.6;
  const double capacity_vph = table.number("capacity_vph", 1, 50000).value_or(1200 * lanes);
  const bool oneway = table.flag("oneway").value_or(false);
  table.finish();

  EntityRecord& record = road.record;
  const double whole_m = length_m(road.shape);
  record.name = name;
  record.place = point_along(road.shape, whole_m / 2);
  record.provenance = Provenance::synthetic;
  record.commune_code = world.entities(Kind::junction).commune_code[road.from];
  record.attributes = {
      whole_m, lanes, speed_mps, capacity_vph, 3.5 * lanes, static_cast<double>(RoadClass::street),
      0,       0};
  const std::string id = free_id(road, world, before);
  record.urn = make_urn(Kind::road, id);

  std::vector<World::NewRoad> both{road};
  if (!oneway) {
    std::swap(road.from, road.to);
    std::ranges::reverse(road.shape);
    road.record.urn = make_urn(Kind::road, id + "-back");
    both.push_back(road);
  }
  return both;
}

}  // namespace kontwin
