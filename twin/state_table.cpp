#include "twin/state_table.hpp"

#include <algorithm>
#include <limits>

#include "twin/world.hpp"

namespace kontwin {

namespace {

std::array<std::size_t, kind_count> rows_of(const World& world) {
  std::array<std::size_t, kind_count> rows{};
  for (const Kind kind : all_kinds()) rows[index_of(kind)] = world.entities(kind).size();
  return rows;
}

}  // namespace

StateTable::StateTable(const std::array<std::size_t, kind_count>& rows) {
  std::size_t begin = 0;
  for (const Kind kind : all_kinds()) {
    layout_[index_of(kind)] = {begin, rows[index_of(kind)]};
    begin += rows[index_of(kind)] * schema_of(kind).columns.size();
  }
  cells_.assign(begin, std::numeric_limits<double>::quiet_NaN());
}

StateTable::StateTable(const World& world) : StateTable(rows_of(world)) {
  const auto rest = [this](Kind kind, std::size_t index, double value) {
    std::ranges::fill(column(kind, index), value);
  };
  const auto rest_as = [this, &world](Kind kind, std::size_t index, std::size_t attribute) {
    std::ranges::copy(world.entities(kind).column(attribute), column(kind, index).begin());
  };
  for (const Kind kind : all_kinds()) {
    rest(kind, common_column::stale, 0);
    for (const std::size_t water : {common_column::water_depth_m, common_column::water_speed_mps,
                                    common_column::water_depth_velocity_m2ps,
                                    common_column::hazard_class, common_column::impassable_for}) {
      rest(kind, water, 0);
    }
  }
  rest(Kind::road, road_column::open, 1);
  rest(Kind::road, road_column::capacity_factor, 1);
  rest_as(Kind::road, road_column::speed_limit_mps, road_attribute::free_speed_mps);
  rest(Kind::road, road_column::slope_level, 0);
  rest(Kind::road, road_column::debris, 0);
  rest(Kind::road, road_column::flow_vph, 0);
  rest_as(Kind::road, road_column::speed_mps, road_attribute::free_speed_mps);
  rest(Kind::road, road_column::vehicles, 0);
  rest(Kind::road, road_column::queue, 0);
  rest(Kind::road, road_column::slide_probability, 0);
  rest(Kind::road, road_column::shaking_g, 0);
  rest(Kind::road, road_column::inspection, 0);
  rest(Kind::road, road_column::swept_vehicles, 0);
  rest(Kind::signal, signal_column::working, 1);
  rest(Kind::river_gauge, river_gauge_column::alarm_level, 0);
  rest(Kind::camera, camera_column::online, 1);
  rest(Kind::hospital, hospital_column::cut_off, 0);
  rest(Kind::hospital, hospital_column::on_backup, 0);
  rest(Kind::hospital, hospital_column::diverting, 0);
  rest(Kind::health_station, health_station_column::cut_off, 0);
  rest(Kind::school, school_column::open, 1);
  rest(Kind::shelter, shelter_column::open, 1);
  rest(Kind::shelter, shelter_column::occupants, 0);
  rest(Kind::shelter, shelter_column::cut_off, 0);
  rest(Kind::farm_plot, farm_plot_column::lost_share, 0);
  rest(Kind::power_facility, power_facility_column::working, 1);
  rest(Kind::water_facility, water_facility_column::working, 1);
  rest(Kind::office, office_column::open, 1);
  rest_as(Kind::residence, residence_column::people_home, residence_attribute::people);
  rest(Kind::residence, residence_column::ordered, 0);
  rest(Kind::residence, residence_column::people_moving, 0);
  rest(Kind::residence, residence_column::people_safe, 0);
}

}  // namespace kontwin
