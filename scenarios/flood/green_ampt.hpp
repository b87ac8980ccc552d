#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace kontwin::flood {

/// A soil as Green and Ampt (1911) see it: a sharp front of wetness that is drawn down.
struct Soil {
  double conductivity_mps = 0;  ///< hydraulic conductivity behind the front, 0 or more
  double suction_m = 0;         ///< suction head at the front, 0 or more
  double deficit = 0;  ///< what the soil can still take in, as a share of its volume, 0 to 1

  /// Suction times deficit, m.
  double storage_m() const { return suction_m * deficit; }
};

/// The soil of a texture class (`sand`, `loamy_sand`, `sandy_loam`, `loam`, `silt_loam`,
/// `sandy_clay_loam`, `clay_loam`, `silty_clay_loam`, `sandy_clay`, `silty_clay`, `clay`) at an
/// effective saturation of 0 to 1: means of Rawls, Brakensiek and Miller (1983), J. Hydraul. Eng.
/// 109(1). Nothing for another word.
std::optional<Soil> soil_of_texture(std::string_view texture, double saturation);
/// The words it knows, as a list for messages.
std::string_view soil_textures();

/// What soaks in under standing water in `seconds`, m, where `soaked_m` did before: Green and
/// Ampt's equation with its logarithm to the second order in the step (Li, Stevens and Simons 1976,
/// J. Irrig. Drain. Div. 102), good to a thousandth for steps of a minute.
double soak_m(const Soil& soil, double soaked_m, double seconds);

/// The same over cells of a row: adds to `soaked_m` what soaks in of `depth_m`, no more than there
/// is, and puts it into `taken_m`. Cells whose `open` is 0 take nothing.
void soak_row(const Soil& soil, double seconds, std::size_t count, const float* open,
              const float* depth_m, float* soaked_m, float* taken_m);

/// What runs off of rain by the curve number (USDA NRCS 2004, National Engineering Handbook 630,
/// ch. 10): (P - 0.2 S)² / (P + 0.8 S) with S = 25.4 (1000 / CN - 10) mm; both in mm since the rain
/// began. `curve_number` above 0 to 100.
double curve_number_runoff_mm(double rain_mm, double curve_number);
/// The same by S itself, mm, 0 or more.
double retention_runoff_mm(double rain_mm, double retention_mm);

}  // namespace kontwin::flood
