#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kontwin::slope {

/// What covers the ground, as far as Manning's roughness tells it: it decides the strength of the
/// soil and how rocks bounce. Water and bare ground are as smooth as each other. See
/// io/synthesis/terrain_cover for the roughness of each.
enum class GroundClass : std::uint8_t { bare, field, built, scrub, forest };
constexpr std::size_t ground_classes = 5;

/// `bare`, `field`, ...: the names in scenario files.
constexpr std::array<std::string_view, ground_classes> ground_names{"bare", "field", "built",
                                                                    "scrub", "forest"};

/// The class whose roughness lies nearest; `manning_n` in s/m^(1/3). What is not a number counts as
/// scrub, in the middle of what grows on slopes.
GroundClass ground_class_of(double manning_n);

/// The soil over rock or saprolite that a shallow landslide takes along. Strengths are effective.
struct Soil {
  double cohesion_kpa = 6;         ///< of soil and roots
  double friction_deg = 31;        ///< angle of internal friction
  double unit_weight_knpm3 = 20;   ///< saturated
  double conductivity_mps = 5e-6;  ///< saturated hydraulic conductivity, vertical
  double diffusivity_m2ps = 1e-4;  ///< saturated hydraulic diffusivity: conductivity over storage
};

/// Defaults for slopes on deeply weathered granite and gneiss, as most of Kon Tum's mountains are.
/// Friction, and cohesion under forest: TRIGRS's tutorial (Baum, Savage and Godt 2008, zone 2:
/// 31 degrees, 8 kPa); less cohesion where roots are weaker is our assumption, as are conductivity
/// and a storage of 0.05 a metre, which lets 200 mm of rain fill 2.3 m of soil. No soil map of
/// Kon Tum is open: a scenario may set every figure.
constexpr std::array<Soil, ground_classes> default_soils{{
    {.cohesion_kpa = 4},
    {.cohesion_kpa = 4},
    {.cohesion_kpa = 6},
    {.cohesion_kpa = 6},
    {.cohesion_kpa = 8},
}};

}  // namespace kontwin::slope
