#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <variant>

namespace kontwin {

/// Why bytes from outside could not be taken. Such bytes are expected: this is a value, not thrown.
struct DecodeError {
  std::string place;   ///< `byte 17`, `[3].observedAt`, `measures[0].action`; empty: the whole
  std::string reason;  ///< `is not a moment with an offset from UTC`

  /// Place and reason as one text for people.
  std::string text() const { return place.empty() ? reason : place + ": " + reason; }
};

/// What came out of a decoder: a value, or why there is none.
template <typename Value>
class Decoded {
 public:
  Decoded(Value value) : content_(std::move(value)) {}
  Decoded(DecodeError error) : content_(std::move(error)) {}

  explicit operator bool() const { return content_.index() == 0; }
  Value& operator*() { return std::get<0>(content_); }
  const Value& operator*() const { return std::get<0>(content_); }
  Value* operator->() { return &std::get<0>(content_); }
  const Value* operator->() const { return &std::get<0>(content_); }
  /// Only when there is no value.
  const DecodeError& error() const { return std::get<1>(content_); }

 private:
  std::variant<Value, DecodeError> content_;
};

/// What a decoder takes at most, so that a message cannot use up memory.
struct DecodeLimits {
  std::size_t message_bytes = 4U << 20U;
  std::size_t observations = 20'000;  ///< in one message
  std::size_t name_bytes = 256;       ///< of a URN, a property, a source
  std::size_t text_bytes = 16'384;    ///< of a title, a text of a measure, an acknowledgement
  std::size_t list_items = 10'000;    ///< measures, targets, KPIs
  std::size_t frame_bytes = 256U << 20U;
};

}  // namespace kontwin
