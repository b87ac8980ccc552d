#pragma once

#include <string>
#include <string_view>

#include "actors/mirror.hpp"

namespace kontwin {

/// What became of one message from outside.
struct IngestResult {
  std::size_t observations = 0;  ///< handed to the mirror, which checks each
  std::string problem;           ///< the first that could not be decoded, and how many more
};

/// Decodes one message (JSON when its first character is `{` or `[`, else a Protobuf
/// kontwin.v1.ObservationBatch) and hands it to the mirror. `source` is put on observations that
/// name none. A message that cannot be decoded is counted as malformed.
IngestResult ingest_message(Mirror& mirror, std::string_view message, std::string_view source);

}  // namespace kontwin
