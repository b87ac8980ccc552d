#include "io/wire/observation_wire.hpp"

#include "tests/fuzz/input.hpp"

// kontwin.v1.ObservationBatch. What was taken goes out and in again as it is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kontwin;
  const auto decoded = decode_observations(fuzz::as_text(data, size), "fuzz");
  for (const DecodeError& error : decoded.errors) {
    fuzz::promise(!error.reason.empty(), "an error has a reason");
  }
  const std::string written = encode_observations(decoded.observations);
  const auto again = decode_observations(written, "other");
  fuzz::promise(again.sound(), "what is written can be read");
  fuzz::promise(encode_observations(again.observations) == written,
                "what is read is what was written");
  return 0;
}
