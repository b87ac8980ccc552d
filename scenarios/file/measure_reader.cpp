#include "scenarios/file/measure_reader.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "scenarios/traffic/network/vehicle_kind.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

constexpr double plenty = 1e6;

std::vector<std::uint32_t> roads(TomlReader& table, const EditPlaces& places) {
  return places.rows(table, "where", Kind::road);
}

int lanes(TomlReader& table, int otherwise, int least = 1) {
  return static_cast<int>(table.whole("lanes", least, 16).value_or(otherwise));
}

/// `side = "outer"` (the edge of the road) or `"inner"` (its middle).
bool inner(TomlReader& table) {
  const auto side = table.text("side");
  if (!side || *side == "outer") return false;
  if (*side != "inner") table.fail("side", "'" + *side + "' is neither outer nor inner");
  return true;
}

VehicleMask kinds(TomlReader& table, VehicleMask otherwise) {
  const auto names = table.texts("kinds");
  if (names.empty()) return otherwise;
  unsigned mask = 0;
  for (const std::string& name : names) {
    const auto kind = traffic::vehicle_kind(name);
    if (!kind) {
      table.fail("kinds",
                 "'" + name + "' is none of motorbike, car, bus, lorry, bicycle, ambulance");
    }
    mask |= traffic::bit_of(*kind);
  }
  return static_cast<VehicleMask>(mask);
}

double speed_mps(TomlReader& table) { return table.required_number("speed_kmh", 1, 200) / 3.6; }

TrafficMeasure read_bus_lane(TomlReader& table, const EditPlaces& places) {
  BusLane lane;
  lane.roads = roads(table, places);
  lane.lanes = lanes(table, lane.lanes);
  lane.inner = inner(table);
  lane.kinds = kinds(table, lane.kinds);
  return lane;
}

TrafficMeasure read_narrow_road(TomlReader& table, const EditPlaces& places) {
  NarrowRoad road;
  road.roads = roads(table, places);
  road.lanes = lanes(table, table.has("speed_kmh") ? 0 : 1, 0);
  road.inner = inner(table);
  if (table.has("speed_kmh")) road.speed_mps = speed_mps(table);
  if (road.lanes == 0 && std::isnan(road.speed_mps))
    table.fail("lanes", "takes no lane, and no speed");
  return road;
}

TrafficMeasure read_incident(TomlReader& table, const EditPlaces& places) {
  Incident incident;
  incident.roads = roads(table, places);
  incident.inner = inner(table);
  if (const auto factor = table.number("factor", 0, 1)) incident.capacity_factor = *factor;
  if (incident.capacity_factor == 0) table.fail("factor", "is 0: block all lanes instead");
  incident.lanes = lanes(table, std::isnan(incident.capacity_factor) ? 1 : 0, 0);
  return incident;
}

TrafficMeasure read_contraflow(TomlReader& table, const EditPlaces& places) {
  Contraflow contraflow;
  contraflow.roads = roads(table, places);
  contraflow.lanes = lanes(table, contraflow.lanes);
  return contraflow;
}

TrafficMeasure read_one_way(TomlReader& table, const EditPlaces& places) {
  return OneWay{roads(table, places)};
}

TrafficMeasure read_speed_control(TomlReader& table, const EditPlaces& places) {
  SpeedControl control;
  control.roads = roads(table, places);
  control.speed_mps = speed_mps(table);
  if (table.has("watch")) control.watched = places.rows(table, "watch", Kind::road);
  const auto density = table.number("above_vehicles_per_km", 0.1, 1000);
  const auto flow = table.number("above_vehicles_per_hour", 1, 1e5);
  control.above_density_vpkm = density.value_or(control.above_density_vpkm);
  control.above_flow_vph = flow.value_or(control.above_flow_vph);
  if (control.watched.empty() && (density || flow)) {
    table.fail("", "a rule for a speed limit needs 'watch': the links whose traffic decides");
  }
  if (!control.watched.empty() && !density && !flow) {
    table.fail("watch", "needs above_vehicles_per_km or above_vehicles_per_hour beside it");
  }
  control.off_share = table.number("off_share", 0.01, 1).value_or(control.off_share);
  control.every_s = table.number("every_s", 1, 3600).value_or(control.every_s);
  return control;
}

TrafficMeasure read_ramp_meter(TomlReader& table, const EditPlaces& places) {
  RampMeter meter;
  meter.ramp = places.row(table, "ramp", Kind::road, table.required_text("ramp"));
  meter.main_road = places.row(table, "main_road", Kind::road, table.required_text("main_road"));
  meter.occupancy_share = table.number("occupancy", 0.01, 0.99).value_or(meter.occupancy_share);
  // As it is usually written: vehicles an hour for each percent of occupancy.
  meter.gain_vph = 100 * table.number("gain", 0.1, 1000).value_or(meter.gain_vph / 100);
  meter.least_vph = table.number("least_vph", 1, 1e5).value_or(meter.least_vph);
  meter.most_vph = table.number("most_vph", 1, 1e5).value_or(meter.most_vph);
  if (meter.most_vph < meter.least_vph) table.fail("most_vph", "lies below least_vph");
  meter.queue_share = table.number("queue_share", 0.01, 1).value_or(meter.queue_share);
  meter.every_s = table.number("every_s", 1, 3600).value_or(meter.every_s);
  return meter;
}

TrafficMeasure read_weather(TomlReader& table, const EditPlaces& places) {
  Weather weather;
  if (table.has("where")) weather.roads = roads(table, places);
  weather.rain_mmph = table.number("rain_mmph", 0, 500).value_or(0);
  weather.water_m = table.number("water_m", 0, 100).value_or(0);
  if (weather.rain_mmph == 0 && weather.water_m == 0) {
    table.fail("", "says neither rain_mmph nor water_m");
  }
  return weather;
}

SignalStage read_stage(TomlReader stage, const EditPlaces& places) {
  SignalStage made;
  made.green_s = stage.number("green_s", 1, 600).value_or(made.green_s);
  made.least_s = stage.number("least_s", 1, 600).value_or(std::min(made.least_s, made.green_s));
  made.most_s = stage.number("most_s", 1, 600).value_or(std::max(made.most_s, made.least_s));
  if (made.most_s < made.least_s) stage.fail("most_s", "lies below least_s");
  for (const std::string& name : stage.texts("from")) {
    made.roads.push_back(places.row(stage, "from", Kind::road, name));
  }
  for (TomlReader& turn : stage.tables("turns")) {
    const std::uint32_t from = places.row(turn, "from", Kind::road, turn.required_text("from"));
    const std::uint32_t to = places.row(turn, "to", Kind::road, turn.required_text("to"));
    made.turns.emplace_back(from, to);
    turn.finish();
  }
  stage.finish();
  if (made.roads.empty() && made.turns.empty()) {
    stage.fail("", "lets nobody drive: say 'from' (links) or 'turns'");
  }
  return made;
}

TrafficMeasure read_signal_control(TomlReader& table, const EditPlaces& places) {
  SignalControl control;
  control.signals = places.rows(table, "where", Kind::signal);
  const std::string mode = table.required_text("mode");
  const auto known = std::ranges::find(signal_mode_names, mode);
  if (known == std::end(signal_mode_names) && mode != "dark") {
    table.fail("mode",
               "'" + mode + "' is none of fixed, webster, actuated, max_pressure, flashing, dark");
  }
  // A dark signal and a flashing one rule alike: all give way as without it.
  control.mode = mode == "dark" ? SignalMode::flashing
                                : static_cast<SignalMode>(known - std::begin(signal_mode_names));
  for (TomlReader& stage : table.tables("stage")) {
    control.stages.push_back(read_stage(stage, places));
  }
  control.between_s = table.number("between_s", 0, 60).value_or(control.between_s);
  control.offset_s = table.number("offset_s", 0, 600).value_or(control.offset_s);
  control.cycle_s = table.number("cycle_s", 10, 600).value_or(control.cycle_s);
  control.least_cycle_s = table.number("least_cycle_s", 10, 600).value_or(control.least_cycle_s);
  control.most_cycle_s = table.number("most_cycle_s", 10, 600).value_or(control.most_cycle_s);
  if (control.most_cycle_s < control.least_cycle_s) {
    table.fail("most_cycle_s", "lies below least_cycle_s");
  }
  control.count_min = table.number("count_min", 1, 1440).value_or(control.count_min);
  return control;
}

TrafficMeasure read_priority(TomlReader& table, const EditPlaces& places) {
  AmbulancePriority priority;
  if (table.has("where")) priority.signals = places.rows(table, "where", Kind::signal);
  priority.lead_s = table.number("lead_s", 1, 300).value_or(priority.lead_s);
  priority.yield = table.flag("yield").value_or(priority.yield);
  return priority;
}

TrafficMeasure read_parking(TomlReader& table, const EditPlaces& places) {
  ParkingSearch search;
  if (table.has("where")) {
    const World* world = places.world();
    if (world == nullptr)
      table.fail("where", "the network has no parking sites; write [[edit.site]]");
    for (const std::uint32_t row : places.rows(table, "where", Kind::parking)) {
      ParkingSite site;
      site.parking = row;
      site.junction = world->junction_of({Kind::parking, row});
      site.places = world->entities(Kind::parking).attribute(parking_attribute::places, row);
      if (site.junction == no_row || !std::isfinite(site.places)) {
        table.fail("where", world->urn({Kind::parking, row}) + " has no junction or no places");
      }
      search.sites.push_back(site);
    }
  }
  for (TomlReader& written : table.tables("site")) {
    ParkingSite site;
    site.junction = places.junction(written, "junction");
    site.places = written.required_number("places", 0, plenty);
    site.occupied = written.number("occupied", 0, site.places).value_or(0);
    written.finish();
    search.sites.push_back(site);
  }
  if (search.sites.empty()) table.fail("", "names no site: say 'where' or write [[edit.site]]");
  search.walk_m = table.number("walk_m", 0, plenty).value_or(search.walk_m);
  search.search_m = table.number("search_m", 0, plenty).value_or(search.search_m);
  search.stay_min = table.number("stay_min", 0.1, plenty).value_or(search.stay_min);
  search.tries = static_cast<int>(table.whole("tries", 1, 1000).value_or(search.tries));
  search.kinds = kinds(table, search.kinds);
  return search;
}

}  // namespace

const std::map<std::string, MeasureReader, std::less<>>& measure_readers() {
  static const std::map<std::string, MeasureReader, std::less<>> readers{
      {"bus_lane", read_bus_lane},
      {"narrow_road", read_narrow_road},
      {"incident", read_incident},
      {"contraflow", read_contraflow},
      {"one_way", read_one_way},
      {"speed_control", read_speed_control},
      {"ramp_meter", read_ramp_meter},
      {"weather", read_weather},
      {"signal_control", read_signal_control},
      {"ambulance_priority", read_priority},
      {"parking", read_parking},
  };
  return readers;
}

}  // namespace kontwin
