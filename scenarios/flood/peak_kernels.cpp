#include "scenarios/flood/peak_kernels.hpp"

#include <algorithm>

#include "scenarios/instruction_sets.hpp"

namespace kontwin::flood {

namespace {

/// Cells whose maxima are written together when one of them changed: few enough that still water
/// beside rising water is left alone, enough for several of the longest vectors.
constexpr std::size_t block = 64;

}  // namespace

KONTWIN_CLONES
void note_peaks_row(std::size_t count, const float* all_depth_m, const float* all_speed2,
                    float wet_depth_m, float at_s, const PeakRow& peaks) {
  for (std::size_t first = 0; first < count; first += block) {
    const std::size_t cells = std::min(block, count - first);
    const float* const depth_m = all_depth_m + first;
    const float* const speed2 = all_speed2 + first;
    float* const deepest_m = peaks.depth_m + first;
    float* const fastest2 = peaks.speed2 + first;
    float* const strongest2 = peaks.depth_speed2 + first;
    float* const since_s = peaks.wet_since_s + first;
    int grows = 0;
    int turns = 0;
    for (std::size_t i = 0; i < cells; ++i) {
      const bool wet = depth_m[i] >= wet_depth_m;
      const float counted2 = wet ? speed2[i] : 0.0F;
      const float force2 = counted2 * depth_m[i] * depth_m[i];
      grows |= int{depth_m[i] > deepest_m[i]} | int{counted2 > fastest2[i]} |
               int{force2 > strongest2[i]};
      turns |= int{wet} ^ int { since_s[i] >= 0.0F };
    }
    if (grows != 0) {
      for (std::size_t i = 0; i < cells; ++i) {
        const float counted2 = depth_m[i] >= wet_depth_m ? speed2[i] : 0.0F;
        const float force2 = counted2 * depth_m[i] * depth_m[i];
        deepest_m[i] = depth_m[i] > deepest_m[i] ? depth_m[i] : deepest_m[i];
        fastest2[i] = counted2 > fastest2[i] ? counted2 : fastest2[i];
        strongest2[i] = force2 > strongest2[i] ? force2 : strongest2[i];
      }
    }
    if (turns == 0) continue;
    float* const arrival_s = peaks.arrival_s + first;
    float* const wet_s = peaks.wet_s + first;
    for (std::size_t i = 0; i < cells; ++i) {
      const bool wet = depth_m[i] >= wet_depth_m;
      const bool was_wet = since_s[i] >= 0.0F;
      wet_s[i] += was_wet && !wet ? at_s - since_s[i] : 0.0F;
      arrival_s[i] = wet && arrival_s[i] < 0.0F ? at_s : arrival_s[i];
      since_s[i] = wet ? (was_wet ? since_s[i] : at_s) : -1.0F;
    }
  }
}

}  // namespace kontwin::flood
