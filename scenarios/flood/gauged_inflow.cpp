#include "scenarios/flood/gauged_inflow.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "scenarios/flood/rating.hpp"
#include "scenarios/time_series.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

constexpr auto trend_over = std::chrono::hours(2);
/// A trend is followed in steps this long, for as many times its fading time.
constexpr auto trend_step = std::chrono::minutes(30);
constexpr double trend_times = 4;

void follow_trend(double trend_h, TimeSeries& discharge) {
  const Instant last = discharge.at.back();
  const double now_m3ps = discharge.value.back();
  const double span_h =
      to_seconds(std::min<Duration>(trend_over, last - discharge.at.front())) / 3600;
  if (trend_h <= 0 || span_h <= 0) return;
  const double rise_m3ps_per_h =
      (now_m3ps - discharge.value_at(last - from_seconds(span_h * 3600))) / span_h;
  for (Duration ahead = trend_step; to_seconds(ahead) / 3600 <= trend_times * trend_h;
       ahead += trend_step) {
    const double gone = -std::expm1(-to_seconds(ahead) / 3600 / trend_h);
    discharge.at.push_back(last + ahead);
    discharge.value.push_back(std::max(0.0, now_m3ps + rise_m3ps_per_h * trend_h * gone));
  }
}

}  // namespace

TimeSeries gauged_discharge(const World& world, const Forcing& forcing, const Inflow& inflow) {
  const GaugedFlow& gauged = *inflow.gauged;
  if (gauged.gauge >= world.entities(Kind::river_gauge).size()) {
    throw ScenarioError("inflow '" + inflow.name + "': its gauge is not there");
  }
  const EntityRef gauge{Kind::river_gauge, gauged.gauge};
  const auto seen = std::ranges::find_if(
      forcing.gauge_stage_m, [&](const auto& one) { return one.first == gauged.gauge; });
  if (seen == forcing.gauge_stage_m.end() || seen->second.empty()) {
    throw ScenarioError("inflow '" + inflow.name + "': its gauge " + world.urn(gauge) +
                        " saw nothing before the start");
  }
  check_series(seen->second, "the stages of " + world.urn(gauge));
  const RatingCurve rating(world, "", world.place(gauge));
  TimeSeries discharge;
  for (std::size_t i = 0; i < seen->second.at.size(); ++i) {
    discharge.at.push_back(seen->second.at[i] + gauged.later);
    discharge.value.push_back(gauged.factor * rating.discharge_m3ps(seen->second.value[i]));
  }
  follow_trend(gauged.trend_h, discharge);
  return discharge;
}

}  // namespace kontwin::flood
