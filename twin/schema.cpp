#include "twin/schema.hpp"

#include <array>
#include <limits>

namespace kontwin {

namespace {

constexpr double no_limit = std::numeric_limits<double>::max();

constexpr ColumnSpec flag(std::string_view id, Owner owner) { return {id, "", owner, 0, 1}; }

constexpr ColumnSpec amount(std::string_view id, std::string_view unit, Owner owner,
                            double maximum = no_limit) {
  return {id, unit, owner, 0, maximum};
}

/// The columns of a kind: the common ones, then its own.
template <typename... Own>
constexpr auto columns(Own... own) {
  static_assert(common_column::count + sizeof...(own) <= max_columns,
                "a kind has more state columns than a row of actors holds: raise max_columns");
  return std::array<ColumnSpec, common_column::count + sizeof...(own)>{
      ColumnSpec{"observed_at", "s", Owner::actors, 0, no_limit},
      flag("stale", Owner::actors),
      amount("water_depth_m", "m", Owner::flood, 200),
      amount("water_speed_mps", "m/s", Owner::flood, 100),
      amount("water_depth_velocity_m2ps", "m²/s", Owner::flood, 20000),
      ColumnSpec{"hazard_class", "", Owner::flood, 0, 6},
      ColumnSpec{"impassable_for", "", Owner::flood, 0, 255},
      own...};
}

constexpr auto road_columns = columns(
    flag("open", Owner::actors), ColumnSpec{"capacity_factor", "", Owner::actors, 0, 1},
    amount("speed_limit_mps", "m/s", Owner::actors, 60),
    ColumnSpec{"slope_level", "", Owner::slope, 0, 3}, flag("debris", Owner::slope),
    amount("flow_vph", "veh/h", Owner::traffic, 50000),
    amount("speed_mps", "m/s", Owner::traffic, 100), amount("vehicles", "veh", Owner::traffic),
    amount("queue", "veh", Owner::traffic), ColumnSpec{"slide_probability", "", Owner::slope, 0, 1},
    ColumnSpec{"shaking_g", "g", Owner::slope, 0, 5}, flag("inspection", Owner::slope));
constexpr auto junction_columns = columns(amount("delay_s", "s", Owner::traffic));
constexpr auto signal_columns = columns(
    amount("cycle_s", "s", Owner::actors, 600), ColumnSpec{"green_share", "", Owner::actors, 0, 1},
    amount("offset_s", "s", Owner::actors, 600), flag("working", Owner::actors));
constexpr auto river_gauge_columns = columns(ColumnSpec{"stage_m", "m", Owner::flood, -50, 9000},
                                             ColumnSpec{"rise_mph", "m/h", Owner::actors, -50, 50},
                                             ColumnSpec{"alarm_level", "", Owner::actors, 0, 3});
constexpr auto rain_gauge_columns = columns(amount("rain_mmph", "mm/h", Owner::flood, 500),
                                            amount("rain_24h_mm", "mm", Owner::flood, 3000));
constexpr auto traffic_counter_columns = columns(amount("flow_vph", "veh/h", Owner::traffic, 50000),
                                                 amount("speed_mps", "m/s", Owner::traffic, 100));
constexpr auto camera_columns = columns(flag("online", Owner::actors));
constexpr auto air_sensor_columns =
    columns(amount("pm25_ugpm3", "µg/m³", Owner::actors, 5000),
            ColumnSpec{"temperature_c", "°C", Owner::actors, -20, 60});
constexpr auto soil_sensor_columns = columns(ColumnSpec{"moisture_share", "", Owner::crops, 0, 1});
constexpr auto power_sensor_columns = columns(amount("load_kw", "kW", Owner::actors),
                                              amount("voltage_v", "V", Owner::actors, 800000));
constexpr auto hospital_columns =
    columns(amount("patients", "person", Owner::evacuation), flag("cut_off", Owner::actors),
            flag("on_backup", Owner::actors), flag("diverting", Owner::actors));
constexpr auto health_station_columns = columns(flag("cut_off", Owner::actors));
constexpr auto school_columns =
    columns(flag("open", Owner::actors), amount("people", "person", Owner::actors));
constexpr auto shelter_columns =
    columns(flag("open", Owner::actors), amount("occupants", "person", Owner::evacuation),
            flag("cut_off", Owner::actors));
constexpr auto farm_plot_columns = columns(ColumnSpec{"moisture_share", "", Owner::crops, 0, 1},
                                           ColumnSpec{"lost_share", "", Owner::crops, 0, 1});
constexpr auto reservoir_columns = columns(ColumnSpec{"level_m", "m", Owner::flood, -50, 9000},
                                           amount("volume_m3", "m³", Owner::flood),
                                           amount("inflow_m3ps", "m³/s", Owner::flood, 100000),
                                           amount("outflow_m3ps", "m³/s", Owner::flood, 100000));
constexpr auto parking_columns = columns(amount("occupied", "veh", Owner::traffic));
constexpr auto lodging_columns = columns(amount("rooms_taken", "room", Owner::visitors),
                                         amount("guests", "person", Owner::evacuation));
constexpr auto tourist_site_columns = columns(amount("visitors", "person", Owner::evacuation));
constexpr auto power_facility_columns =
    columns(flag("working", Owner::actors), amount("output_kw", "kW", Owner::actors));
constexpr auto water_facility_columns = columns(flag("working", Owner::actors));
constexpr auto office_columns = columns(flag("open", Owner::actors));
constexpr auto residence_columns =
    columns(amount("people_home", "person", Owner::evacuation), flag("ordered", Owner::actors),
            amount("people_moving", "person", Owner::evacuation),
            amount("people_safe", "person", Owner::evacuation));

constexpr AttributeSpec junction_row{"junction_row", ""};
/// Of a building, the mean of several; NaN: not known.
constexpr AttributeSpec storeys{"storeys", ""};

constexpr std::array road_attributes{AttributeSpec{"length_m", "m"},
                                     AttributeSpec{"lanes", ""},
                                     AttributeSpec{"free_speed_mps", "m/s"},
                                     AttributeSpec{"capacity_vph", "veh/h"},
                                     AttributeSpec{"width_m", "m"},
                                     AttributeSpec{"road_class", ""},
                                     AttributeSpec{"bridge", ""},
                                     AttributeSpec{"deck_height_m", "m"}};
constexpr std::array signal_attributes{junction_row};
constexpr std::array river_gauge_attributes{
    AttributeSpec{"bd1_m", "m"}, AttributeSpec{"bd2_m", "m"}, AttributeSpec{"bd3_m", "m"},
    AttributeSpec{"record_m", "m"}, AttributeSpec{"bed_m", "m"}};
constexpr std::array traffic_counter_attributes{AttributeSpec{"road_row", ""}};
constexpr std::array hospital_attributes{AttributeSpec{"beds", "bed"}, junction_row,
                                         AttributeSpec{"provincial", ""}, storeys};
constexpr std::array health_station_attributes{junction_row, storeys};
constexpr std::array school_attributes{AttributeSpec{"pupils", "person"}, junction_row, storeys};
constexpr std::array shelter_attributes{AttributeSpec{"places", "person"}, junction_row};
constexpr std::array farm_plot_attributes{AttributeSpec{"area_m2", "m²"},
                                          AttributeSpec{"crop", ""}};
constexpr std::array reservoir_attributes{
    AttributeSpec{"full_level_m", "m"},          AttributeSpec{"dead_level_m", "m"},
    AttributeSpec{"flood_control_level_m", "m"}, AttributeSpec{"volume_total_m3", "m³"},
    AttributeSpec{"volume_dead_m3", "m³"},       AttributeSpec{"installed_mw", "MW"}};
constexpr std::array parking_attributes{AttributeSpec{"places", "veh"}, junction_row};
constexpr std::array lodging_attributes{AttributeSpec{"rooms", "room"},
                                        AttributeSpec{"beds", "bed"}, junction_row, storeys};
constexpr std::array tourist_site_attributes{AttributeSpec{"capacity", "person"}, junction_row};
constexpr std::array power_facility_attributes{AttributeSpec{"installed_kw", "kW"}};
constexpr std::array office_attributes{junction_row, storeys};
constexpr std::array residence_attributes{AttributeSpec{"people", "person"},
                                          AttributeSpec{"households", ""}, junction_row, storeys};

const std::array<KindSchema, kind_count> schemas{{
    {road_attributes, road_columns},
    {{}, junction_columns},
    {signal_attributes, signal_columns},
    {river_gauge_attributes, river_gauge_columns},
    {{}, rain_gauge_columns},
    {traffic_counter_attributes, traffic_counter_columns},
    {{}, camera_columns},
    {{}, air_sensor_columns},
    {{}, soil_sensor_columns},
    {{}, power_sensor_columns},
    {hospital_attributes, hospital_columns},
    {health_station_attributes, health_station_columns},
    {school_attributes, school_columns},
    {shelter_attributes, shelter_columns},
    {farm_plot_attributes, farm_plot_columns},
    {reservoir_attributes, reservoir_columns},
    {parking_attributes, parking_columns},
    {lodging_attributes, lodging_columns},
    {tourist_site_attributes, tourist_site_columns},
    {power_facility_attributes, power_facility_columns},
    {{}, water_facility_columns},
    {office_attributes, office_columns},
    {residence_attributes, residence_columns},
}};

template <typename Specs>
std::optional<std::size_t> position_of(const Specs& specs, std::string_view id) {
  for (std::size_t i = 0; i < specs.size(); ++i) {
    if (specs[i].id == id) return i;
  }
  return std::nullopt;
}

}  // namespace

const KindSchema& schema_of(Kind kind) { return schemas[index_of(kind)]; }

std::optional<std::size_t> find_column(Kind kind, std::string_view id) {
  return position_of(schema_of(kind).columns, id);
}

std::optional<std::size_t> find_attribute(Kind kind, std::string_view id) {
  return position_of(schema_of(kind).attributes, id);
}

}  // namespace kontwin
