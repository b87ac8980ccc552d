#pragma once

#include "actors/rule.hpp"

namespace kontwin {

/// The rule of a kind. Throws std::logic_error where a kind was made to watch more than entities
/// have room for.
const RuleType& rule_of(Kind kind);

// One file a kind: `actors/<kind>.cpp` holds its rule.
RuleType road_rule();
RuleType junction_rule();
RuleType signal_rule();
RuleType river_gauge_rule();
RuleType rain_gauge_rule();
RuleType traffic_counter_rule();
RuleType camera_rule();
RuleType air_sensor_rule();
RuleType soil_sensor_rule();
RuleType power_sensor_rule();
RuleType hospital_rule();
RuleType health_station_rule();
RuleType school_rule();
RuleType shelter_rule();
RuleType farm_plot_rule();
RuleType reservoir_rule();
RuleType parking_rule();
RuleType lodging_rule();
RuleType tourist_site_rule();
RuleType power_facility_rule();
RuleType water_facility_rule();
RuleType office_rule();
RuleType residence_rule();

}  // namespace kontwin
