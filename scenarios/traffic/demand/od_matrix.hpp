#pragma once

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <vector>

namespace kontwin::traffic {

/// Numbers from origins (rows) to destinations (columns), row by row: trips, or what a trip costs.
struct OdMatrix {
  OdMatrix() = default;
  OdMatrix(std::size_t rows, std::size_t columns, double value = 0)
      : origins(rows), destinations(columns), values(rows * columns, value) {}

  std::size_t origins = 0, destinations = 0;
  std::vector<double> values;

  double& at(std::size_t from, std::size_t to) { return values[from * destinations + to]; }
  double at(std::size_t from, std::size_t to) const { return values[from * destinations + to]; }
  std::span<const double> row(std::size_t from) const {
    return std::span(values).subspan(from * destinations, destinations);
  }
  double total() const { return std::accumulate(values.begin(), values.end(), 0.0); }
  friend bool operator==(const OdMatrix&, const OdMatrix&) = default;
};

/// Trips that begin in one hour of a day.
struct OdHour {
  std::uint32_t hour = 0;  ///< 0 to 23
  OdMatrix trips;          ///< [zone][zone]
};

/// Demand between zones over a day.
struct HourlyOd {
  std::vector<std::string> zone;  ///< names
  std::vector<OdHour> hours;      ///< by rising hour; hours without trips may be missing
};

}  // namespace kontwin::traffic
