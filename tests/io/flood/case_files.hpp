#pragma once

#include <functional>
#include <sstream>
#include <string>

namespace kontwin::testing {

/// An Arc/Info ASCII grid; row 0 is the northernmost. `value` NaN: no data.
inline std::string ascii_grid(int columns, int rows, double left, double bottom, double cell,
                              const std::function<double(int column, int row)>& value) {
  std::ostringstream text;
  text.precision(8);
  text << "ncols " << columns << "\nnrows " << rows << "\nxllcorner " << left << "\nyllcorner "
       << bottom << "\ncellsize " << cell << "\nNODATA_value -9999\n";
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      const double at = value(column, row);
      if (at != at) {
        text << "-9999 ";
      } else {
        text << at << ' ';
      }
    }
    text << '\n';
  }
  return text.str();
}

/// A channel 3 cells wide through a plain that falls 1 in 200 to the east; 40 x 20 cells of 10 m,
/// the corner in the north-west without data. Its south-west corner lies at (500000, 1600000).
inline std::string valley() {
  return ascii_grid(40, 20, 500000, 1600000, 10, [](int column, int row) {
    if (row < 4 && column < 6) return __builtin_nan("");
    const bool channel = row >= 9 && row <= 11;
    return 100 - 0.05 * column + (channel ? 0 : 2);
  });
}

}  // namespace kontwin::testing
