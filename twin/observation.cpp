#include "twin/observation.hpp"

namespace kontwin {

std::string_view name_of(Refusal refusal) {
  static constexpr std::array<std::string_view, refusal_count> names{
      "malformed",    "unknown_entity",  "unknown_property", "not_a_number",
      "out_of_range", "from_the_future", "too_old",          "overload"};
  return names[static_cast<std::size_t>(refusal)];
}

}  // namespace kontwin
