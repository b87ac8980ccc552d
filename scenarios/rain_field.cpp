#include "scenarios/rain_field.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/time_series.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

/// Five times what has been measured in a minute (1872 mm/h at Unionville in 1956).
constexpr double most_mmph = 10000;

}  // namespace

RainField::RainField(const World& world, const Forcing& forcing) {
  if (forcing.rain_raster != nullptr) {
    if (!forcing.rain_mmph.empty() || !forcing.rain_at_gauge_mmph.empty()) {
      throw ScenarioError("rain: rasters and series are given at once: use one");
    }
    take(*forcing.rain_raster);
    return;
  }
  const auto& gauges = world.entities(Kind::rain_gauge);
  check_series(forcing.rain_mmph, "rain", most_mmph);
  for (const auto& [row, series] : forcing.rain_at_gauge_mmph) {
    if (row >= gauges.size()) {
      throw ScenarioError("rain at gauge: there is no rain gauge in row " + std::to_string(row));
    }
    check_series(series, "rain at " + gauges.urn[row], most_mmph);
    if (series.empty()) continue;
    series_.push_back(series);
    gauge_.push_back(gauges.place[row]);
  }
  if (series_.empty()) series_.push_back(forcing.rain_mmph);
}

void RainField::take(const RainRaster& raster) {
  raster_ = raster.shape;
  raster_name_ = raster.name;
  series_.resize(raster.shape.cells());
  known_.assign(series_.size(), 1);
  for (TimeSeries& series : series_) {
    series.between = TimeSeries::Between::hold;
    series.at = raster.at;
    series.value.resize(raster.at.size());
  }
  for (std::size_t moment = 0; moment < raster.at.size(); ++moment) {
    for (std::size_t cell = 0; cell < series_.size(); ++cell) {
      const double mmph = static_cast<double>(raster.mmph[moment][cell]);
      series_[cell].value[moment] = std::isnan(mmph) ? 0 : mmph;
      if (std::isnan(mmph)) known_[cell] = 0;
      if (!(mmph < 0) && !(mmph > most_mmph)) continue;
      throw ScenarioError("rain rasters " + raster.name + " at " +
                          format_instant(raster.at[moment]) + ": " + std::to_string(mmph) +
                          " mm/h at " + place_of(cell));
    }
  }
  if (!series_.empty()) check_series(series_.front(), "rain rasters " + raster.name);
}

void RainField::check_covers(const LocalBox& area, const std::string& what) const {
  if (!raster_) return;
  const LocalBox has = raster_->box();
  std::string gap;
  const auto look = [&gap](double missing_m, const char* side) {
    // Less than a millimetre is rounding.
    if (missing_m < 1e-3) return;
    gap += (gap.empty() ? "" : ", ") + std::to_string(std::llround(std::ceil(missing_m))) +
           " m in the " + side;
  };
  look(has.min_x_m - area.min_x_m, "west");
  look(area.max_x_m - has.max_x_m, "east");
  look(has.min_y_m - area.min_y_m, "south");
  look(area.max_y_m - has.max_y_m, "north");
  if (!gap.empty()) {
    throw ScenarioError("rain rasters " + raster_name_ + " do not cover " + what + ": missing " +
                        gap);
  }
  for (std::size_t cell = 0; cell < known_.size(); ++cell) {
    if (known_[cell] != 0) continue;
    const LocalPoint at = raster_->center(cell % raster_->columns, cell / raster_->columns);
    const double half_m = raster_->cell_m / 2;
    const bool beside = at.x_m + half_m <= area.min_x_m || at.x_m - half_m >= area.max_x_m ||
                        at.y_m + half_m <= area.min_y_m || at.y_m - half_m >= area.max_y_m;
    if (beside) continue;
    throw ScenarioError("rain rasters " + raster_name_ + " do not cover " + what +
                        ": no value at some moment at " + place_of(cell));
  }
}

std::string RainField::place_of(std::size_t cell) const {
  const LocalPoint at = raster_->center(cell % raster_->columns, cell / raster_->columns);
  return "x " + std::to_string(std::llround(at.x_m)) + " m, y " +
         std::to_string(std::llround(at.y_m)) + " m";
}

std::uint32_t RainField::series_at(LocalPoint point) const {
  if (raster_) {
    if (raster_->contains(point) && known_[raster_->cell_of(point)] != 0) {
      return static_cast<std::uint32_t>(raster_->cell_of(point));
    }
    throw ScenarioError("rain rasters " + raster_name_ + " do not reach x " +
                        std::to_string(point.x_m) + " m, y " + std::to_string(point.y_m) + " m");
  }
  std::uint32_t nearest = 0;
  for (std::uint32_t i = 1; i < gauge_.size(); ++i) {
    if (distance_m(point, gauge_[i]) < distance_m(point, gauge_[nearest])) nearest = i;
  }
  return nearest;
}

double RainField::mean_mmph(std::uint32_t series, Instant from, Instant to) const {
  return mean_over(series_[series], from, to);
}

bool RainField::dry() const {
  return std::ranges::all_of(series_, [](const TimeSeries& series) {
    return std::ranges::all_of(series.value, [](double value) { return value == 0; });
  });
}

}  // namespace kontwin
