#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace kontwin {

/// SHA-256 over a sequence of values. Each text and list is fed with its length first, so that
/// different sequences cannot run together into the same bytes.
class ContentHash {
 public:
  ContentHash();
  ~ContentHash();
  ContentHash(const ContentHash&) = delete;
  ContentHash& operator=(const ContentHash&) = delete;

  void add(std::string_view text);
  void add(const std::string& text) { add(std::string_view(text)); }

  template <typename Value>
  requires(std::is_arithmetic_v<Value> || std::is_enum_v<Value>) void add(Value value) {
    add_bytes(&value, sizeof value);
  }

  /// Values without padding only: arithmetic types and structs of one arithmetic type.
  template <typename Value>
  requires(std::has_unique_object_representations_v<Value> ||
           std::is_floating_point_v<Value>) void add(const std::vector<Value>& values) {
    add(values.size());
    add_bytes(values.data(), values.size() * sizeof(Value));
  }

  void add_bytes(const void* data, std::size_t bytes);

  /// 64 hexadecimal digits; the hash is used up.
  std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace kontwin
