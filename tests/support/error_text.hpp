#pragma once

#include <exception>
#include <string>

namespace kontwin::testing {

/// What `action` says when it throws; empty when it does not.
template <typename Action>
std::string error_text(Action action) {
  try {
    action();
  } catch (const std::exception& error) {
    return error.what();
  }
  return {};
}

}  // namespace kontwin::testing
