#pragma once

#include <functional>
#include <string>
#include <vector>

namespace kontwin::testing {

/// A GeoTIFF to be written for a test.
struct GeoTiffFile {
  std::string path;
  std::string crs = "EPSG:4326";  ///< empty: none
  double left = 108.0, top = 14.4;
  double cell = 0.001;  ///< in units of the crs
  double turn_deg = 0;  ///< of its rows about the corner, from east towards north
  int columns = 40, rows = 30;
  int bands = 1;
  bool integers = false;  ///< 16 bit, else float
  double nodata = 0;
  bool has_nodata = false;
  bool has_place = true;
  double scale = 1;
  std::string unit{};
  /// The value of a cell; row 0 is the northernmost.
  std::function<double(int column, int row)> value = [](int, int) { return 500.0; };

  void write() const;
};

}  // namespace kontwin::testing
