#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "actors/mirror.hpp"

namespace kontwin {

/// What a message is written in. `unknown`: its sender did not say.
enum class MessageFormat : std::uint8_t { unknown, json, protobuf };

/// What became of one message from outside.
struct IngestResult {
  std::size_t observations = 0;  ///< handed to the mirror, which checks each
  std::string problem;           ///< the first that could not be decoded, and how many more
};

/// Decodes one message (JSON, or a Protobuf kontwin.v1.ObservationBatch) and hands what is sound in
/// it to the mirror; what is not, and a message that is empty, counts as malformed. In an unknown
/// format a message is JSON when `{` or `[` is the first of it that is not white space, unless it
/// is a sound batch: one may well begin with the bytes `\n{`. `source` is put on observations that
/// name none.
IngestResult ingest_message(Mirror& mirror, std::string_view message, std::string_view source,
                            MessageFormat format = MessageFormat::unknown);

}  // namespace kontwin
