#include "scenarios/flood/peak_maps.hpp"

#include <cmath>
#include <limits>
#include <string>

#include "scenarios/flood/hazard.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

std::vector<float> roots_of(std::span<const float> squares) {
  std::vector<float> roots(squares.size());
  for (std::size_t cell = 0; cell < squares.size(); ++cell) roots[cell] = std::sqrt(squares[cell]);
  return roots;
}

}  // namespace

PeakMaps::PeakMaps(const GridShape& shape, double wet_depth_m)
    : shape_(shape), wet_depth_m_(static_cast<float>(wet_depth_m)) {
  if (!(wet_depth_m >= 0.001 && wet_depth_m <= 10)) {
    throw ScenarioError("flood.wet_depth_m: " + std::to_string(wet_depth_m) +
                        " is not between 0.001 and 10");
  }
  for (auto* zero : {&depth_m_, &speed2_, &depth_speed2_, &wet_s_}) zero->assign(shape.cells(), 0);
  for (auto* never : {&wet_since_s_, &arrival_s_}) never->assign(shape.cells(), -1);
}

std::vector<float> PeakMaps::speed_mps() const { return roots_of(speed2_); }

std::vector<float> PeakMaps::depth_velocity_m2ps() const { return roots_of(depth_speed2_); }

std::vector<float> PeakMaps::arrival_s() const {
  std::vector<float> first(arrival_s_);
  for (float& at_s : first) {
    if (at_s < 0) at_s = std::numeric_limits<float>::quiet_NaN();
  }
  return first;
}

std::vector<float> PeakMaps::duration_s(double now_s) const {
  std::vector<float> total(wet_s_);
  for (std::size_t cell = 0; cell < total.size(); ++cell) {
    if (wet_since_s_[cell] >= 0) total[cell] += static_cast<float>(now_s) - wet_since_s_[cell];
  }
  return total;
}

std::vector<float> PeakMaps::hazard_class() const {
  std::vector<float> classes(depth_m_.size(), 0);
  for (std::size_t cell = 0; cell < classes.size(); ++cell) {
    if (depth_m_[cell] < wet_depth_m_) continue;
    classes[cell] = static_cast<float>(flood::hazard_class(depth_m_[cell], std::sqrt(speed2_[cell]),
                                                           std::sqrt(depth_speed2_[cell])));
  }
  return classes;
}

std::vector<float> PeakMaps::hazard_rating() const {
  std::vector<float> ratings(depth_m_.size(), 0);
  for (std::size_t cell = 0; cell < ratings.size(); ++cell) {
    if (depth_m_[cell] < wet_depth_m_) continue;
    const double speed_mps = std::sqrt(speed2_[cell]);
    ratings[cell] =
        static_cast<float>(std::sqrt(depth_speed2_[cell]) + 0.5 * depth_m_[cell] +
                           debris_factor(depth_m_[cell], speed_mps, DebrisSource::unknown));
  }
  return ratings;
}

}  // namespace kontwin::flood
