// The indicators of an evacuation.
#include <algorithm>
#include <cmath>
#include <limits>

#include "scenarios/evacuation/evacuation_state.hpp"
#include "scenarios/evacuation/statistics.hpp"

namespace kontwin {

void EvacuationEngine::add_kpis(KpiList& kpis) const {
  const Impl& impl = *impl_;
  const EvacuationRecord record = impl.record();
  const evacuation::Clearance ordered = evacuation::clearance_of_ordered(record.parties);
  const auto fates = evacuation::people_by_fate(record.parties);
  const auto of = [&fates](EvacueeFate fate) {
    const auto found = fates.find(fate);
    return found == fates.end() ? 0.0 : static_cast<double>(found->second);
  };
  const auto hazards = evacuation::people_by_hazard(record.parties);
  const auto from_class = [&hazards](std::size_t lowest) {
    double people = 0;
    for (std::size_t one = lowest; one < hazards.size(); ++one) {
      people += static_cast<double>(hazards[one]);
    }
    return people;
  };
  std::uint64_t in_shelter = 0;
  for (std::uint32_t row = 0; row < impl.shelters.shelters(); ++row) {
    in_shelter += impl.shelters.occupants(row);
  }
  double fetched = 0;
  for (const EvacuationParty& one : record.parties) {
    if (one.fetched_at) fetched += one.people;
  }
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  double least_margin_min = none;
  for (const double margin : evacuation::margins_min(record)) {
    if (!std::isnan(margin)) least_margin_min = std::fmin(least_margin_min, margin);
  }
  double rounds = 0;
  double boats = 0;
  for (const Impl::Carrier& one : impl.carriers) {
    (one.kind == Mover::Kind::boat ? boats : rounds) += one.rounds;
  }
  const auto add = [&kpis](const char* id, const char* vi, const char* en, const char* unit,
                           double value, Kpi::Better better) {
    kpis.push_back({id, vi, en, unit, value, better});
  };
  using enum Kpi::Better;
  add("people_ordered", "Số người có mặt khi nhận lệnh sơ tán", "People there when told to leave",
      "person", static_cast<double>(impl.ordered_people), neither);
  add("people_in_shelter", "Số người trong nơi trú ẩn", "People in shelters", "person",
      static_cast<double>(in_shelter), higher);
  add("half_in_shelter_min", "Thời gian để 50 % người sơ tán đến nơi trú ẩn",
      "Time until half of those leaving were in a shelter", "min", ordered.half_min, lower);
  add("ninety_in_shelter_min", "Thời gian để 90 % người sơ tán đến nơi trú ẩn",
      "Time until 90 % of those leaving were in a shelter", "min", ordered.ninety_min, lower);
  add("ninety_five_in_shelter_min", "Thời gian để 95 % người sơ tán đến nơi trú ẩn",
      "Time until 95 % of those leaving were in a shelter", "min", ordered.ninety_five_min, lower);
  add("all_in_shelter_min", "Thời gian để tất cả người sơ tán đến nơi trú ẩn",
      "Time until all of those leaving were in a shelter", "min", ordered.all_min, lower);
  if (record.lower_bound_s > 0) {
    add("evacuation_bound_min", "Cận dưới của thời gian sơ tán theo phương án",
        "Lower bound of the plan's clearance time", "min", record.lower_bound_s / 60, neither);
    add("evacuation_gap", "Thời gian sơ tán so với cận dưới", "Clearance time over lower bound", "",
        evacuation::gap_to_bound(record), lower);
  }
  add("evacuation_mean_min", "Thời gian sơ tán trung bình", "Mean evacuation time", "min",
      ordered.mean_min, lower);
  add("evacuation_p95_min", "Thời gian sơ tán, phân vị 95", "Evacuation time, 95th percentile",
      "min", ordered.safe_p95_min, lower);
  add("people_stranded", "Số người mắc kẹt trên đường", "People stranded on the way", "person",
      of(EvacueeFate::stranded), lower);
  add("people_fetched_from_roads", "Số người mắc kẹt được đến đón", "People stranded and fetched",
      "person", fetched, neither);
  add("people_without_way", "Số người không có đường đi hoặc không còn chỗ trú",
      "People left without a way or a place", "person", static_cast<double>(people_without_way()),
      lower);
  add("people_unwarned", "Số người không nhận được cảnh báo", "People whom no warning reached",
      "person", of(EvacueeFate::unwarned), lower);
  add("people_stayed", "Số người được báo nhưng ở lại", "People who were warned and stayed",
      "person", of(EvacueeFate::stayed), lower);
  add("evacuees_in_unsafe_water", "Người sơ tán gặp nước nguy hiểm (từ H3)",
      "Evacuees in water unsafe for children, the old (H3)", "person", from_class(3), lower);
  add("evacuees_in_deadly_water", "Người sơ tán gặp nước rất nguy hiểm (từ H5)",
      "Evacuees in water that breaks buildings (H5)", "person", from_class(5), lower);
  add("special_needs_unmet", "Người cần trợ giúp chưa đến nơi an toàn",
      "People who need help and are not safe", "person",
      static_cast<double>(evacuation::needing_help_not_safe(record.parties)), lower);
  add("supplies_unmet_person_days", "Thiếu nước, lương thực tại nơi trú ẩn",
      "Water and food missing in shelters", "person·day", impl.shelters.unmet_person_days(), lower);
  add("pick_up_rounds", "Số chuyến xe đón người", "Rounds of buses and ambulances", "", rounds,
      neither);
  add("boat_rounds", "Số chuyến xuồng", "Rounds of boats", "", boats, neither);
  add("least_margin_min", "Khoảng hở ít nhất giữa chuyến cuối và lúc mất đường",
      "Least margin between last departure and road cut", "min", least_margin_min, higher);
}

}  // namespace kontwin
