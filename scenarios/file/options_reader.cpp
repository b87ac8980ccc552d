#include "scenarios/file/options_reader.hpp"

#include <algorithm>
#include <set>

#include "scenarios/file/flood_works_reader.hpp"
#include "scenarios/file/local_place.hpp"
#include "scenarios/file/read_option.hpp"
#include "scenarios/file/selector.hpp"
#include "scenarios/flood/flood_grids.hpp"
#include "scenarios/flood/green_ampt.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

FloodAssimilation read_assimilation(TomlReader& table) {
  using enum FloodAssimilation;
  const std::string name = table.text("assimilation").value_or("none");
  if (name == "none") return none;
  if (name == "nudging") return nudging;
  if (name == "ensemble") return ensemble;
  table.fail("assimilation", "'" + name + "' is none of: none, nudging, ensemble");
}

FloodScheme read_scheme(TomlReader& table) {
  const std::string name = table.text("scheme").value_or("inertial");
  if (name == "inertial") return FloodScheme::inertial;
  if (name == "finite_volume") return FloodScheme::finite_volume;
  table.fail("scheme", "'" + name + "' is neither inertial nor finite_volume");
}

/// What another kind of infiltration would read shall not be passed over as if it held.
void refuse_idle_soils(TomlReader& table, FloodInfiltration kind) {
  const auto refuse = [&](const char* field, const char* wanted) {
    if (!table.has(field)) return;
    table.fail(field, std::string("does nothing without infiltration = \"") + wanted + "\"");
  };
  if (kind != FloodInfiltration::curve_number) refuse("curve_number", "curve_number");
  if (kind == FloodInfiltration::green_ampt) return;
  for (const char* const field :
       {"soil", "soil_saturation", "soil_conductivity_mmph", "soil_suction_m", "soil_deficit"}) {
    refuse(field, "green_ampt");
  }
}

void read_infiltration(TomlReader& table, FloodOptions& options) {
  const std::string name = table.text("infiltration").value_or("none");
  if (name == "curve_number") {
    options.infiltration = FloodInfiltration::curve_number;
  } else if (name == "green_ampt") {
    options.infiltration = FloodInfiltration::green_ampt;
  } else if (name != "none") {
    table.fail("infiltration", "'" + name + "' is none of: none, curve_number, green_ampt");
  }
  refuse_idle_soils(table, options.infiltration);
  read_option(table, "curve_number", options.curve_number, 1, 100);
  options.soil = table.text("soil").value_or(options.soil);
  if (!options.soil.empty() && !flood::soil_of_texture(options.soil, 0)) {
    table.fail("soil", "'" + options.soil + "' is none of: " + std::string(flood::soil_textures()));
  }
  read_option(table, "soil_saturation", options.soil_saturation, 0, 1);
  read_option(table, "soil_conductivity_mmph", options.soil_conductivity_mmph, 0, 1e4);
  read_option(table, "soil_suction_m", options.soil_suction_m, 0, 10);
  read_option(table, "soil_deficit", options.soil_deficit, 0, 1);
}

/// Two opposite corners of a box.
std::optional<LocalBox> read_box(TomlReader& table, std::string_view field, const World& world) {
  if (!table.has(field)) return std::nullopt;
  const auto corners = local_places(table, field, world);
  if (corners.size() != 2) table.fail(field, "needs two opposite corners");
  const auto [a, b] = std::pair{corners[0], corners[1]};
  return LocalBox{std::min(a.x_m, b.x_m), std::min(a.y_m, b.y_m), std::max(a.x_m, b.x_m),
                  std::max(a.y_m, b.y_m)};
}

void read_insets(TomlReader& table, const World& world, FloodOptions& options) {
  const TerrainGrid& outer = *world.terrain().find(options.grid);
  std::vector<GridShape> shapes;
  std::set<std::string> names{options.grid};
  for (TomlReader& each : table.tables("insets")) {
    FloodInset inset;
    inset.grid = each.required_text("grid");
    inset.name = each.text("name").value_or(inset.grid);
    inset.scheme = read_scheme(each);
    inset.order = static_cast<int>(each.whole("order", 1, 2).value_or(inset.order));
    inset.within = read_box(each, "within", world);
    inset.resample = each.flag("resample").value_or(inset.resample);
    try {
      shapes.push_back(flood::inset_shape(world.terrain(), outer, inset));
    } catch (const ScenarioError& error) {
      each.fail("grid", error.what());
    }
    if (!names.insert(inset.name).second) {
      each.fail(
          each.has("name") ? "name" : "grid",
          "a grid of this flood is called '" + inset.name + "' already: give it another name");
    }
    for (std::size_t other = 0; other + 1 < shapes.size(); ++other) {
      if (!flood::too_near(shapes.back(), shapes[other], outer.elevation_m.shape.cell_m)) continue;
      each.fail("grid", "'" + inset.name + "' overlaps or touches '" + options.insets[other].name +
                            "': there must be a cell of '" + options.grid + "' between");
    }
    each.finish();
    options.insets.push_back(std::move(inset));
  }
}

}  // namespace

void read_water_scheme(TomlReader& table, FloodOptions& options) {
  options.scheme = read_scheme(table);
  options.order = static_cast<int>(table.whole("order", 1, 2).value_or(options.order));
}

void read_water_options(TomlReader& table, FloodOptions& options) {
  read_water_scheme(table, options);
  read_option(table, "courant", options.courant, 0.01, 1);
  read_option(table, "dry_depth_m", options.dry_depth_m, 1e-6, 1);
  read_option(table, "theta", options.theta, 0.2, 1);
  read_option(table, "runoff_share", options.runoff_share, 0, 1);
  read_infiltration(table, options);
  read_option(table, "wet_depth_m", options.wet_depth_m, 0.001, 10);
  options.closed_edges = table.flag("closed_edges").value_or(options.closed_edges);
  read_option(table, "evaporation_mm_per_day", options.evaporation_mm_per_day, 0, 100);
  const std::string precision = table.text("precision").value_or("float32");
  options.double_precision = precision == "float64";
  if (precision != "float32" && !options.double_precision) {
    table.fail("precision", "'" + precision + "' is neither float32 nor float64");
  }
  if (options.double_precision && options.scheme != FloodScheme::finite_volume) {
    table.fail("precision", "float64 is of the finite_volume scheme only");
  }
}

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
  read_water_options(table, options);
  read_insets(table, world, options);
  read_option(table, "initial_stage_warmup_h", options.initial_stage_warmup_h, 0, 240);
  read_option(table, "upland_height_m", options.upland_height_m, 0, plenty);
  read_option(table, "release_wave_mps", options.release_wave_mps, 0.01, 100);
  read_flood_works(table, world, options);
  options.assimilation = read_assimilation(table);
  options.ensemble_members =
      static_cast<double>(table.whole("ensemble_members", 2, 1000)
                              .value_or(static_cast<std::int64_t>(options.ensemble_members)));
  read_option(table, "stage_error_m", options.stage_error_m, 1e-4, 10);
  read_option(table, "inflow_spread", options.inflow_spread, 0, 2);
  read_option(table, "rain_spread", options.rain_spread, 0, 2);
  read_option(table, "roughness_spread", options.roughness_spread, 0, 1);
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
  read_option(table, "step_s", options.micro.step_s, 0.1, 1);
  table.finish();
}

}  // namespace

TrafficOptions read_traffic_options(TomlReader table, const World& world) {
  TrafficOptions options;
  read_option(table, "background_trips_per_person_day", options.background_trips_per_person_day, 0,
              50);
  read_option(table, "motorbike_share", options.motorbike_share, 0, 1);
  read_option(table, "patience_min", options.patience_min, 0, plenty);
  read_option(table, "mean_trip_km", options.mean_trip_km, 0.01, plenty);
  read_option(table, "destinations", options.destinations, 1, 10000);
  read_option(table, "informed_share", options.informed_share, 0, 1);
  read_option(table, "route_refresh_min", options.route_refresh_min, 0.1, plenty);
  options.rain_slows = table.flag("rain_slows").value_or(options.rain_slows);
  read_option(table, "correction_min", options.correction_min, 1, plenty);
  read_option(table, "correction_gain", options.correction_gain, 0, 1);
  if (auto micro = table.table("micro")) read_micro(*micro, world, options);
  table.finish();
  return options;
}

}  // namespace kontwin
