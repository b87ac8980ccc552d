#include "actors/rules.hpp"

namespace kontwin {

namespace {

/// In the order of Kind.
std::array<RuleType, kind_count> all_rules() {
  return {road_rule(),           junction_rule(),        signal_rule(),       river_gauge_rule(),
          rain_gauge_rule(),     traffic_counter_rule(), camera_rule(),       air_sensor_rule(),
          soil_sensor_rule(),    power_sensor_rule(),    hospital_rule(),     health_station_rule(),
          school_rule(),         shelter_rule(),         farm_plot_rule(),    reservoir_rule(),
          parking_rule(),        lodging_rule(),         tourist_site_rule(), power_facility_rule(),
          water_facility_rule(), office_rule(),          residence_rule()};
}

}  // namespace

const RuleType& rule_of(Kind kind) {
  static const std::array<RuleType, kind_count> rules = all_rules();
  return rules[index_of(kind)];
}

}  // namespace kontwin
