#include "scenarios/file/options_reader.hpp"

#include "scenarios/file/selector.hpp"

namespace kontwin {

namespace {

/// Overwrites a field of an options struct where the table has it.
void read(TomlReader& table, std::string_view field, double& target, double minimum,
          double maximum) {
  target = table.number(field, minimum, maximum).value_or(target);
}

constexpr double plenty = 1e9;

}  // namespace

FloodOptions read_flood_options(TomlReader table, const World& world) {
  FloodOptions options;
  options.grid = table.text("grid").value_or(options.grid);
  if (world.terrain().find(options.grid) == nullptr) {
    std::string known;
    for (const TerrainGrid& grid : world.terrain().grids) {
      known += (known.empty() ? "" : ", ") + grid.name;
    }
    table.fail("grid", "the world has no terrain grid '" + options.grid + "', only: " + known);
  }
  read(table, "courant", options.courant, 0.01, 1);
  read(table, "dry_depth_m", options.dry_depth_m, 1e-6, 1);
  read(table, "initial_stage_warmup_h", options.initial_stage_warmup_h, 0, 240);
  read(table, "theta", options.theta, 0, 1);
  read(table, "runoff_share", options.runoff_share, 0, 1);
  read(table, "upland_height_m", options.upland_height_m, 0, plenty);
  read(table, "wet_depth_m", options.wet_depth_m, 0.001, 10);
  options.closed_edges = table.flag("closed_edges").value_or(options.closed_edges);
  read(table, "release_wave_mps", options.release_wave_mps, 0.01, 100);
  table.finish();
  return options;
}

SlopeOptions read_slope_options(TomlReader table) {
  SlopeOptions options;
  options.close_on_rain = table.flag("close_on_rain").value_or(options.close_on_rain);
  options.boulders_per_link = static_cast<unsigned>(
      table.whole("boulders_per_link", 0, 1000).value_or(options.boulders_per_link));
  read(table, "medium_slope_deg", options.medium_slope_deg, 0, 90);
  read(table, "high_slope_deg", options.high_slope_deg, 0, 90);
  read(table, "very_high_slope_deg", options.very_high_slope_deg, 0, 90);
  table.finish();
  return options;
}

namespace {

traffic::micro::CarFollowing read_following(TomlReader& table) {
  using enum traffic::micro::CarFollowing;
  const std::string name = table.text("following").value_or("improved_idm");
  if (name == "improved_idm") return improved_idm;
  if (name == "idm") return idm;
  if (name == "krauss") return krauss;
  table.fail("following", "'" + name + "' is none of improved_idm, idm, krauss");
}

void read_micro(TomlReader table, const World& world, TrafficOptions& options) {
  if (auto where = table.table("junctions")) {
    options.micro_junctions = select_rows(*where, Kind::junction, world);
  }
  if (auto where = table.table("roads")) {
    for (const std::uint32_t road : select_rows(*where, Kind::road, world)) {
      options.micro_junctions.push_back(world.roads().to[road]);
    }
  }
  if (options.micro_junctions.empty()) {
    table.fail("", "says neither 'junctions' nor 'roads' that are driven microscopically");
  }
  options.micro.following = read_following(table);
  read(table, "step_s", options.micro.step_s, 0.1, 1);
  table.finish();
}

}  // namespace

TrafficOptions read_traffic_options(TomlReader table, const World& world) {
  TrafficOptions options;
  read(table, "background_trips_per_person_day", options.background_trips_per_person_day, 0, 50);
  read(table, "motorbike_share", options.motorbike_share, 0, 1);
  read(table, "patience_min", options.patience_min, 0, plenty);
  read(table, "mean_trip_km", options.mean_trip_km, 0.01, plenty);
  read(table, "destinations", options.destinations, 1, 10000);
  read(table, "informed_share", options.informed_share, 0, 1);
  read(table, "route_refresh_min", options.route_refresh_min, 0.1, plenty);
  options.rain_slows = table.flag("rain_slows").value_or(options.rain_slows);
  read(table, "correction_min", options.correction_min, 1, plenty);
  read(table, "correction_gain", options.correction_gain, 0, 1);
  if (auto micro = table.table("micro")) read_micro(*micro, world, options);
  table.finish();
  return options;
}

EvacuationOptions read_evacuation_options(TomlReader table) {
  EvacuationOptions options;
  read(table, "departure_median_min", options.departure_median_min, 0.01, plenty);
  read(table, "departure_sigma", options.departure_sigma, 0, 5);
  read(table, "compliance", options.compliance, 0, 1);
  read(table, "exposed_depth_m", options.exposed_depth_m, 0, 10);
  read(table, "spontaneous_share", options.spontaneous_share, 0, 1);
  read(table, "car_share", options.car_share, 0, 1);
  read(table, "no_vehicle_share", options.no_vehicle_share, 0, 1);
  read(table, "walk_speed_mps", options.walk_speed_mps, 0.1, 3);
  read(table, "walk_limit_km", options.walk_limit_km, 0, 100);
  read(table, "bus_places", options.bus_places, 1, 200);
  read(table, "bus_wait_min", options.bus_wait_min, 0, plenty);
  read(table, "retry_min", options.retry_min, 0.1, plenty);
  read(table, "door_width_m_per_100_places", options.door_width_m_per_100_places, 0.01, 100);
  table.finish();
  return options;
}

}  // namespace kontwin
