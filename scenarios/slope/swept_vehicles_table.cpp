// What a run says of the vehicles that water carried off.
#include <algorithm>
#include <array>
#include <cmath>

#include "scenarios/slope/swept_vehicles.hpp"

namespace kontwin::slope {

Mover::Kind mover_of(FloodVehicle kind) {
  switch (kind) {
    case FloodVehicle::motorbike:
      return Mover::Kind::motorbike;
    case FloodVehicle::lorry:
      return Mover::Kind::lorry;
    case FloodVehicle::bus:
      return Mover::Kind::bus;
    default:
      return Mover::Kind::car;
  }
}

std::string_view name_of(SweptVehicle::End end) {
  static constexpr std::array<std::string_view, swept_ends> names{"aground", "jammed", "at_bridge",
                                                                  "adrift", "left"};
  return names[static_cast<std::size_t>(end)];
}

RunTable SweptVehicles::table() const {
  RunTable table{.id = "swept_vehicles",
                 .label_vi = "Xe bị nước cuốn",
                 .label_en = "Vehicles swept off by the water"};
  const auto column = [&](const char* id, const char* vi, const char* en, std::string_view unit,
                          std::vector<std::string> names, auto value_of) {
    RunTable::Column made{id, vi, en, std::string(unit), std::move(names)};
    for (const SweptVehicle& one : swept_) made.values.push_back(value_of(one));
    table.columns.push_back(std::move(made));
  };
  for (const SweptVehicle& one : swept_) {
    table.of.push_back(one.from);
    table.at.push_back(one.stood);
  }
  const std::vector<std::string> kinds(flood_vehicle_names.begin(), flood_vehicle_names.end());
  std::vector<std::string> ends;
  for (std::size_t end = 0; end < swept_ends; ++end) {
    ends.emplace_back(name_of(static_cast<SweptVehicle::End>(end)));
  }
  column("at", "Lúc", "When", RunTable::moment, {},
         [](const SweptVehicle& v) { return to_seconds(v.at.time_since_epoch()); });
  column("vehicle", "Loại xe", "Vehicle", "", kinds,
         [](const SweptVehicle& v) { return static_cast<double>(v.kind); });
  column("end", "Kết cục", "End", "", ends,
         [](const SweptVehicle& v) { return static_cast<double>(v.end); });
  column("moved_m", "Trôi xa", "Moved", "m", {},
         [](const SweptVehicle& v) { return distance_m(v.stood, v.rest); });
  column("rest_x_m", "Nơi dừng, x", "Rest, x", "m", {},
         [](const SweptVehicle& v) { return v.rest.x_m; });
  column("rest_y_m", "Nơi dừng, y", "Rest, y", "m", {},
         [](const SweptVehicle& v) { return v.rest.y_m; });
  column("blocked_road", "Đoạn đường bị chắn (hàng)", "Link blocked (row)", "", {},
         [](const SweptVehicle& v) { return v.road == no_row ? std::nan("") : double(v.road); });
  return table;
}

void SweptVehicles::add_kpis(KpiList& kpis) const {
  const auto count = [](std::size_t number) { return static_cast<double>(number); };
  const auto held = std::ranges::count(swept_, SweptVehicle::End::at_bridge, &SweptVehicle::end);
  kpis.push_back({"vehicles_swept_off", "Số xe bị nước cuốn", "Vehicles swept off by the water",
                  "veh", count(swept_.size())});
  kpis.push_back({"vehicles_in_hazardous_water", "Số xe ở chỗ nước vừa vượt ngưỡng nguy hiểm",
                  "Vehicles where the water first came over a limit", "veh", count(tried_)});
  if (swept_.empty()) return;
  kpis.push_back({"vehicles_at_bridges", "Trong đó mắc vào cầu", "Of them held by bridges", "veh",
                  static_cast<double>(held)});
  kpis.push_back({"roads_blocked_by_vehicles", "Số đoạn đường bị xe trôi chắn ngang",
                  "Road links blocked by vehicles that came to rest on them", "", count(crossed_)});
}

}  // namespace kontwin::slope
