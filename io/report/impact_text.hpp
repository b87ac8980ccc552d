#pragma once

#include <span>
#include <string>
#include <vector>

#include "twin/impact.hpp"

namespace kontwin {

/// One line about what befell places of a kind, as people read it, in both languages.
struct ImpactText {
  std::string what_vi, what_en;  ///< `Trường học ngập nước`, `Schools in water`
  std::string places, people, first, last, longest, deepest;
};

/// A line for each kind of impact and of place; see summarise_impacts.
std::vector<ImpactText> impact_texts(std::span<const ImpactSpell> spells, Instant run_end);

/// The same as a table for a terminal of 100 columns; a sentence where nothing befell anybody.
std::string impact_table(std::span<const ImpactSpell> spells, Instant run_end);

}  // namespace kontwin
