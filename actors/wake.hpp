#pragma once

#include <variant>
#include <vector>

#include "actors/rule.hpp"

namespace kontwin {

/// Somebody else edited the entity. The edit outlives the round.
struct Edited {
  const Edit* edit = nullptr;
  std::size_t order = 0;  ///< of edits in the same round
};

/// A watched value moved by its step.
struct Stepped {
  std::size_t column = 0;
};

/// Why an entity of a branch is woken, in the order in which its rule hears of it.
struct Wake {
  EntityRef entity;
  std::variant<Edited, Stepped, Crossing, Event> why;

  /// By entity, then in the order above: the order does not depend on who found what first.
  friend bool before(const Wake& a, const Wake& b);
};

}  // namespace kontwin
