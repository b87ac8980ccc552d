#include "scenarios/flood/breach.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "scenarios/flood/inertial_kernels.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

BreachSize froehlich_2008(double volume_m3, double height_m, bool overtopped) {
  return {.mean_width_m = 0.27 * (overtopped ? 1.3 : 1.0) * std::pow(volume_m3, 0.32) *
                          std::pow(height_m, 0.04),
          .side_slope = overtopped ? 1.0 : 0.7,
          .formation_s = 63.2 * std::sqrt(volume_m3 / (gravity_mps2 * height_m * height_m))};
}

BreachSize von_thun_gillette_1990(double volume_m3, double water_m) {
  const double more_m = volume_m3 < 1.23e6   ? 6.1
                        : volume_m3 < 6.17e6 ? 18.3
                        : volume_m3 < 12.3e6 ? 42.7
                                             : 54.9;
  return {.mean_width_m = 2.5 * water_m + more_m,
          .side_slope = 1,
          .formation_s = 0.015 * water_m * 3600};
}

void Breach::check_height(const StartBreach& edit, double crest_m) {
  if (crest_m > edit.bottom_m) return;
  throw ScenarioError("breach: its bottom at " + std::to_string(edit.bottom_m) +
                      " m does not lie below the crest at " + std::to_string(crest_m) + " m");
}

Breach::Breach(const StartBreach& edit, double crest_m, double volume_m3, double water_m)
    : crest_m_(crest_m),
      bottom_m_(edit.bottom_m),
      bottom_width_m_(edit.width_m),
      side_slope_(edit.side_slope),
      formation_s_(to_seconds(edit.formation)) {
  check_height(edit, crest_m);
  const double height_m = crest_m - edit.bottom_m;
  const bool sized = !std::isnan(bottom_width_m_) && formation_s_ > 0;
  if (!sized && !(volume_m3 > 0 && water_m > 0)) {
    throw ScenarioError(
        "breach: say width_m and formation, or the volume of water that stands over its bottom");
  }
  const BreachSize size = sized ? BreachSize{.side_slope = 1}
                          : edit.formula == StartBreach::Formula::froehlich_2008
                              ? froehlich_2008(volume_m3, height_m, edit.overtopped)
                              : von_thun_gillette_1990(volume_m3, water_m);
  if (std::isnan(side_slope_)) side_slope_ = size.side_slope;
  if (formation_s_ <= 0) formation_s_ = size.formation_s;
  if (std::isnan(bottom_width_m_)) {
    bottom_width_m_ = std::max(size.mean_width_m - side_slope_ * height_m, 0.0);
  }
}

double Breach::share(double seconds) const { return std::clamp(seconds / formation_s_, 0.0, 1.0); }

double Breach::bottom_m(double seconds) const {
  return crest_m_ + share(seconds) * (bottom_m_ - crest_m_);
}

double Breach::bottom_width_m(double seconds) const { return share(seconds) * bottom_width_m_; }

double Breach::top_m(double seconds, double away_m) const {
  const double beside_m = std::max(std::abs(away_m) - bottom_width_m(seconds) / 2, 0.0);
  const double low_m = bottom_m(seconds);
  if (beside_m == 0) return low_m;
  return side_slope_ > 0 ? std::min(crest_m_, low_m + beside_m / side_slope_) : crest_m_;
}

double Breach::discharge_m3ps(double seconds, double level_m, double tail_m) const {
  const double low_m = bottom_m(seconds);
  const double head_m = level_m - low_m;
  if (seconds <= 0 || head_m <= 0 || tail_m >= level_m) return 0;
  const double drowned = (tail_m - low_m) / head_m;
  const double kept = drowned > 0.67 ? std::max(1 - 27.8 * std::pow(drowned - 0.67, 3), 0.0) : 1;
  return kept * (1.71 * bottom_width_m(seconds) * std::pow(head_m, 1.5) +
                 1.35 * side_slope_ * std::pow(head_m, 2.5));
}

}  // namespace kontwin::flood
