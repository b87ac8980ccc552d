#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "scenarios/evacuation/crowd/ground.hpp"
#include "scenarios/evacuation/crowd/person.hpp"

namespace kontwin::crowd {

/// Levels of service of walkways by density (Fruin 1971, Pedestrian planning and design): A below
/// 0.31 persons/m², B 0.43, C 0.72, D 1.08, E 2.17, F above.
char level_of_service(double density_per_m2);
/// All of them, the freest first.
inline constexpr std::string_view levels_of_service = "ABCDEF";

/// How crowded each square metre was: heads within 3 x 3 m around it over the ground that can be
/// stood on there.
struct DensityMap {
  struct Sheet {
    double x0_m = 0, y0_m = 0;  ///< south-western corner, in the place's coordinates
    std::uint32_t columns = 0, rows = 0;
    std::vector<float> ground_m2;      ///< [cell] that can be stood on
    std::vector<float> most_per_m2;    ///< [cell] the greatest there was
    std::vector<float> mean_per_m2;    ///< [cell] over the looks at which somebody was near
    std::vector<std::uint32_t> looks;  ///< [cell]
  };
  std::vector<Sheet> sheets;  ///< [surface]

  /// An empty map over a ground.
  static DensityMap over(const Ground& ground);
  /// Takes in one moment; people who are out do not count.
  void look(std::span<const Person> people, std::span<const PersonState> states);
};

}  // namespace kontwin::crowd
