#include "scenarios/file/edit_reader.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>

#include "scenarios/file/local_place.hpp"
#include "scenarios/file/selector.hpp"

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

std::vector<std::uint32_t> rows(TomlReader& table, Kind kind, const World& world) {
  auto where = table.table("where");
  if (!where) table.fail("", "the field 'where' is missing");
  return select_rows(*where, kind, world);
}

/// One edit for each selected row.
template <typename Make>
std::vector<Edit> for_rows(const std::vector<std::uint32_t>& selected, Make make) {
  std::vector<Edit> edits;
  edits.reserve(selected.size());
  for (const std::uint32_t row : selected) edits.push_back(make(row));
  return edits;
}

using Reader = std::function<std::vector<Edit>(TomlReader&, const World&)>;

std::vector<Edit> read_barrier(TomlReader& table, const World& world) {
  AddBarrier barrier;
  barrier.line = local_places(table, "line", world);
  if (barrier.line.size() < 2) table.fail("line", "needs two points or more");
  barrier.height_m = table.required_number("height_m", 0.01, 100);
  return {barrier};
}

const std::map<std::string, Reader, std::less<>>& readers() {
  static const std::map<std::string, Reader, std::less<>> table{
      {"set_road_open",
       [](TomlReader& edit, const World& world) {
         const bool open = edit.flag("open").value_or(false);
         return for_rows(rows(edit, Kind::road, world), [open](std::uint32_t row) {
           return SetRoadOpen{row, open};
         });
       }},
      {"set_road_capacity",
       [](TomlReader& edit, const World& world) {
         const double factor = edit.required_number("factor", 0, 1);
         return for_rows(rows(edit, Kind::road, world), [factor](std::uint32_t row) {
           return SetRoadCapacity{row, factor};
         });
       }},
      {"set_speed_limit",
       [](TomlReader& edit, const World& world) {
         const double speed_mps = edit.required_number("speed_kmh", 1, 200) / 3.6;
         return for_rows(rows(edit, Kind::road, world), [speed_mps](std::uint32_t row) {
           return SetSpeedLimit{row, speed_mps};
         });
       }},
      {"set_debris",
       [](TomlReader& edit, const World& world) {
         const bool blocked = edit.flag("blocked").value_or(true);
         return for_rows(rows(edit, Kind::road, world), [blocked](std::uint32_t row) {
           return SetDebris{row, blocked};
         });
       }},
      {"set_release",
       [](TomlReader& edit, const World& world) {
         const double outflow = edit.required_number("outflow_m3ps", 0, 100000);
         return for_rows(rows(edit, Kind::reservoir, world), [outflow](std::uint32_t row) {
           return SetRelease{row, outflow};
         });
       }},
      {"add_barrier", read_barrier},
      {"set_shelter_open",
       [](TomlReader& edit, const World& world) {
         const bool open = edit.flag("open").value_or(true);
         return for_rows(rows(edit, Kind::shelter, world), [open](std::uint32_t row) {
           return SetShelterOpen{row, open};
         });
       }},
      {"set_signal_plan",
       [](TomlReader& edit, const World& world) {
         SetSignalPlan plan;
         plan.cycle_s = edit.required_number("cycle_s", 10, 600);
         plan.green_share = edit.required_number("green_share", 0, 1);
         plan.offset_s = edit.number("offset_s", 0, 600).value_or(0);
         return for_rows(rows(edit, Kind::signal, world), [plan](std::uint32_t row) mutable {
           plan.signal = row;
           return plan;
         });
       }},
      {"set_demand",
       [](TomlReader& edit, const World&) {
         return std::vector<Edit>{SetDemand{edit.required_number("factor", 0, 100)}};
       }},
      {"order_evacuation",
       [](TomlReader& edit, const World& world) {
         return std::vector<Edit>{OrderEvacuation{rows(edit, Kind::residence, world)}};
       }},
      {"set_diverting",
       [](TomlReader& edit, const World& world) {
         const bool diverting = edit.flag("diverting").value_or(true);
         return for_rows(rows(edit, Kind::hospital, world), [diverting](std::uint32_t row) {
           return SetDiverting{row, diverting};
         });
       }},
  };
  return table;
}

std::uint32_t nearest_junction(const World& world, LocalPoint place) {
  const auto& places = world.entities(Kind::junction).place;
  const auto nearest = std::ranges::min_element(
      places, {}, [place](LocalPoint junction) { return distance_m(junction, place); });
  return static_cast<std::uint32_t>(nearest - places.begin());
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

std::vector<std::pair<EditMoment, Edit>> read_edit(TomlReader table, const World& world) {
  const EditMoment moment = read_moment(table);
  const std::string action = table.required_text("do");
  const auto reader = readers().find(action);
  if (reader == readers().end()) {
    std::string known;
    for (const auto& [name, read] : readers()) known += (known.empty() ? "" : ", ") + name;
    table.fail("do", "'" + action + "' is none of: " + known);
  }
  std::vector<std::pair<EditMoment, Edit>> edits;
  for (Edit& edit : reader->second(table, world)) edits.emplace_back(moment, std::move(edit));
  table.finish();
  return edits;
}

std::vector<World::NewRoad> read_new_road(TomlReader table, const World& world,
                                          std::span<const World::NewRoad> before) {
  const std::string name = table.required_text("name");
  const auto from = table.place("from");
  const auto to = table.place("to");
  if (!from || !to) table.fail("", "the fields 'from' and 'to' are both needed");
  if (world.entities(Kind::junction).size() == 0) table.fail("", "the world has no junction");

  World::NewRoad road;
  road.from = nearest_junction(world, local_place(table, "from", world, *from));
  road.to = nearest_junction(world, local_place(table, "to", world, *to));
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
