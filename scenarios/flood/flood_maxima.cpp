#include "scenarios/flood/flood_maxima.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

namespace kontwin::flood {

FloodMaxima::FloodMaxima(const FloodGrids& grids, double wet_depth_m) : grids_(grids) {
  for (std::size_t number = 0; number < grids.size(); ++number) {
    maps_.emplace_back(grids.shape(number), wet_depth_m);
  }
}

void FloodMaxima::record(ShallowWaterSolver& water) {
  for (std::size_t number = 0; number < maps_.size(); ++number) {
    water.grid(number).record_peaks(&maps_[number]);
  }
}

void FloodMaxima::cover(std::size_t number, const std::vector<float>& fine, Worst worst,
                        std::vector<float>& outer) const {
  const GridShape& coarse = grids_.shape(0);
  const GridShape& shape = grids_.shape(number);
  std::vector<char> begun(outer.size(), 0);
  for (std::size_t row = 0; row < shape.rows; ++row) {
    for (std::size_t column = 0; column < shape.columns; ++column) {
      const std::size_t cell = coarse.cell_of(shape.center(column, row));
      const float value = fine[shape.at(column, row)];
      // An arrival that never was is not a number: it yields to any that was.
      const bool worse = std::isnan(outer[cell]) ||
                         (worst == Worst::largest ? value > outer[cell] : value < outer[cell]);
      if (begun[cell] == 0 || worse) outer[cell] = value;
      begun[cell] = 1;
    }
  }
}

std::vector<float> FloodMaxima::deepest_m() const {
  std::vector<float> deepest_m;
  for (const PeakMaps& maps : maps_) {
    deepest_m.insert(deepest_m.end(), maps.depth_m().begin(), maps.depth_m().end());
  }
  return deepest_m;
}

void FloodMaxima::summarise(double now_s, RunSummary& summary) const {
  using Get = std::function<std::vector<float>(const PeakMaps&)>;
  const auto add = [&](const char* name, Worst worst, const Get& get) {
    std::vector<std::vector<float>> values;
    for (const PeakMaps& maps : maps_) values.push_back(get(maps));
    for (std::size_t number = 1; number < values.size(); ++number) {
      cover(number, values[number], worst, values.front());
    }
    for (std::size_t number = 0; number < values.size(); ++number) {
      RunMap map{name, grids_.grid(number).name, {}};
      map.raster.shape = grids_.shape(number);
      map.raster.values = std::move(values[number]);
      summary.maps.push_back(std::move(map));
    }
  };
  add("maximum_depth_m", Worst::largest, [](const PeakMaps& of) {
    return std::vector<float>(of.depth_m().begin(), of.depth_m().end());
  });
  add("maximum_speed_mps", Worst::largest, &PeakMaps::speed_mps);
  add("maximum_depth_velocity_m2ps", Worst::largest, &PeakMaps::depth_velocity_m2ps);
  add("arrival_s", Worst::smallest, &PeakMaps::arrival_s);
  add("duration_s", Worst::largest, [&](const PeakMaps& of) { return of.duration_s(now_s); });
  add("maximum_hazard_class", Worst::largest, &PeakMaps::hazard_class);
  add("maximum_hazard_rating", Worst::largest, &PeakMaps::hazard_rating);
}

}  // namespace kontwin::flood
