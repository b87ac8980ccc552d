#include "twin/kind.hpp"

namespace kontwin {

namespace {

constexpr std::array<KindNames, kind_count> names{{
    {"road", "Road", "Đoạn đường", "Road link"},
    {"junction", "Junction", "Nút giao", "Junction"},
    {"signal", "Signal", "Đèn tín hiệu", "Traffic signal"},
    {"river_gauge", "RiverGauge", "Trạm thủy văn", "River gauge"},
    {"rain_gauge", "RainGauge", "Trạm đo mưa", "Rain gauge"},
    {"traffic_counter", "TrafficCounter", "Trạm đếm xe", "Traffic counter"},
    {"camera", "Camera", "Camera", "Camera"},
    {"air_sensor", "AirQualitySensor", "Cảm biến không khí", "Air-quality sensor"},
    {"soil_sensor", "SoilSensor", "Cảm biến đất", "Soil sensor"},
    {"power_sensor", "PowerSensor", "Cảm biến điện", "Power sensor"},
    {"hospital", "Hospital", "Bệnh viện", "Hospital"},
    {"health_station", "HealthStation", "Trạm y tế", "Health station"},
    {"school", "School", "Trường học", "School"},
    {"shelter", "Shelter", "Điểm sơ tán", "Shelter"},
    {"farm_plot", "FarmPlot", "Thửa canh tác", "Farm plot"},
    {"reservoir", "Reservoir", "Hồ chứa", "Reservoir"},
    {"parking", "Parking", "Bãi đỗ xe", "Parking"},
    {"lodging", "Lodging", "Cơ sở lưu trú", "Lodging"},
    {"tourist_site", "TouristSite", "Điểm du lịch", "Tourist site"},
    {"power_facility", "PowerFacility", "Công trình điện", "Power facility"},
    {"water_facility", "WaterFacility", "Công trình nước", "Water facility"},
    {"office", "GovernmentOffice", "Cơ quan nhà nước", "Government office"},
    {"residence", "Residence", "Khu dân cư", "Homes"},
}};

}  // namespace

const KindNames& names_of(Kind kind) { return names[index_of(kind)]; }

std::optional<Kind> parse_kind(std::string_view name) {
  for (const Kind kind : all_kinds()) {
    if (names_of(kind).id == name || names_of(kind).type == name) return kind;
  }
  return std::nullopt;
}

}  // namespace kontwin
