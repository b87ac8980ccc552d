#include "io/flood/sfincs_rain.hpp"

#include <algorithm>
#include <cmath>

#include "io/flood/case_rain.hpp"
#include "io/flood/case_times.hpp"
#include "io/import/raster_file.hpp"

namespace kontwin::flood {

namespace {

/// Rain falls on a tile of the flood's grid at a time: no finer cells are worth while.
constexpr double finest_cells = 8;
/// The steps by which the straight line between the middles of two cells is followed.
constexpr double steps = 4;

/// Rain on the plane, along the axes of a case's grid and over all of it.
RainRaster laid_along(const RainRaster& rain, const FloodCase& flood_case) {
  const GridShape& grid = flood_case.ground().elevation_m.shape;
  RainRaster laid;
  laid.name = rain.name;
  laid.at = rain.at;
  laid.shape.cell_m = std::max(rain.shape.cell_m / steps, finest_cells * grid.cell_m);
  laid.shape.left_m = grid.left_m;
  laid.shape.bottom_m = grid.bottom_m;
  const auto cells = [&](std::size_t count) {
    return static_cast<std::size_t>(
        std::ceil(static_cast<double>(count) * grid.cell_m / laid.shape.cell_m));
  };
  laid.shape.columns = cells(grid.columns);
  laid.shape.rows = cells(grid.rows);
  Raster<float> from(rain.shape);
  for (const std::vector<float>& mmph : rain.mmph) {
    from.values = mmph;
    std::vector<float>& to = laid.mmph.emplace_back(laid.shape.cells());
    for (std::size_t cell = 0; cell < to.size(); ++cell) {
      const LocalPoint at = flood_case.turn.on_plane(
          laid.shape.center(cell % laid.shape.columns, cell / laid.shape.columns));
      to[cell] = static_cast<float>(interpolate(from, at));
    }
  }
  return laid;
}

void note_reach(const RainRaster& rain, FloodCase& flood_case) {
  const GridShape& grid = flood_case.ground().elevation_m.shape;
  const std::size_t beyond = static_cast<std::size_t>(std::ranges::count_if(
      flood_case.outside.front(), [&, cell = std::size_t{0}](char is) mutable {
        const std::size_t of = cell++;
        return is == 0 && !rain.shape.contains(flood_case.turn.on_plane(
                              grid.center(of % grid.columns, of / grid.columns)));
      }));
  if (beyond == 0) return;
  flood_case.notes.push_back("'netamprfile' does not reach " + std::to_string(beyond) +
                             " active cells: the nearest of its rain falls there");
}

}  // namespace

void read_sfincs_rain_by_place(const SfincsInput& input, FloodCase& flood_case) {
  const auto file = input.file("netamprfile");
  if (!file) return;
  if (!flood_case.forcing.rain_mmph.empty()) {
    input.fail("netamprfile", "stands beside rain over all: use one");
  }
  const RasterFile rain(*file, 1, "", RasterFile::Lies::on_plane, "Precipitation");
  const auto zero = rain.time_zero();
  const auto first_s = rain.time_s(1);
  if (!zero || !first_s) {
    rain.fail(
        "does not say at what moments its rain is: 'time' needs units such as 'minutes since "
        "2010-02-05 00:00:00', in UTC");
  }
  std::filesystem::path variable = *file;
  variable += "#Precipitation";
  const RainRaster on_plane =
      read_case_rain({{*zero + from_seconds(*first_s), variable}}, flood_case);
  note_reach(on_plane, flood_case);
  flood_case.forcing.rain_raster =
      std::make_shared<const RainRaster>(laid_along(on_plane, flood_case));
  const char* const block = input.has("amprblock") ? "amprblock" : "ampr_block";
  if (!input.flag(block).value_or(true)) {
    flood_case.notes.push_back(std::string(block) +
                               ": the rain of each moment is held until the next");
  }
  TimeSeries times;
  times.at = on_plane.at;
  note_short("the rain", times, flood_case);
}

}  // namespace kontwin::flood
