#include "scenarios/design_storm.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>

#include "twin/error.hpp"

namespace kontwin {

namespace {

/// A litre a second on a hectare, in mm/h.
constexpr double mmph_of_lps_per_ha = 0.36;

void require(bool holds, const char* what) {
  if (!holds) throw ScenarioError(std::string("design storm: ") + what);
}

std::vector<double> alternating_blocks(std::size_t blocks, const DesignStorm& storm,
                                       const RainDepthCurve& curve) {
  std::vector<double> falling(blocks);
  for (std::size_t i = 0; i < blocks; ++i) {
    const double before_mm = i == 0 ? 0 : curve.depth_mm(static_cast<double>(i) * storm.step_min);
    falling[i] = curve.depth_mm(static_cast<double>(i + 1) * storm.step_min) - before_mm;
  }
  std::ranges::sort(falling, std::greater{});
  std::vector<double> block_mm(blocks);
  const std::size_t middle = (blocks - 1) / 2;
  std::size_t after = middle + 1, before = middle;
  block_mm[middle] = falling[0];
  for (std::size_t i = 1; i < blocks; ++i) {
    const bool to_right = (i % 2 == 1 && after < blocks) || before == 0;
    block_mm[to_right ? after++ : --before] = falling[i];
  }
  return block_mm;
}

std::vector<double> chicago_blocks(std::size_t blocks, const DesignStorm& storm,
                                   const RainDepthCurve& curve) {
  const double peak_min = storm.peak * storm.duration_min;
  // What falls from the peak on in either direction, as time runs from it.
  const auto beside_mm = [&curve](double minutes, double share) {
    return minutes > 0 ? share * curve.depth_mm(minutes / share) : 0;
  };
  const auto fallen_mm = [&](double minutes) {
    return minutes < peak_min
               ? beside_mm(peak_min, storm.peak) - beside_mm(peak_min - minutes, storm.peak)
               : beside_mm(peak_min, storm.peak) + beside_mm(minutes - peak_min, 1 - storm.peak);
  };
  std::vector<double> block_mm(blocks);
  for (std::size_t i = 0; i < blocks; ++i) {
    block_mm[i] = fallen_mm(static_cast<double>(i + 1) * storm.step_min) -
                  fallen_mm(static_cast<double>(i) * storm.step_min);
  }
  return block_mm;
}

}  // namespace

RainDepthCurve RainDepthCurve::of_formula(double a_mmph, double b_min, double n) {
  require(std::isfinite(a_mmph) && a_mmph > 0, "a of the intensity's formula lies above 0");
  require(std::isfinite(b_min) && b_min >= 0, "b of the intensity's formula is 0 minutes or more");
  require(n > 0 && n <= 1, "n of the intensity's formula lies above 0 and is at most 1");
  require(b_min > 0 || n < 1, "with b = 0 and n = 1 all of the rain falls at once");
  RainDepthCurve curve;
  curve.a_mmph_ = a_mmph;
  curve.b_min_ = b_min;
  curve.n_ = n;
  return curve;
}

RainDepthCurve RainDepthCurve::of_tcvn_7957(double a, double c, double b_min, double n,
                                            double return_period_years) {
  require(return_period_years >= 0.1 && return_period_years <= 10000,
          "the return period lies between 0.1 and 10000 years");
  return of_formula(mmph_of_lps_per_ha * a * (1 + c * std::log10(return_period_years)), b_min, n);
}

RainDepthCurve RainDepthCurve::of_points(std::vector<std::pair<double, double>> minutes_mm) {
  require(minutes_mm.size() >= 2, "a curve needs two points or more");
  for (std::size_t i = 0; i < minutes_mm.size(); ++i) {
    const auto& [minutes, mm] = minutes_mm[i];
    require(std::isfinite(minutes) && std::isfinite(mm) && minutes > 0 && mm > 0,
            "durations and depths lie above 0");
    if (i == 0) continue;
    const auto& [shorter, less_mm] = minutes_mm[i - 1];
    require(minutes > shorter, "durations rise from point to point");
    require(mm > less_mm, "more rain falls in longer time");
    require(mm / minutes < less_mm / shorter, "longer rain is less intense");
  }
  RainDepthCurve curve;
  curve.minutes_mm_ = std::move(minutes_mm);
  return curve;
}

double RainDepthCurve::depth_mm(double minutes) const {
  if (minutes <= 0) return 0;
  if (minutes_mm_.empty()) return a_mmph_ * minutes / 60 / std::pow(minutes + b_min_, n_);
  auto after =
      std::ranges::upper_bound(minutes_mm_, minutes, {}, &std::pair<double, double>::first);
  after = std::clamp(after, minutes_mm_.begin() + 1, minutes_mm_.end() - 1);
  const auto& [shorter, less_mm] = *(after - 1);
  const double power = std::log(after->second / less_mm) / std::log(after->first / shorter);
  return less_mm * std::pow(minutes / shorter, power);
}

TimeSeries design_storm(const DesignStorm& storm, const RainDepthCurve& curve) {
  require(storm.step_min > 0 && storm.step_min <= storm.duration_min,
          "its step lies above 0 and is at most its duration");
  require(storm.duration_min <= 60 * 24 * 60, "it lasts 60 days at most");
  const double whole = storm.duration_min / storm.step_min;
  require(std::abs(whole - std::round(whole)) < 1e-9, "its duration is a whole number of steps");
  require(storm.peak > 0 && storm.peak < 1, "its peak lies above 0 and below 1");
  require(storm.area_factor > 0 && storm.area_factor <= 1,
          "its areal factor lies above 0 and is at most 1");
  const auto blocks = static_cast<std::size_t>(std::llround(whole));
  const auto block_mm = storm.shape == DesignStorm::Shape::chicago
                            ? chicago_blocks(blocks, storm, curve)
                            : alternating_blocks(blocks, storm, curve);
  TimeSeries series;
  series.between = TimeSeries::Between::hold;
  for (std::size_t i = 0; i <= blocks; ++i) {
    series.at.push_back(storm.start + from_seconds(60 * storm.step_min * static_cast<double>(i)));
    series.value.push_back(i < blocks ? storm.area_factor * block_mm[i] * 60 / storm.step_min : 0);
  }
  return series;
}

}  // namespace kontwin
