#include <algorithm>
#include <cmath>

#include "io/flood/case_rain.hpp"
#include "io/flood/case_raster.hpp"
#include "io/flood/case_reader.hpp"
#include "io/flood/case_series.hpp"
#include "io/flood/case_times.hpp"
#include "scenarios/file/rain_reader.hpp"
#include "scenarios/file/water_edits.hpp"

namespace kontwin::flood {

namespace {

constexpr RasterFile::Range possible_level_m{-9000, 9000};
constexpr double deepest_m = 100;

SeriesColumns read_columns(TomlReader& table) {
  SeriesColumns columns;
  columns.value = table.text("column").value_or("");
  const std::string unit = table.text("time_unit").value_or("s");
  if (unit != "s" && unit != "min" && unit != "h") {
    table.fail("time_unit", "'" + unit + "' is none of: s, min, h");
  }
  columns.time_unit_s = unit == "h" ? 3600 : unit == "min" ? 60 : 1;
  if (!table.has("columns")) return columns;
  const auto places = table.numbers("columns");
  if (places.size() != 2 || places[0] < 1 || places[1] < 1) {
    table.fail("columns", "are two numbers from 1: the place of the time, and that of the values");
  }
  columns.time_place = static_cast<std::size_t>(places[0]);
  columns.value_place = static_cast<std::size_t>(places[1]);
  return columns;
}

CaseInflow read_inflow(TomlReader table, const FileTerms& terms, FloodCase& flood_case) {
  CaseInflow inflow;
  inflow.name = table.required_text("name");
  if (table.has("place") == table.has("line")) {
    table.fail("", "needs either 'place' or 'line'");
  }
  inflow.line =
      table.has("place") ? std::vector{terms.place(table, "place")} : terms.places(table, "line");
  if (inflow.line.empty()) table.fail("line", "needs points");
  inflow.discharge_m3ps = read_case_quantity(table, "discharge_m3ps", flood_case, 0);
  if (inflow.discharge_m3ps.empty()) {
    table.fail("", "the field 'discharge_m3ps' is missing");
  }
  table.finish();
  note_short("inflow '" + inflow.name + "'", inflow.discharge_m3ps, flood_case);
  return inflow;
}

/// Whether a ring holds the middle of a cell of the case's own grid.
bool holds_a_cell(std::span<const LocalPoint> ring, const GridShape& shape) {
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    if (inside(ring, shape.center(cell % shape.columns, cell / shape.columns))) return true;
  }
  return false;
}

InitialWater read_initial(TomlReader table, const FloodCase& flood_case) {
  InitialWater water;
  const bool level = table.has("level_m");
  if (level == table.has("depth_m")) table.fail("", "needs either 'level_m' or 'depth_m'");
  const char* const field = level ? "level_m" : "depth_m";
  water.told = level ? InitialWater::Told::level : InitialWater::Told::depth;
  if (table.is_text(field)) {
    const CaseRaster raster{table.resolve(table.required_text(field))};
    water.raster = read_onto(raster, flood_case.plane, flood_case.ground().elevation_m.shape,
                             level ? possible_level_m : RasterFile::Range{0, deepest_m},
                             level ? "the level" : "the depth");
  } else {
    water.value_m =
        level ? table.required_number(field, possible_level_m.minimum, possible_level_m.maximum)
              : table.required_number(field, 0, deepest_m);
  }
  water.inside = table.points("inside");
  if (!water.inside.empty() && water.inside.size() < 3) {
    table.fail("inside", "needs three points or more");
  }
  if (!water.inside.empty() && !holds_a_cell(water.inside, flood_case.ground().elevation_m.shape)) {
    table.fail("inside", "holds the middle of no cell of the terrain");
  }
  table.finish();
  return water;
}

std::string origin_of(const TomlReader& table) {
  return table.path().string() + ":" + std::to_string(table.line());
}

AddBarrier read_wall(TomlReader table, const FileTerms& terms) {
  AddBarrier wall;
  wall.line = terms.places(table, "line");
  if (wall.line.size() < 2) table.fail("line", "needs two points or more");
  wall.height_m = table.required_number("height_m", 0.01, 100);
  table.finish();
  return wall;
}

}  // namespace

TimeSeries read_case_quantity(TomlReader& table, std::string_view field,
                              const FloodCase& flood_case, double lowest) {
  TimeSeries series;
  const SeriesColumns columns = read_columns(table);
  if (!table.has(field)) return series;
  if (table.is_text(field)) {
    return read_case_series(table.resolve(table.required_text(field)), columns, flood_case.start,
                            flood_case.dated, lowest);
  }
  if (table.has("column") || table.has("columns")) {
    table.fail(table.has("column") ? "column" : "columns", "is of a CSV file, and none is named");
  }
  if (table.is_number(field)) {
    series.at.push_back(flood_case.start);
    series.value.push_back(table.required_number(field, lowest));
    return series;
  }
  for (const auto& [at, value] : table.series(field, flood_case.start)) {
    if (value < lowest) table.fail(field, "each value must be 0 or more");
    series.at.push_back(at);
    series.value.push_back(value);
  }
  return series;
}

void read_case_water(TomlReader& root, const FileTerms& terms, FloodCase& flood_case) {
  for (TomlReader& table : root.tables("inflow")) {
    flood_case.inflows.push_back(read_inflow(table, terms, flood_case));
  }
  if (auto rain = root.table("rain")) {
    kontwin::read_rain(
        *rain, terms, [&](const auto& files) { return read_case_rain(files, flood_case); },
        flood_case.forcing);
    note_short("the rain", flood_case.forcing.rain_mmph, flood_case);
    // That the last raster holds for good is how rasters are told; that the first does so before
    // its moment may surprise.
    if (const auto& rasters = flood_case.forcing.rain_raster; rasters != nullptr) {
      note_short("the rain", TimeSeries{{rasters->at.front()}, {0}}, flood_case);
    }
  }
  for (TomlReader& table : root.tables("initial")) {
    flood_case.initial.push_back(read_initial(table, flood_case));
  }
  for (TomlReader& table : root.tables("wall")) {
    flood_case.edits.push_back({flood_case.start, read_wall(table, terms), origin_of(table)});
  }
  for (TomlReader& table : root.tables("breach")) {
    const auto after = table.duration("at");
    StartBreach breach = read_levee_breach(table, terms);
    const GridShape& shape = flood_case.ground().elevation_m.shape;
    if (!shape.contains(breach.place)) table.fail("place", "lies outside the terrain");
    if (after.value_or(Duration{0}) >= flood_case.length) {
      flood_case.notes.push_back("the breach of line " + std::to_string(table.line()) +
                                 " comes after the end");
    }
    table.finish();
    flood_case.edits.push_back(
        {flood_case.start + after.value_or(Duration{0}), std::move(breach), origin_of(table)});
  }
  std::ranges::stable_sort(flood_case.edits, {}, &TimedEdit::at);
}

}  // namespace kontwin::flood
