#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "twin/kind.hpp"

namespace kontwin {

/// Who may write a column. In the mirror every column belongs to the entities' actors (each writes
/// its own row); in a branch it belongs to the engine named here, or to the actors that decide it.
enum class Owner : std::uint8_t { actors, traffic, flood, slope, evacuation, visitors, crops };

/// One fixed attribute of a kind: a number that does not change while a run lasts.
struct AttributeSpec {
  std::string_view id;    ///< `bd1_m`; the unit is part of the name
  std::string_view unit;  ///< `m`; empty for a plain number or a code
};

/// One state column of a kind: a number that changes.
struct ColumnSpec {
  std::string_view id;    ///< `stage_m`
  std::string_view unit;  ///< `m`
  Owner branch_owner;     ///< who writes it in a branch
  double minimum;         ///< an observation below this is refused as impossible
  double maximum;         ///< an observation above this is refused as impossible
};

/// No kind has more state columns than that: actors hold a row in place. schema.cpp does not
/// compile where one has.
inline constexpr std::size_t max_columns = 24;

/// The attributes and state columns of one kind.
struct KindSchema {
  std::span<const AttributeSpec> attributes;
  std::span<const ColumnSpec> columns;
};

const KindSchema& schema_of(Kind kind);
/// The position of a state column by its id; nothing if the kind has no such column.
std::optional<std::size_t> find_column(Kind kind, std::string_view id);
/// The position of an attribute by its id; nothing if the kind has no such attribute.
std::optional<std::size_t> find_attribute(Kind kind, std::string_view id);

// -- state columns -----------------------------------------------------------------------------
// Positions in schema_of(kind).columns. Every cell is a double; "not known" is NaN. Flags are 0
// or 1.

/// The first columns of every kind.
namespace common_column {
enum : std::size_t {
  observed_at,    ///< when the newest observation of this entity was made, seconds since the epoch
  stale,          ///< 1 when observations are overdue
  water_depth_m,  ///< water over the ground at the entity (for a road: over its deck, where
                  ///< deepest)
  water_speed_mps,            ///< of the water where depth x speed is greatest
  water_depth_velocity_m2ps,  ///< the greatest depth x speed at the entity
  hazard_class,               ///< of the water, 0 dry to 6 (scenarios/flood/hazard.hpp)
  impassable_for,  ///< bit i: Traveller i does not get through (scenarios/flood/stability.hpp)
  count,
};
}
namespace road_column {
enum : std::size_t {
  open = common_column::count,  ///< 1 open, 0 closed to all but those already on it
  capacity_factor,              ///< share of the normal capacity that is left, 0 to 1
  speed_limit_mps,
  slope_level,        ///< landslide warning: 0 none, 1 medium, 2 high, 3 very high
  debris,             ///< 1 when something lies across the road
  flow_vph,           ///< vehicles that left the link in the last window, as an hourly rate
  speed_mps,          ///< mean speed over the link, in the last window
  vehicles,           ///< vehicles on the link
  queue,              ///< of those, the ones that wait at its end
  slide_probability,  ///< that a slope beside the road fails
  shaking_g,          ///< the strongest peak ground acceleration so far
  inspection,         ///< 1 while a bridge waits to be looked at after an earthquake
};
}
namespace junction_column {
enum : std::size_t { delay_s = common_column::count };
}
namespace signal_column {
enum : std::size_t { cycle_s = common_column::count, green_share, offset_s, working };
}
namespace river_gauge_column {
enum : std::size_t {
  stage_m = common_column::count,  ///< water level above the national datum
  rise_mph,                        ///< metres an hour, over the last three hours
  alarm_level,                     ///< 0 below BĐ1, 1, 2 or 3 (báo động)
};
}
namespace rain_gauge_column {
enum : std::size_t { rain_mmph = common_column::count, rain_24h_mm };
}
namespace traffic_counter_column {
enum : std::size_t { flow_vph = common_column::count, speed_mps };
}
namespace camera_column {
enum : std::size_t { online = common_column::count };
}
namespace air_sensor_column {
enum : std::size_t { pm25_ugpm3 = common_column::count, temperature_c };
}
namespace soil_sensor_column {
enum : std::size_t { moisture_share = common_column::count };
}
namespace power_sensor_column {
enum : std::size_t { load_kw = common_column::count, voltage_v };
}
namespace hospital_column {
enum : std::size_t {
  patients = common_column::count,
  cut_off,    ///< 1 when no open road leads to it from the network's largest part
  on_backup,  ///< 1 when it runs on its own generator
  diverting,  ///< 1 when it sends ambulances elsewhere
};
}
namespace health_station_column {
enum : std::size_t { cut_off = common_column::count };
}
namespace school_column {
enum : std::size_t { open = common_column::count, people };
}
namespace shelter_column {
enum : std::size_t { open = common_column::count, occupants, cut_off };
}
namespace farm_plot_column {
enum : std::size_t { moisture_share = common_column::count, lost_share };
}
namespace reservoir_column {
enum : std::size_t {
  level_m = common_column::count,
  volume_m3,
  inflow_m3ps,
  outflow_m3ps,
};
}
namespace parking_column {
enum : std::size_t { occupied = common_column::count };
}
namespace lodging_column {
enum : std::size_t { rooms_taken = common_column::count, guests };
}
namespace tourist_site_column {
enum : std::size_t { visitors = common_column::count };
}
namespace power_facility_column {
enum : std::size_t { working = common_column::count, output_kw };
}
namespace water_facility_column {
enum : std::size_t { working = common_column::count };
}
namespace office_column {
enum : std::size_t { open = common_column::count };
}
namespace residence_column {
enum : std::size_t {
  people_home = common_column::count,  ///< people now in these homes
  ordered,                             ///< 1 once these homes were told to leave
  people_moving,                       ///< people of these homes who are on their way
  people_safe,                         ///< people of these homes who are in a shelter
};
}

// -- attributes --------------------------------------------------------------------------------
// Positions in schema_of(kind).attributes.

namespace road_attribute {
enum : std::size_t {
  length_m,
  lanes,
  free_speed_mps,
  capacity_vph,
  width_m,
  road_class,
  bridge,         ///< 1 when it crosses the banks of a river on a bridge
  deck_height_m,  ///< of the carriageway over the ground (a bridge: over the banks); NaN or 0: none
};
}
namespace signal_attribute {
enum : std::size_t { junction_row };
}
namespace river_gauge_attribute {
enum : std::size_t { bd1_m, bd2_m, bd3_m, record_m, bed_m };
}
namespace traffic_counter_attribute {
enum : std::size_t { road_row };
}
namespace hospital_attribute {
enum : std::size_t { beds, junction_row, provincial, storeys };
}
namespace health_station_attribute {
enum : std::size_t { junction_row, storeys };
}
namespace school_attribute {
enum : std::size_t { pupils, junction_row, storeys };
}
namespace shelter_attribute {
enum : std::size_t { places, junction_row };
}
namespace farm_plot_attribute {
enum : std::size_t { area_m2, crop };
}
namespace reservoir_attribute {
enum : std::size_t {
  full_level_m,
  dead_level_m,
  flood_control_level_m,
  volume_total_m3,
  volume_dead_m3,
  installed_mw,
};
}
namespace parking_attribute {
enum : std::size_t { places, junction_row };
}
namespace lodging_attribute {
enum : std::size_t { rooms, beds, junction_row, storeys };
}
namespace tourist_site_attribute {
enum : std::size_t { capacity, junction_row };
}
namespace power_facility_attribute {
enum : std::size_t { installed_kw };
}
namespace office_attribute {
enum : std::size_t { junction_row, storeys };
}
namespace residence_attribute {
enum : std::size_t { people, households, junction_row, storeys };
}

/// Road classes, as in road_attribute::road_class.
enum class RoadClass : std::uint8_t {
  national,     // quốc lộ
  provincial,   // đường tỉnh
  district,     // đường huyện
  commune,      // đường xã
  street,       // đường phố
  residential,  // ngõ, hẻm
  track,        // đường mòn
};

}  // namespace kontwin
