#include "io/import/geotiff.hpp"

#include "tests/fuzz/input.hpp"

// Terrain and land cover from GeoTIFF. The window is small: a user may ask for a large grid, and
// the file that is not trusted must not be able to.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kontwin;
  static const fuzz::InputFile input("ground.tif");
  static const LocalFrame frame{GeoPoint{108.0, 14.4}};
  fuzz::read_damaged(input.with(fuzz::as_text(data, size)), [](const auto& path) {
    GeoTiffOptions options;
    options.cell_m = 100;
    options.extent = LocalBox{0, -3000, 4000, 0};
    options.land_cover = path;
    ImportReport report;
    const TerrainGrid grid = import_geotiff(path, frame, "ground", options, &report);
    for (const float height_m : grid.elevation_m.values) {
      fuzz::promise(height_m >= -500 && height_m <= 9000, "every cell has a possible height");
    }
  });
  return 0;
}
