#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kontwin {

/// How far a thing in the world may be believed.
enum class Provenance : std::uint8_t {
  fact,       ///< published by a named source
  derived,    ///< computed from facts (a centroid, an interpolated height)
  synthetic,  ///< made up so that the whole hangs together; never to be read as a fact
};

/// `fact`, `derived` or `synthetic`.
std::string_view name_of(Provenance provenance);
/// `thực`, `suy ra` or `mô phỏng`.
std::string_view vietnamese_name_of(Provenance provenance);
std::optional<Provenance> parse_provenance(std::string_view name);

/// Where a thing comes from. World tables hold an index into World::sources().
struct Source {
  std::string id;       ///< short key used in asset files: `ncdr-2025`
  std::string title;    ///< what it is and who made it
  std::string license;  ///< as stated by its maker, `none stated`, or `own work`
  friend bool operator==(const Source&, const Source&) = default;
};

}  // namespace kontwin
