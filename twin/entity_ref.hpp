#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <limits>

#include "twin/kind.hpp"

namespace kontwin {

/// "No row": a link to an entity that is not there.
inline constexpr std::uint32_t no_row = std::numeric_limits<std::uint32_t>::max();

/// An entity inside one world: its kind and its row in the tables of that kind. Cheap to copy and
/// to sort; a URN is what the outside world uses. Sorted by kind, then row: the order in which
/// events and commands are handled.
struct EntityRef {
  Kind kind = Kind::road;
  std::uint32_t row = no_row;

  friend constexpr auto operator<=>(const EntityRef&, const EntityRef&) = default;
};

}  // namespace kontwin

template <>
struct std::hash<kontwin::EntityRef> {
  std::size_t operator()(const kontwin::EntityRef& ref) const noexcept {
    return (static_cast<std::size_t>(ref.kind) << 32U) | ref.row;
  }
};
