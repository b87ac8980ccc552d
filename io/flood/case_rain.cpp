#include "io/flood/case_rain.hpp"

#include "io/flood/case_raster.hpp"
#include "io/import/rain_bands.hpp"

namespace kontwin::flood {

namespace {

constexpr RasterFile::Range possible_mmph{0, 1000};

}  // namespace

RainRaster read_case_rain(const std::vector<std::pair<Instant, std::filesystem::path>>& files,
                          const FloodCase& flood_case) {
  RainRaster rain;
  for (const RainBand& band : rain_bands(files, RasterFile::Lies::on_plane)) {
    const CaseRaster from{band.path, band.band, "", band.variable};
    if (rain.at.empty()) {
      rain.name = band.path.string();
      const RasterFile file(band.path, band.band, "", RasterFile::Lies::on_plane, band.variable);
      rain.shape = file.cells_on(file.plane().empty() ? "" : flood_case.plane);
    }
    Raster<float> mmph =
        read_onto(from, flood_case.plane, rain.shape,
                  {possible_mmph.minimum, possible_mmph.maximum / band.to_mmph}, "the rain");
    for (float& value : mmph.values) value *= static_cast<float>(band.to_mmph);
    rain.at.push_back(band.at);
    rain.mmph.push_back(std::move(mmph.values));
  }
  return rain;
}

}  // namespace kontwin::flood
