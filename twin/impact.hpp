#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "twin/entity_ref.hpp"
#include "twin/time.hpp"

namespace kontwin {

/// What befell a place: it stood in water; no way led from it to a hospital that works, or to the
/// seat of a commune.
enum class ImpactKind : std::uint8_t { wet, no_hospital, no_seat };
inline constexpr std::size_t impact_kind_count = 3;

struct ImpactNames {
  std::string_view id;  ///< `no_hospital`
  std::string_view vietnamese;
  std::string_view english;
};
const ImpactNames& names_of(ImpactKind kind);

/// A spell in which something befell a place.
struct ImpactSpell {
  EntityRef entity;
  ImpactKind kind = ImpactKind::wet;
  Instant from;                  ///< the end of the exchange in which it was first so
  std::optional<Instant> until;  ///< nothing: it still was at the end of the run
  double deepest_m = 0;          ///< water at the place in the spell
  int hazard_class = 0;          ///< the highest there in the spell
  double people = 0;             ///< who were there when it was worst; 0 for fields

  friend bool operator==(const ImpactSpell&, const ImpactSpell&) = default;
};

/// What befell the places of a kind, in one line.
struct ImpactLine {
  ImpactKind what = ImpactKind::wet;
  Kind kind = Kind::residence;
  std::size_t places = 0;       ///< different ones
  double people = 0;            ///< the sum of the most at each
  Instant first;                ///< the first beginning
  std::optional<Instant> last;  ///< the last end; nothing: not over at the end of the run
  Duration longest{0};          ///< the longest spell, up to the end of the run
  double deepest_m = 0;
};

/// By kind of impact and kind of entity. `run_end` is where a spell that is not over is cut.
std::vector<ImpactLine> summarise_impacts(std::span<const ImpactSpell> spells, Instant run_end);

}  // namespace kontwin
