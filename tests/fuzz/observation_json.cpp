#include "io/wire/observation_wire.hpp"
#include "tests/fuzz/input.hpp"

// Observations in JSON. What was taken goes out and in again as it is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kontwin;
  const auto decoded = decode_observations_json(fuzz::as_text(data, size), "fuzz");
  for (const DecodeError& error : decoded.errors) {
    fuzz::promise(!error.reason.empty(), "an error has a reason");
  }
  for (const Observation& observation : decoded.observations) {
    const std::string written = encode_observation_json(observation);
    const auto again = decode_observations_json(written, "other");
    fuzz::promise(again.sound() && again.observations.size() == 1, "what is written can be read");
    fuzz::promise(encode_observation_json(again.observations.front()) == written,
                  "what is read is what was written");
  }
  return 0;
}
