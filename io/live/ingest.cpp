#include "io/live/ingest.hpp"

#include "io/wire/observation_wire.hpp"

namespace kontwin {

namespace {

/// The first byte of every batch that is not empty: field 1, with a length.
constexpr char batch_begin = '\n';

bool looks_like_json(std::string_view message) {
  const std::size_t first = message.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (message[first] == '{' || message[first] == '[');
}

DecodedObservations decode(std::string_view message, std::string_view source,
                           MessageFormat format) {
  if (message.empty()) return {.observations = {}, .errors = {{"", "is empty"}}};
  if (format == MessageFormat::json) return decode_observations_json(message, source);
  if (format == MessageFormat::protobuf || !looks_like_json(message)) {
    return decode_observations(message, source);
  }
  if (message.front() == batch_begin) {
    DecodedObservations batch = decode_observations(message, source);
    if (batch.sound()) return batch;
  }
  return decode_observations_json(message, source);
}

}  // namespace

IngestResult ingest_message(Mirror& mirror, std::string_view message, std::string_view source,
                            MessageFormat format) {
  const DecodedObservations decoded = decode(message, source, format);
  // What is sound in a message is taken, whatever stands beside it.
  mirror.ingest(decoded.observations);
  IngestResult result{.observations = decoded.observations.size(), .problem = ""};
  for (const DecodeError& error : decoded.errors) {
    mirror.count_malformed(std::string(source) + ": " + error.text());
  }
  if (!decoded.sound()) {
    result.problem = decoded.errors.front().text();
    if (decoded.errors.size() > 1) {
      result.problem += " (and " + std::to_string(decoded.errors.size() - 1) + " more)";
    }
  }
  return result;
}

}  // namespace kontwin
