#include "io/wire/wire_parse.hpp"

#include <google/protobuf/stubs/logging.h>

namespace kontwin {

std::optional<DecodeError> parse_message(std::string_view bytes, std::size_t most_bytes,
                                         google::protobuf::MessageLite& message) {
  // Protobuf prints what it does not like; the reason is ours to give.
  static auto* const silenced = google::protobuf::SetLogHandler(nullptr);
  static_cast<void>(silenced);
  if (bytes.size() > most_bytes) {
    return DecodeError{"", std::to_string(bytes.size()) + " bytes are more than the " +
                               std::to_string(most_bytes) + " that are taken"};
  }
  google::protobuf::io::CodedInputStream input(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                               static_cast<int>(bytes.size()));
  if (message.ParseFromCodedStream(&input) && input.ConsumedEntireMessage()) return std::nullopt;
  return DecodeError{"byte " + std::to_string(input.CurrentPosition()),
                     "is not a " + message.GetTypeName()};
}

std::string item(std::string_view list, std::size_t index) {
  return std::string(list) + "[" + std::to_string(index) + "]";
}

}  // namespace kontwin
