#include "twin/provenance.hpp"

#include <array>

namespace kontwin {

namespace {
constexpr std::array<std::string_view, 3> english{"fact", "derived", "synthetic"};
constexpr std::array<std::string_view, 3> vietnamese{"thực", "suy ra", "mô phỏng"};
}  // namespace

std::string_view name_of(Provenance provenance) {
  return english[static_cast<std::size_t>(provenance)];
}

std::string_view vietnamese_name_of(Provenance provenance) {
  return vietnamese[static_cast<std::size_t>(provenance)];
}

std::optional<Provenance> parse_provenance(std::string_view name) {
  for (std::size_t i = 0; i < english.size(); ++i) {
    if (english[i] == name) return static_cast<Provenance>(i);
  }
  return std::nullopt;
}

}  // namespace kontwin
