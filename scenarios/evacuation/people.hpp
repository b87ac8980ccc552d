#pragma once

#include <cstdint>

#include "twin/evacuation_record.hpp"

namespace kontwin::evacuation {

enum class Age : std::uint8_t { child, adult, old };  ///< under 15, 15 to 64, 65 or more

/// What help a person needs to travel.
using Need = CareNeed;

/// One person. People who travel together stand next to each other in the engine's table.
struct Person {
  std::uint32_t zone = 0;       ///< where they live or stay: a row of the engine's zones
  std::uint32_t household = 0;  ///< number within the zone
  std::uint32_t party = 0;      ///< with whom they travel; says where they are
  Age age = Age::adult;
  Need need = Need::none;
};

/// Places that someone takes up in a bus or a boat, and in an ambulance of two.
constexpr std::uint32_t seats_of(Need need) {
  return need == Need::none ? 1 : need == Need::wheelchair ? 2 : 3;
}
constexpr std::uint32_t berths_of(Need need) { return need <= Need::wheelchair ? 1 : 2; }
inline constexpr std::uint32_t ambulance_berths = 2;

}  // namespace kontwin::evacuation
