#include "scenarios/flood/flood_peaks.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kontwin::flood {

FloodPeaks::FloodPeaks(const World& world, const FloodGrids& grids, const EntityDepths& entities)
    : world_(world),
      grids_(grids),
      entities_(entities),
      stage_m_(entities.gauges().size(), std::numeric_limits<double>::quiet_NaN()) {}

void FloodPeaks::update(std::span<const float> depth_m, const StateTable& state) {
  double flooded_m2 = 0;
  for (std::size_t number = 0; number < grids_.size(); ++number) {
    std::size_t cells = 0;
    for (std::size_t cell = grids_.first_cell(number); cell < grids_.first_cell(number + 1);
         ++cell) {
      const bool counts = (grids_.channel()[cell] | grids_.covered()[cell]) == 0;
      cells += static_cast<std::size_t>((depth_m[cell] > flooded_m) & counts);
    }
    const double cell_m = grids_.shape(number).cell_m;
    flooded_m2 += static_cast<double>(cells) * cell_m * cell_m;
  }
  flooded_ha_ = std::max(flooded_ha_, flooded_m2 / 1e4);

  const auto& roads = world_.roads();
  const auto road_depth_m = state.column(Kind::road, common_column::water_depth_m);
  const auto road_m = world_.entities(Kind::road).column(road_attribute::length_m);
  double flooded_road_m = 0;
  for (std::uint32_t row = 0; row < roads.links(); ++row) {
    // Both directions are one road: it counts with the first of them.
    if (roads.opposite[row] != no_row && roads.opposite[row] < row) continue;
    if (road_depth_m[row] > flooded_m) flooded_road_m += road_m[row];
  }
  road_km_ = std::max(road_km_, flooded_road_m / 1000);

  const auto home_depth_m = state.column(Kind::residence, common_column::water_depth_m);
  const auto people_home = state.column(Kind::residence, residence_column::people_home);
  double people = 0;
  for (std::size_t row = 0; row < home_depth_m.size(); ++row) {
    if (home_depth_m[row] > exposed_m && std::isfinite(people_home[row]))
      people += people_home[row];
  }
  people_ = std::max(people_, people);

  for (std::size_t i = 0; i < stage_m_.size(); ++i) {
    const double now_m =
        state.at({Kind::river_gauge, entities_.gauges()[i].row}, river_gauge_column::stage_m);
    if (!(stage_m_[i] >= now_m)) stage_m_[i] = now_m;
  }
}

void FloodPeaks::add_kpis(KpiList& kpis) const {
  kpis.push_back({"flooded_area_ha", "Diện tích ngập lớn nhất (sâu hơn 0,15 m, ngoài lòng sông)",
                  "Largest flooded area (deeper than 0.15 m, outside rivers)", "ha", flooded_ha_});
  for (std::size_t i = 0; i < stage_m_.size(); ++i) {
    const EntityRef ref{Kind::river_gauge, entities_.gauges()[i].row};
    const std::string& urn = world_.urn(ref);
    const std::string& name = world_.entity_name(ref);
    kpis.push_back({"peak_stage_" + urn.substr(urn.rfind(':') + 1), "Mực nước cao nhất, " + name,
                    "Peak stage, " + name, "m", stage_m_[i]});
  }
  kpis.push_back({"road_km_flooded", "Chiều dài đường ngập lớn nhất (sâu hơn 0,15 m)",
                  "Greatest length of flooded road (deeper than 0.15 m)", "km", road_km_});
  kpis.push_back({"people_exposed", "Số người ở nhà trong vùng ngập sâu hơn 0,3 m (nhiều nhất)",
                  "People at home in water deeper than 0.3 m (most at once)", "person", people_});
}

}  // namespace kontwin::flood
