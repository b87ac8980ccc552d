#include "scenarios/flood/green_ampt.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "scenarios/instruction_sets.hpp"

namespace kontwin::flood {

namespace {

struct Texture {
  std::string_view name;
  double effective_porosity, suction_cm, conductivity_cmph;
};

constexpr std::array textures{
    Texture{"sand", 0.417, 4.95, 11.78},       Texture{"loamy_sand", 0.401, 6.13, 2.99},
    Texture{"sandy_loam", 0.412, 11.01, 1.09}, Texture{"loam", 0.434, 8.89, 0.34},
    Texture{"silt_loam", 0.486, 16.68, 0.65},  Texture{"sandy_clay_loam", 0.330, 21.85, 0.15},
    Texture{"clay_loam", 0.309, 20.88, 0.10},  Texture{"silty_clay_loam", 0.432, 27.30, 0.10},
    Texture{"sandy_clay", 0.321, 23.90, 0.06}, Texture{"silty_clay", 0.423, 29.22, 0.05},
    Texture{"clay", 0.385, 31.63, 0.03},
};

}  // namespace

std::optional<Soil> soil_of_texture(std::string_view texture, double saturation) {
  const auto found = std::ranges::find(textures, texture, &Texture::name);
  if (found == textures.end()) return std::nullopt;
  return Soil{.conductivity_mps = found->conductivity_cmph / 100 / 3600,
              .suction_m = found->suction_cm / 100,
              .deficit = found->effective_porosity * (1 - saturation)};
}

std::string_view soil_textures() {
  return "sand, loamy_sand, sandy_loam, loam, silt_loam, sandy_clay_loam, clay_loam, "
         "silty_clay_loam, sandy_clay, silty_clay, clay";
}

double soak_m(const Soil& soil, double soaked_m, double seconds) {
  const double driven_m = soil.conductivity_mps * seconds;
  const double doubled_m = 4 * driven_m * (soil.storage_m() + soaked_m);
  const double half_m = 2 * soaked_m - driven_m;
  // The root as a quotient where a difference would lose its digits, which is once much has soaked
  // in, and as a sum before: there the quotient is 0 / 0 for a soil that is full from the start.
  const double root_m = std::sqrt(half_m * half_m + 2 * doubled_m);
  return half_m > 0 ? doubled_m / (root_m + half_m) : (root_m - half_m) / 2;
}

KONTWIN_CLONES
void soak_row(const Soil& soil, double seconds, std::size_t count, const float* open,
              const float* depth_m, float* __restrict soaked_m, float* __restrict taken_m) {
  const auto driven_m = static_cast<float>(soil.conductivity_mps * seconds);
  const auto storage_m = static_cast<float>(soil.storage_m());
  for (std::size_t i = 0; i < count; ++i) {
    const float doubled_m = 4 * driven_m * (storage_m + soaked_m[i]);
    const float half_m = 2 * soaked_m[i] - driven_m;
    const float root_m = std::sqrt(half_m * half_m + 2 * doubled_m);
    const float could_m =
        half_m > 0 ? doubled_m / (root_m + half_m + 1e-20F) : (root_m - half_m) / 2;
    const float there_m = open[i] * depth_m[i];
    taken_m[i] = could_m < there_m ? could_m : there_m;
    soaked_m[i] += taken_m[i];
  }
}

double curve_number_runoff_mm(double rain_mm, double curve_number) {
  return retention_runoff_mm(rain_mm, 25.4 * (1000 / curve_number - 10));
}

double retention_runoff_mm(double rain_mm, double retention_mm) {
  const double over_mm = rain_mm - 0.2 * retention_mm;
  return over_mm <= 0 ? 0 : over_mm * over_mm / (rain_mm + 0.8 * retention_mm);
}

}  // namespace kontwin::flood
