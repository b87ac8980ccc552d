#include "io/import/geotiff.hpp"

#include <cmath>
#include <limits>

#include "io/import/fill_holes.hpp"
#include "io/import/raster_file.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

constexpr RasterFile::Range possible_heights_m{-500, 9000};
constexpr double most_cells = 4e8;

std::string text_of(const LocalBox& box) {
  const auto km = [](double metres) { return std::to_string(std::lround(metres / 1000)); };
  return "x " + km(box.min_x_m) + " to " + km(box.max_x_m) + " km, y " + km(box.min_y_m) + " to " +
         km(box.max_y_m) + " km";
}

/// The grid of whole cells that covers the part of the file that is wanted.
GridShape shape_for(const RasterFile& file, const RasterFile::Outline& outline,
                    const GeoTiffOptions& options) {
  const double cell_m = options.cell_m > 0 ? options.cell_m : outline.cell_m;
  LocalBox box = outline.box;
  if (options.extent) {
    box.min_x_m = std::max(box.min_x_m, options.extent->min_x_m);
    box.min_y_m = std::max(box.min_y_m, options.extent->min_y_m);
    box.max_x_m = std::min(box.max_x_m, options.extent->max_x_m);
    box.max_y_m = std::min(box.max_y_m, options.extent->max_y_m);
    if (box.min_x_m >= box.max_x_m || box.min_y_m >= box.max_y_m) {
      file.fail("does not overlap the world: the file lies at " + text_of(outline.box) +
                " of the world's origin, the world at " + text_of(*options.extent));
    }
  }
  // A hair of slack keeps an edge that is a multiple but for rounding from costing a row of cells.
  constexpr double slack = 1e-6;
  const double left = std::floor(box.min_x_m / cell_m + slack);
  const double bottom = std::floor(box.min_y_m / cell_m + slack);
  const double columns = std::ceil(box.max_x_m / cell_m - slack) - left;
  const double rows = std::ceil(box.max_y_m / cell_m - slack) - bottom;
  if (!(columns * rows <= most_cells)) {
    file.fail("would make " + std::to_string(std::llround(columns * rows / 1e6)) +
              " million cells; choose larger ones (cell_m) or a smaller extent");
  }
  return {.left_m = left * cell_m,
          .bottom_m = bottom * cell_m,
          .cell_m = cell_m,
          .columns = static_cast<std::size_t>(std::max(columns, 1.0)),
          .rows = static_cast<std::size_t>(std::max(rows, 1.0))};
}

Raster<float> roughness(const GridShape& shape, const LocalFrame& frame,
                        const GeoTiffOptions& options, ImportReport& report) {
  Raster<float> manning_n(shape, static_cast<float>(options.manning_n));
  if (!options.land_cover) return manning_n;
  RasterFile file(*options.land_cover, 0, options.crs);
  file.check_rows({-HUGE_VAL, HUGE_VAL});
  const Raster<float> classes = file.warp(frame, shape, RasterFile::Resample::nearest);
  std::size_t unknown = 0;
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    const float value = classes.values[cell];
    constexpr float highest_class = 1e6;  // not a number and what no class can be lie outside
    const auto found = std::abs(value) <= highest_class
                           ? options.roughness.find(static_cast<int>(value))
                           : options.roughness.end();
    if (found == options.roughness.end()) {
      ++unknown;
    } else {
      manning_n.values[cell] = found->second;
    }
  }
  if (unknown > 0) {
    report.note("land cover files with gaps",
                options.land_cover->string() + ": " + std::to_string(unknown) + " of " +
                    std::to_string(shape.cells()) +
                    " cells have no class with a roughness; the default was used there");
  }
  return manning_n;
}

void check_unit(const RasterFile& file) {
  const std::string unit = file.unit();
  if (unit.empty() || unit == "m" || unit == "metre" || unit == "meter") return;
  file.fail("its heights are in '" + unit + "'; metres are needed");
}

}  // namespace

TerrainGrid import_geotiff(const std::filesystem::path& path, const LocalFrame& frame,
                           const std::string& name, const GeoTiffOptions& options,
                           ImportReport* report) {
  ImportReport unread;
  ImportReport& told = report != nullptr ? *report : unread;
  RasterFile file(path, options.band, options.crs);
  check_unit(file);
  const RasterFile::Outline outline = file.outline(frame);
  const GridShape shape = shape_for(file, outline, options);
  file.check_rows(possible_heights_m);
  const auto how = shape.cell_m > 2 * outline.cell_m ? RasterFile::Resample::mean
                                                     : RasterFile::Resample::bilinear;
  Raster<float> elevation_m = file.warp(frame, shape, how);
  for (float& height_m : elevation_m.values) {
    if (!(height_m >= possible_heights_m.minimum && height_m <= possible_heights_m.maximum)) {
      height_m = std::numeric_limits<float>::quiet_NaN();
    }
  }
  const std::size_t holes = fill_from_nearest(elevation_m);
  if (holes == shape.cells()) file.fail("holds no height inside the world's extent");
  told.count("terrain cells", shape.cells());
  if (holes > 0) {
    told.count("cells without a height", holes);
    told.note("terrain files with gaps",
              path.string() + ": " + std::to_string(holes) + " of " +
                  std::to_string(shape.cells()) +
                  " cells have no height; they took that of the nearest cell that has one");
  }
  Raster<float> manning_n = roughness(shape, frame, options, told);
  return {.name = name, .elevation_m = std::move(elevation_m), .manning_n = std::move(manning_n)};
}

}  // namespace kontwin
