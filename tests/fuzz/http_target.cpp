#include "io/http/url.hpp"
#include "tests/fuzz/input.hpp"

// The target of a request line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kontwin;
  const std::string_view text = fuzz::as_text(data, size);
  const HttpTarget target = parse_target(text);
  std::size_t decoded = target.path.size();
  for (const auto& [name, value] : target.query) decoded += name.size() + value.size();
  fuzz::promise(decoded <= text.size(), "decoding makes nothing longer");
  return 0;
}
