#include "io/live/ingest.hpp"

#include "io/wire/observation_wire.hpp"

namespace kontwin {

IngestResult ingest_message(Mirror& mirror, std::string_view message, std::string_view source) {
  const std::size_t first = message.find_first_not_of(" \t\r\n");
  const bool json =
      first != std::string_view::npos && (message[first] == '{' || message[first] == '[');
  const DecodedObservations decoded =
      json ? decode_observations_json(message, source) : decode_observations(message, source);

  // What is sound in a message is taken, whatever stands beside it.
  mirror.ingest(decoded.observations);
  IngestResult result{.observations = decoded.observations.size(), .problem = ""};
  for (std::size_t i = 0; i < decoded.errors.size(); ++i) mirror.count_malformed();
  if (!decoded.sound()) {
    result.problem = decoded.errors.front().text();
    if (decoded.errors.size() > 1) {
      result.problem += " (and " + std::to_string(decoded.errors.size() - 1) + " more)";
    }
  }
  return result;
}

}  // namespace kontwin
