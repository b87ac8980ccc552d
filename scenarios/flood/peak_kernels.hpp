#pragma once

#include <cstddef>

namespace kontwin::flood {

/// The maxima of a row of cells so far, each at its first cell. Squares are kept, so that noting
/// takes no roots.
struct PeakRow {
  float* depth_m = nullptr;
  float* speed2 = nullptr;        ///< (m/s)²
  float* depth_speed2 = nullptr;  ///< (m²/s)²
  float* wet_since_s = nullptr;   ///< when the water last rose over the wet depth; below 0: dry now
  float* arrival_s = nullptr;     ///< when it first did; below 0: never yet
  float* wet_s = nullptr;         ///< how long all spells that are over lasted
};

/// Takes in how `count` cells of a row are at the moment `at_s`: depth in m, and the square of the
/// speed. A cell is wet, and its speed counts, from `wet_depth_m` on: speeds of thin water are
/// ill-defined and harmless. Memory is written only where something changed.
void note_peaks_row(std::size_t count, const float* depth_m, const float* speed2, float wet_depth_m,
                    float at_s, const PeakRow& peaks);

}  // namespace kontwin::flood
