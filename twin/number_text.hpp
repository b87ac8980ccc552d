#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace kontwin {

/// Whom a text is for: `both` where one figure serves readers of either language.
enum class Language : std::uint8_t { vietnamese, english, both };

/// A number as people read it, with thousands in groups: `1.234,5` in Vietnamese, `1,234.5` in
/// English, and `1 234,5` for both, the groups set apart by a space that does not break, which
/// neither takes for a decimal sign (ISO 80000-1). "–" where it is not finite.
std::string number_text(double value, int decimals, Language language);

/// How many decimals values that stand in one column have, so that the largest shows three digits:
/// none where all are whole or it reaches 100, one from 10, else two. What is not finite does not
/// count.
int decimals_for(std::span<const double> values);

/// A unit of a KPI in words: `person` is `người`, `people`, or `người / people`. A unit that is the
/// same in both (`km`, `ha`) comes back as it is.
std::string unit_text(std::string_view unit, Language language);

}  // namespace kontwin
