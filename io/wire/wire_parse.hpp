#pragma once

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/message_lite.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "io/wire/decoded.hpp"

namespace kontwin {

/// Fills `message` from bytes; what was wrong, or nothing.
std::optional<DecodeError> parse_message(std::string_view bytes, std::size_t most_bytes,
                                         google::protobuf::MessageLite& message);

/// Whether milliseconds since the epoch lie in the years 1900 to 2200: beyond, sums could overflow.
constexpr bool is_moment(std::int64_t ms) {
  return ms >= -2'208'988'800'000 && ms <= 7'258'118'400'000;
}

/// An item of a repeated field: `measures[3]`.
std::string item(std::string_view list, std::size_t index);

}  // namespace kontwin
