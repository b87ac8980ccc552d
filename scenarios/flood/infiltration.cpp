#include "scenarios/flood/infiltration.hpp"

#include <algorithm>
#include <string>

#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

Soil soil_of(const FloodOptions& options) {
  Soil soil;
  if (!options.soil.empty()) {
    const auto known = soil_of_texture(options.soil, options.soil_saturation);
    if (!known) {
      throw ScenarioError("flood.soil: '" + options.soil +
                          "' is none of: " + std::string(soil_textures()));
    }
    soil = *known;
  }
  if (options.soil_conductivity_mmph >= 0) {
    soil.conductivity_mps = options.soil_conductivity_mmph / 1000 / 3600;
  }
  if (options.soil_suction_m >= 0) soil.suction_m = options.soil_suction_m;
  if (options.soil_deficit >= 0) soil.deficit = options.soil_deficit;
  return soil;
}

}  // namespace

Infiltration::Infiltration(const FloodOptions& options, std::vector<float> open, std::size_t series)
    : kind_(options.infiltration),
      curve_number_(options.curve_number),
      soil_(soil_of(options)),
      open_(std::move(open)),
      fallen_mm_(series, 0),
      upland_soaked_m_(series, 0) {
  if (kind_ == FloodInfiltration::none) return;
  if (kind_ == FloodInfiltration::green_ampt && options.soil.empty() &&
      (options.soil_conductivity_mmph < 0 || options.soil_suction_m < 0 ||
       options.soil_deficit < 0)) {
    throw ScenarioError(
        "flood.soil: Green and Ampt's equation needs a texture, or all of "
        "soil_conductivity_mmph, soil_suction_m and soil_deficit");
  }
  if (kind_ != FloodInfiltration::green_ampt) return;
  depth_m_.assign(open_.size(), 0);
  soaked_m_.assign(open_.size(), 0);
  taken_m_.assign(open_.size(), 0);
}

Infiltration::Rain Infiltration::lessen(std::vector<double> rain_mps, double seconds) {
  Rain rain{rain_mps, std::move(rain_mps)};
  for (std::size_t series = 0; series < fallen_mm_.size(); ++series) {
    const double fell_m = rain.grid_mps[series] * seconds;
    if (kind_ == FloodInfiltration::curve_number) {
      const double before_mm = curve_number_runoff_mm(fallen_mm_[series], curve_number_);
      fallen_mm_[series] += fell_m * 1000;
      const double runs_m =
          (curve_number_runoff_mm(fallen_mm_[series], curve_number_) - before_mm) / 1000;
      rain.grid_mps[series] = rain.upland_mps[series] = runs_m / seconds;
    } else if (kind_ == FloodInfiltration::green_ampt) {
      const double taken_m = std::min(fell_m, soak_m(soil_, upland_soaked_m_[series], seconds));
      upland_soaked_m_[series] += taken_m;
      rain.upland_mps[series] = (fell_m - taken_m) / seconds;
    }
  }
  return rain;
}

void Infiltration::soak(double seconds, ShallowWaterSolver& solver) {
  if (kind_ != FloodInfiltration::green_ampt) return;
  solver.copy_depths(depth_m_);
  soak_row(soil_, seconds, open_.size(), open_.data(), depth_m_.data(), soaked_m_.data(),
           taken_m_.data());
  for (std::size_t cell = 0; cell < taken_m_.size(); ++cell) {
    if (taken_m_[cell] > 0) solver.change_depth(cell, -static_cast<double>(taken_m_[cell]));
  }
}

}  // namespace kontwin::flood
