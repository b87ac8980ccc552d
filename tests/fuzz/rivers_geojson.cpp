#include "io/import/rivers.hpp"

#include "tests/fuzz/input.hpp"

// Rivers in GeoJSON, over flat ground.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kontwin;
  static const fuzz::InputFile input("rivers.geojson");
  static const auto ground = [] {
    const GridShape shape{.left_m = 0, .bottom_m = 0, .cell_m = 50, .columns = 20, .rows = 20};
    auto terrain = std::make_shared<Terrain>();
    terrain->grids.push_back({"flat", Raster<float>(shape, 100), Raster<float>(shape, 0.035F)});
    return terrain;
  }();
  fuzz::read_damaged(input.with(fuzz::as_text(data, size)), [](const auto& path) {
    WorldParts parts;
    parts.terrain = ground;
    ImportReport report;
    import_rivers_geojson(path, parts, 200, &report);
  });
  return 0;
}
