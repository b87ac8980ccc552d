#include "io/import/entities.hpp"
#include "tests/fuzz/input.hpp"

// Entities in GeoJSON.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kontwin;
  static const fuzz::InputFile input("entities.geojson");
  fuzz::read_damaged(input.with(fuzz::as_text(data, size)), [](const auto& path) {
    WorldParts parts;
    ImportReport report;
    import_entities_geojson(path, parts, {.kind = Kind::hospital}, &report);
  });
  return 0;
}
