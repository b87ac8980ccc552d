#include "io/flood/case_raster.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "io/import/fill_holes.hpp"
#include "twin/place_error.hpp"

namespace kontwin::flood {

namespace {

constexpr RasterFile::Range possible_heights_m{-9000, 9000};
constexpr double most_cells = 4e8;

GridShape shape_for(const RasterFile& file, const GridShape& own, const GroundOptions& options) {
  const double cell_m = options.cell_m > 0 ? options.cell_m : own.cell_m;
  LocalBox box = own.box();
  if (options.extent) {
    box = {std::max(box.min_x_m, options.extent->min_x_m),
           std::max(box.min_y_m, options.extent->min_y_m),
           std::min(box.max_x_m, options.extent->max_x_m),
           std::min(box.max_y_m, options.extent->max_y_m)};
    if (box.min_x_m >= box.max_x_m || box.min_y_m >= box.max_y_m) {
      file.fail("has nothing of the extent that is asked for");
    }
  }
  // Whole cells from the file's own corner; an edge that is one but for rounding costs none more.
  constexpr double slack = 1e-6;
  const auto cells_to = [&](double from_m, double to_m) {
    return std::max(0.0, std::floor((to_m - from_m) / cell_m + slack));
  };
  const double left = cells_to(own.left_m, box.min_x_m);
  const double bottom = cells_to(own.bottom_m, box.min_y_m);
  const double columns = std::ceil((box.max_x_m - own.left_m) / cell_m - slack) - left;
  const double rows = std::ceil((box.max_y_m - own.bottom_m) / cell_m - slack) - bottom;
  if (!(columns * rows <= most_cells)) {
    file.fail("would make " + std::to_string(std::llround(columns * rows / 1e6)) +
              " million cells; choose larger ones (cell_m) or a smaller extent");
  }
  return {.left_m = own.left_m + left * cell_m,
          .bottom_m = own.bottom_m + bottom * cell_m,
          .cell_m = cell_m,
          .columns = static_cast<std::size_t>(std::max(columns, 1.0)),
          .rows = static_cast<std::size_t>(std::max(rows, 1.0))};
}

}  // namespace

Ground read_ground(const GroundOptions& options) {
  RasterFile file(options.file.path, options.file.band, options.file.crs,
                  RasterFile::Lies::on_plane, options.file.variable);
  const std::string unit = file.unit();
  if (!unit.empty() && unit != "m" && unit != "metre" && unit != "meter") {
    file.fail("its heights are in '" + unit + "'; metres are needed");
  }
  const GridShape own = file.cells_on(options.plane);
  const GridShape shape = shape_for(file, own, options);
  file.check_rows(possible_heights_m);
  const bool laid_over = !options.plane.empty() && !file.plane().empty();
  using enum RasterFile::Resample;
  const auto how = shape.cell_m > 1.5 * own.cell_m            ? mean
                   : shape.cell_m == own.cell_m && !laid_over ? nearest
                                                              : bilinear;
  Ground ground{file.warp_onto(options.plane, shape, how),
                options.plane.empty() ? file.plane() : options.plane};
  for (float& height_m : ground.elevation_m.values) {
    if (height_m >= possible_heights_m.minimum && height_m <= possible_heights_m.maximum) continue;
    height_m = std::numeric_limits<float>::quiet_NaN();
    ++ground.holes;
  }
  if (ground.holes == shape.cells()) file.fail("holds no height where it is wanted");
  if (options.fill && ground.holes > 0) fill_from_nearest(ground.elevation_m);
  return ground;
}

Raster<float> read_onto(const CaseRaster& from, const std::string& plane, const GridShape& shape,
                        const RasterFile::Range& possible, const std::string& what) {
  RasterFile file(from.path, from.band, from.crs, RasterFile::Lies::on_plane, from.variable);
  file.check_rows({-HUGE_VAL, HUGE_VAL});
  Raster<float> raster = file.warp_onto(plane, shape, RasterFile::Resample::nearest);
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    const float value = raster.values[cell];
    if (std::isnan(value) || (value >= possible.minimum && value <= possible.maximum)) continue;
    const LocalPoint at = shape.center(cell % shape.columns, cell / shape.columns);
    file.fail(what + " is " + std::to_string(value) + " at " + place_text(at) +
              ", and must lie between " + std::to_string(possible.minimum) + " and " +
              std::to_string(possible.maximum));
  }
  return raster;
}

}  // namespace kontwin::flood
