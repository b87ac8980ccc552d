#pragma once

#include <string_view>

#include "scenarios/toml/toml_reader.hpp"

namespace kontwin {

/// The largest value of an option that has no bound by itself.
inline constexpr double plenty = 1e9;

/// Overwrites a field of an options struct where the table has it. Throws FileError, naming the
/// line, when it is not a number between `minimum` and `maximum`.
inline void read_option(TomlReader& table, std::string_view field, double& target, double minimum,
                        double maximum) {
  target = table.number(field, minimum, maximum).value_or(target);
}

}  // namespace kontwin
