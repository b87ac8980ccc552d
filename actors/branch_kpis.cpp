#include "actors/branch_kpis.hpp"

#include <algorithm>

#include "actors/reach.hpp"

namespace kontwin {

void BranchKpis::note(const StateTable& state) {
  const auto cut_off = state.column(Kind::hospital, hospital_column::cut_off);
  hospital_was_cut_off_.resize(cut_off.size());
  double hospitals = 0;
  for (std::size_t row = 0; row < cut_off.size(); ++row) {
    if (cut_off[row] < 0.5) continue;
    hospitals += 1;
    hospital_was_cut_off_[row] = true;
  }
  most_hospitals_ = std::max(most_hospitals_, hospitals);

  const auto open = state.column(Kind::road, road_column::open);
  const auto debris = state.column(Kind::road, road_column::debris);
  const auto water = state.column(Kind::road, common_column::water_depth_m);
  const auto stopped = state.column(Kind::road, common_column::impassable_for);
  double roads = 0;
  for (std::size_t row = 0; row < open.size(); ++row) {
    roads += is_usable(open[row], debris[row], water[row], stopped[row]) ? 0 : 1;
  }
  most_roads_ = std::max(most_roads_, roads);
}

void BranchKpis::add_to(KpiList& kpis) const {
  kpis.push_back({.id = "hospitals_cut_off",
                  .label_vi = "Bệnh viện bị cô lập, lúc nhiều nhất",
                  .label_en = "Hospitals cut off, at the worst moment",
                  .unit = "",
                  .value = most_hospitals_,
                  .better = Kpi::Better::lower});
  kpis.push_back({.id = "roads_closed",
                  .label_vi = "Đoạn đường ô tô không đi được, lúc nhiều nhất",
                  .label_en = "Road links that no car gets through, at the worst moment",
                  .unit = "",
                  .value = most_roads_,
                  .better = Kpi::Better::lower});
}

std::vector<std::uint32_t> BranchKpis::hospitals_cut_off() const {
  std::vector<std::uint32_t> rows;
  for (std::uint32_t row = 0; row < hospital_was_cut_off_.size(); ++row) {
    if (hospital_was_cut_off_[row]) rows.push_back(row);
  }
  return rows;
}

}  // namespace kontwin
