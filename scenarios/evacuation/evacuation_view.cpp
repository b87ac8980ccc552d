// What the evacuation engine shows: balances, movers, KPIs.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "scenarios/evacuation/evacuation_state.hpp"
#include "twin/geometry.hpp"

namespace kontwin {

namespace {

/// A length of time and how many people it holds for.
struct Weighted {
  double minutes;
  std::uint64_t people;
};

/// The least time within which `people` of them are done; NaN when so many are not. `times` rising.
double time_of(const std::vector<Weighted>& times, double people) {
  double done = 0;
  for (const Weighted& one : times) {
    done += static_cast<double>(one.people);
    if (done >= people) return one.minutes;
  }
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

std::vector<Balance> EvacuationEngine::balances() const {
  const Impl& impl = *impl_;
  Balance balance;
  balance.quantity = "people";
  balance.unit = "person";
  balance.initial = static_cast<double>(impl.people_at_start);
  for (const StrandedPeople& one : impl.stranded) balance.lost += one.people;
  std::uint64_t inside = std::accumulate(impl.home.begin(), impl.home.end(), std::uint64_t{0});
  for (const Impl::Party& party : impl.parties) {
    switch (party.stage) {
      case Impl::Stage::riding:
      case Impl::Stage::walking:
      case Impl::Stage::entering:
      case Impl::Stage::outside:
        inside += party.people;
        break;
      default:
        break;  // at home, in a shelter, lost or on a bus: counted there
    }
  }
  for (std::uint32_t row = 0; row < impl.shelters.size(); ++row) {
    inside += impl.shelters.occupants(row);
  }
  balance.inside = static_cast<double>(inside);
  return {balance};
}

void EvacuationEngine::show(Frame& frame) const {
  const Impl& impl = *impl_;
  const RoadNetwork& roads = impl.world->roads();
  const std::vector<LocalPoint>& places = impl.world->entities(Kind::junction).place;
  for (const Impl::Party& party : impl.parties) {
    LocalPoint place;
    if (party.stage == Impl::Stage::walking) {
      double left_m = (impl.now_s - party.walk_from_s) * impl.options.walk_speed_mps;
      place = places[impl.shelters.junction(party.shelter)];
      for (const std::uint32_t link : party.walk.links) {
        const double link_m =
            impl.world->entities(Kind::road).attribute(road_attribute::length_m, link);
        if (left_m <= link_m) {
          const auto shape = roads.shape_of(link);
          place = point_along(shape, std::max(0.0, left_m) / link_m * length_m(shape));
          break;
        }
        left_m -= link_m;
      }
    } else if (party.stage == Impl::Stage::entering || party.stage == Impl::Stage::outside) {
      place = places[party.junction];
    } else {
      continue;
    }
    frame.movers.push_back(
        {static_cast<float>(place.x_m), static_cast<float>(place.y_m), Mover::Kind::pedestrian, 1});
  }
}

void EvacuationEngine::add_kpis(KpiList& kpis) const {
  const Impl& impl = *impl_;
  std::vector<Weighted> times;
  double willing = 0;
  double sum_min = 0;
  double arrived = 0;
  for (const Impl::Party& party : impl.parties) {
    if (!party.ordered || party.stage == Impl::Stage::merged) continue;
    willing += party.people;
    if (party.stage != Impl::Stage::safe) continue;
    times.push_back({(party.safe_s - party.told_s) / 60, party.people});
    sum_min += times.back().minutes * party.people;
    arrived += party.people;
  }
  std::ranges::sort(times, {}, &Weighted::minutes);
  std::uint64_t in_shelter = 0;
  for (std::uint32_t row = 0; row < impl.shelters.size(); ++row) {
    in_shelter += impl.shelters.occupants(row);
  }
  double stranded = 0;
  for (const StrandedPeople& one : impl.stranded) stranded += one.people;
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  const auto add = [&kpis](const char* id, const char* vi, const char* en, const char* unit,
                           double value, Kpi::Better better) {
    kpis.push_back({id, vi, en, unit, value, better});
  };
  using enum Kpi::Better;
  add("people_ordered", "Số người ở nhà khi nhận lệnh sơ tán", "People at home when told to leave",
      "person", static_cast<double>(impl.ordered_people), neither);
  add("people_in_shelter", "Số người trong nơi trú ẩn", "People in shelters", "person",
      static_cast<double>(in_shelter), higher);
  add("half_in_shelter_min", "Thời gian để 50 % người sơ tán đến nơi trú ẩn",
      "Time until half of those leaving were in a shelter", "min",
      willing > 0 ? time_of(times, 0.5 * willing) : none, lower);
  add("ninety_in_shelter_min", "Thời gian để 90 % người sơ tán đến nơi trú ẩn",
      "Time until 90 % of those leaving were in a shelter", "min",
      willing > 0 ? time_of(times, 0.9 * willing) : none, lower);
  add("evacuation_mean_min", "Thời gian sơ tán trung bình", "Mean evacuation time", "min",
      arrived > 0 ? sum_min / arrived : none, lower);
  add("evacuation_p95_min", "Thời gian sơ tán, phân vị 95", "Evacuation time, 95th percentile",
      "min", arrived > 0 ? time_of(times, 0.95 * arrived) : none, lower);
  add("people_stranded", "Số người mắc kẹt trên đường", "People stranded on the way", "person",
      stranded, lower);
  add("people_without_way", "Số người không có đường đi hoặc không còn chỗ trú",
      "People left without a way or a place", "person", static_cast<double>(people_without_way()),
      lower);
}

}  // namespace kontwin
