#pragma once

#include <string>

#include "tests/validation/crowd_case.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::validation {

inline const std::string rimea = "RiMEA guideline 4.1.1 (2025), annex 1, test ";

inline Case rimea_test(const std::string& number, const std::string& name,
                       const std::string& unit) {
  return {"crowd", "RiMEA " + number + ": " + name, unit, rimea + number};
}

/// A value that the guideline wants between two.
inline void expect_between(const Case& which, double measured, double least, double most) {
  const double middle = (least + most) / 2;
  expect_within(which, measured, middle, (most - least) / 2 / middle);
}

}  // namespace kontwin::validation
