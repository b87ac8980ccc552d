#include "io/wire/decision_wire.hpp"
#include "tests/fuzz/input.hpp"

// kontwin.v1.Decision. What was taken is written the same way twice.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kontwin;
  const auto decoded = decode_decision(fuzz::as_text(data, size));
  if (!decoded) {
    fuzz::promise(!decoded.error().reason.empty(), "an error has a reason");
    return 0;
  }
  const std::string written = encode_decision(*decoded);
  const auto again = decode_decision(written);
  fuzz::promise(static_cast<bool>(again), "what is written can be read");
  fuzz::promise(encode_decision(*again) == written, "what is read is what was written");
  return 0;
}
