#include "io/import/rain_rasters.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "io/import/rain_bands.hpp"
#include "io/import/raster_file.hpp"

namespace kontwin {

namespace {

constexpr RasterFile::Range possible_mmph{0, 1000};
constexpr double most_cells = 4e6;

/// The whole cells that touch a file's outline.
GridShape shape_of(const RasterFile& file, const RasterFile::Outline& outline) {
  const double cell_m = outline.cell_m;
  // An edge that is a multiple but for rounding must not cost a row of cells.
  constexpr double slack = 1e-3;
  const double left = std::floor(outline.box.min_x_m / cell_m + slack);
  const double bottom = std::floor(outline.box.min_y_m / cell_m + slack);
  const double columns = std::ceil(outline.box.max_x_m / cell_m - slack) - left;
  const double rows = std::ceil(outline.box.max_y_m / cell_m - slack) - bottom;
  if (columns * rows > most_cells) file.fail("has more than 4 million cells: choose larger ones");
  return {.left_m = left * cell_m,
          .bottom_m = bottom * cell_m,
          .cell_m = cell_m,
          .columns = static_cast<std::size_t>(std::max(columns, 1.0)),
          .rows = static_cast<std::size_t>(std::max(rows, 1.0))};
}

}  // namespace

RainRaster read_rain_rasters(const std::vector<std::pair<Instant, std::filesystem::path>>& files,
                             const World& world) {
  RainRaster rain;
  for (const RainBand& band : rain_bands(files, RasterFile::Lies::on_earth)) {
    RasterFile file(band.path, band.band, "", RasterFile::Lies::on_earth, band.variable);
    if (rain.at.empty()) {
      rain.name = band.path.string();
      rain.shape = shape_of(file, file.outline(world.frame()));
    }
    file.check_rows({possible_mmph.minimum, possible_mmph.maximum / band.to_mmph});
    Raster<float> mmph = file.warp(world.frame(), rain.shape, RasterFile::Resample::nearest);
    for (float& value : mmph.values) value *= static_cast<float>(band.to_mmph);
    for (std::size_t cell = 0; cell < mmph.values.size(); ++cell) {
      const float value = mmph.values[cell];
      if (std::isnan(value) || (value >= 0 && value <= 1000)) continue;
      const LocalPoint at = rain.shape.center(cell % rain.shape.columns, cell / rain.shape.columns);
      file.fail("its rain at x " + std::to_string(std::lround(at.x_m)) + " m, y " +
                std::to_string(std::lround(at.y_m)) + " m of the world's frame is " +
                std::to_string(value) + ", and must lie between 0 and 1000 mm/h");
    }
    rain.at.push_back(band.at);
    rain.mmph.push_back(std::move(mmph.values));
  }
  return rain;
}

}  // namespace kontwin
