#include "io/import/network_links.hpp"
#include "io/import/osm.hpp"
#include "tests/fuzz/input.hpp"

// An OpenStreetMap file in XML, up to the entities led to its roads.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kontwin;
  static const fuzz::InputFile input("map.osm");
  fuzz::read_damaged(input.with(fuzz::as_text(data, size)), [](const auto& path) {
    WorldParts parts;
    ImportReport report;
    import_osm(path, parts, {}, &report);
    link_to_network(parts, 2000, &report);
  });
  return 0;
}
