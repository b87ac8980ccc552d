#include "io/import/entities.hpp"
#include "tests/fuzz/input.hpp"

// Entities in CSV.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kontwin;
  static const fuzz::InputFile input("entities.csv");
  fuzz::read_damaged(input.with(fuzz::as_text(data, size)), [](const auto& path) {
    WorldParts parts;
    ImportReport report;
    import_entities_csv(path, parts, {.kind = Kind::hospital}, &report);
  });
  return 0;
}
