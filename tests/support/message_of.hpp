#pragma once

#include <exception>
#include <string>

namespace kontwin::testing {

/// What `action` says when it throws a `Thrown`; empty when it throws nothing. Errors of other
/// types pass through.
template <typename Thrown = std::exception, typename Action>
std::string message_of(const Action& action) {
  try {
    action();
  } catch (const Thrown& error) {
    return error.what();
  }
  return {};
}

}  // namespace kontwin::testing
