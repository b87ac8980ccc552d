#include "scenarios/file/options_reader.hpp"

#include "scenarios/file/read_option.hpp"

namespace kontwin {

namespace {

/// Tables `field`, `scrub`, ..., or `all` of them, each with what it changes of a soil.
void read_soils(TomlReader table, SlopeOptions& options) {
  const auto read_soil = [](TomlReader one, slope::Soil& soil) {
    read_option(one, "cohesion_kpa", soil.cohesion_kpa, 0, 1000);
    read_option(one, "friction_deg", soil.friction_deg, 0, 60);
    read_option(one, "unit_weight_knpm3", soil.unit_weight_knpm3, 10, 30);
    read_option(one, "conductivity_mps", soil.conductivity_mps, 1e-12, 1);
    read_option(one, "diffusivity_m2ps", soil.diffusivity_m2ps, 1e-12, 10);
    one.finish();
  };
  for (slope::Soil& soil : options.soil) {
    if (auto all = table.table("all")) read_soil(*all, soil);
  }
  for (std::size_t i = 0; i < slope::ground_classes; ++i) {
    if (auto one = table.table(slope::ground_names[i])) read_soil(*one, options.soil[i]);
  }
  read_option(table, "depth_on_level_m", options.depth_on_level_m, 0.01, 100);
  read_option(table, "depth_fall_per_deg", options.depth_fall_per_deg, 0, 1);
  read_option(table, "least_depth_m", options.least_depth_m, 0.01, 100);
  read_option(table, "most_depth_m", options.most_depth_m, 0.01, 100);
  if (options.least_depth_m > options.most_depth_m) {
    table.fail("least_depth_m", "lies above most_depth_m");
  }
  read_option(table, "cohesion_spread", options.cohesion_spread, 0, 5);
  read_option(table, "friction_spread", options.friction_spread, 0, 5);
  read_option(table, "conductivity_spread", options.conductivity_spread, 0, 10);
  read_option(table, "base_share", options.base_share, 1, 10);
  read_option(table, "wet_share", options.wet_share, 0, 1);
  read_option(table, "survived_share", options.survived_share, 0, 1);
  read_option(table, "drain_h", options.drain_h, 0, plenty);
  table.finish();
}

}  // namespace

SlopeOptions read_slope_options(TomlReader table) {
  SlopeOptions options;
  if (const auto file = table.text("soil_file")) {
    read_soils(TomlReader::read(table.resolve(*file)), options);
  }
  if (auto soil = table.table("soil")) read_soils(*soil, options);
  read_option(table, "least_slope_deg", options.least_slope_deg, 1, 89);
  read_option(table, "beside_road_m", options.beside_road_m, 1, 1000);
  read_option(table, "every_min", options.every_min, 0, 24 * 60);
  read_option(table, "medium_probability", options.medium_probability, 1e-9, 1);
  read_option(table, "high_probability", options.high_probability, 1e-9, 1);
  read_option(table, "very_high_probability", options.very_high_probability, 1e-9, 1);
  if (!(options.medium_probability <= options.high_probability &&
        options.high_probability <= options.very_high_probability)) {
    table.fail("high_probability", "the probabilities of the three levels must rise");
  }
  options.close_on_rain = table.flag("close_on_rain").value_or(options.close_on_rain);
  options.boulders_per_link = static_cast<unsigned>(
      table.whole("boulders_per_link", 0, 1000).value_or(options.boulders_per_link));
  options.rockfall_seeds = static_cast<unsigned>(
      table.whole("rockfall_seeds", 1, 1000).value_or(options.rockfall_seeds));
  read_option(table, "boulder_median_m", options.boulder_median_m, 0.15, 1.2);
  read_option(table, "clearing_start_h", options.clearing_start_h, 0, plenty);
  read_option(table, "clearing_m3ph", options.clearing_m3ph, 0, plenty);
  read_option(table, "clearing_share", options.clearing_share, 0, 1);
  options.sweep_vehicles = table.flag("sweep_vehicles").value_or(options.sweep_vehicles);
  read_option(table, "motorbike_share", options.motorbike_share, 0, 1);
  read_option(table, "bridge_inspection_g", options.bridge_inspection_g, 1e-6, 10);
  read_option(table, "inspection_h", options.inspection_h, 0, plenty);
  table.finish();
  return options;
}

}  // namespace kontwin
