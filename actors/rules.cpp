#include "actors/rules.hpp"

#include <stdexcept>
#include <string>

namespace kontwin {

namespace {

/// In the order of Kind.
std::array<RuleType, kind_count> all_rules() {
  std::array<RuleType, kind_count> rules = {
      road_rule(),           junction_rule(),        signal_rule(),       river_gauge_rule(),
      rain_gauge_rule(),     traffic_counter_rule(), camera_rule(),       air_sensor_rule(),
      soil_sensor_rule(),    power_sensor_rule(),    hospital_rule(),     health_station_rule(),
      school_rule(),         shelter_rule(),         farm_plot_rule(),    reservoir_rule(),
      parking_rule(),        lodging_rule(),         tourist_site_rule(), power_facility_rule(),
      water_facility_rule(), office_rule(),          residence_rule()};
  for (const Kind kind : all_kinds()) {
    const std::vector<Watch>& watches = rules[index_of(kind)].watches;
    bool fits = watches.size() <= most_watches;
    for (const Watch& watch : watches) fits &= watch.lines.size() <= most_lines;
    if (!fits) {
      throw std::logic_error("the rule of " + std::string(names_of(kind).id) +
                             " watches more than there is room for");
    }
  }
  return rules;
}

}  // namespace

const RuleType& rule_of(Kind kind) {
  static const std::array<RuleType, kind_count> rules = all_rules();
  return rules[index_of(kind)];
}

}  // namespace kontwin
