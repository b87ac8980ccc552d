#include "io/flood/lisflood_boundaries.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "io/flood/case_times.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

/// Higher than that, cells without a height are a wall in LISFLOOD-FP, too.
constexpr double wall_m = 9000;
constexpr double most_m = 1e15;

struct Neighbour {
  std::size_t cell = 0;
  GridSide facing = GridSide::west;  // the side of the neighbour that faces the cell
};

std::vector<Neighbour> neighbours_of(const GridShape& shape, std::size_t cell) {
  const std::size_t column = cell % shape.columns, row = cell / shape.columns;
  std::vector<Neighbour> all;
  if (column > 0) all.push_back({cell - 1, GridSide::east});
  if (column + 1 < shape.columns) all.push_back({cell + 1, GridSide::west});
  if (row > 0) all.push_back({cell - shape.columns, GridSide::north});
  if (row + 1 < shape.rows) all.push_back({cell + shape.columns, GridSide::south});
  return all;
}

bool is_level(const BciLine& line) { return line.where == 'P' && line.kind[0] == 'H'; }

}  // namespace

LisfloodBoundaries::LisfloodBoundaries(const LisfloodInput& input, Instant start) : input_(input) {
  if (const auto file = input.file("bcifile")) {
    bci_ = *file;
    lines_ = read_bci(bci_);
  }
  if (const auto file = input.file("bdyfile")) series_ = read_bdy(*file, start);
  const auto outside_m = input.number("nodata_elevation", -most_m, most_m);
  if (!outside_m || *outside_m >= wall_m) return;
  if (!input.has("drain_nodata")) {
    input.fail("nodata_elevation",
               "cells without a height lie outside here: with 'drain_nodata' water falls off into "
               "them, without 'nodata_elevation' they are a wall");
  }
  drains_ = true;
}

void LisfloodBoundaries::fail(const BciLine& line, const std::string& reason) const {
  throw FileError(bci_.string(), line.line, reason);
}

void LisfloodBoundaries::take_levels(Ground& ground) {
  const GridShape& shape = ground.elevation_m.shape;
  for (const BciLine& line : lines_) {
    if (!is_level(line)) continue;
    const LocalPoint at{line.from, line.to};
    if (!shape.contains(at)) fail(line, "lies outside the terrain");
    const std::size_t cell = shape.cell_of(at);
    if (!levels_.insert(cell).second) fail(line, "another level is given in its cell");
    float& height_m = ground.elevation_m.values[cell];
    if (std::isnan(height_m)) fail(line, "lies where the terrain has no height");
    height_m = std::numeric_limits<float>::quiet_NaN();
  }
}

void LisfloodBoundaries::add_to(FloodCase& flood_case) const {
  if ((drains_ || !levels_.empty()) && flood_case.options.scheme != FloodScheme::inertial) {
    input_.fail(drains_ ? "drain_nodata" : "bcifile",
                drains_ ? "'drain_nodata' needs 'acceleration' here"
                        : "a level at a point (P with HFIX or HVAR) needs 'acceleration' here");
  }
  if (!levels_.empty()) {
    flood_case.notes.push_back(bci_.string() + ": " + std::to_string(levels_.size()) +
                               " points with a level: their cells lie outside, and the water of "
                               "their neighbours meets it");
  }
  for (const BciLine& line : lines_) {
    if (is_level(line)) {
      add_level(line, flood_case);
    } else if (line.where == 'P') {
      add_discharge(line, flood_case);
    } else if (line.kind != "CLOSED") {
      add_side(line, flood_case);
    }
  }
  if (drains_) drain_outside(flood_case);
}

TimeSeries LisfloodBoundaries::series_of(const BciLine& line, double factor,
                                         FloodCase& flood_case) const {
  TimeSeries series{{flood_case.start}, {line.value.value_or(0)}};
  if (!line.value) {
    const auto found = series_.find(line.series);
    if (found == series_.end())
      fail(line, "there is no series '" + line.series + "' in the bdyfile");
    series = found->second;
    note_short("series '" + line.series + "'", series, flood_case);
  }
  for (double& value : series.value) {
    value *= factor;
    if (line.kind[0] == 'Q' && value < 0) fail(line, "its discharge falls below 0");
  }
  return series;
}

void LisfloodBoundaries::add_discharge(const BciLine& line, FloodCase& flood_case) const {
  if (line.kind[0] != 'Q') {
    fail(line, "a point of the kind '" + line.kind + "' is not taken, only QFIX, QVAR, HFIX, HVAR");
  }
  const double cell_m = flood_case.ground().elevation_m.shape.cell_m;
  const std::string name =
      (line.series.empty() ? "QFIX" : line.series) + " line " + std::to_string(line.line);
  flood_case.inflows.push_back({name, {{line.from, line.to}}, series_of(line, cell_m, flood_case)});
}

void LisfloodBoundaries::add_level(const BciLine& line, FloodCase& flood_case) const {
  const GridShape& shape = flood_case.ground().elevation_m.shape;
  EdgePlan plan;
  plan.kind = EdgeCondition::Kind::stage;
  plan.over_time = series_of(line, 1, flood_case);
  bool any = false;
  for (const Neighbour& neighbour : neighbours_of(shape, shape.cell_of({line.from, line.to}))) {
    if (flood_case.outside.front()[neighbour.cell] != 0) continue;
    plan.at = {shape.center(neighbour.cell % shape.columns, neighbour.cell / shape.columns)};
    plan.side = neighbour.facing;
    flood_case.options.edges.push_back(plan);
    any = true;
  }
  if (!any) fail(line, "no water can meet its level: it has no ground beside it");
}

void LisfloodBoundaries::add_side(const BciLine& line, FloodCase& flood_case) const {
  const GridShape& shape = flood_case.ground().elevation_m.shape;
  const LocalBox box = shape.box();
  EdgePlan plan;
  plan.side = line.where == 'N'   ? GridSide::north
              : line.where == 'E' ? GridSide::east
              : line.where == 'S' ? GridSide::south
                                  : GridSide::west;
  const bool along_x = line.where == 'N' || line.where == 'S';
  const auto [low, high] = std::minmax(line.from, line.to);
  plan.part = along_x ? std::pair{LocalPoint{low, box.min_y_m}, LocalPoint{high, box.min_y_m}}
                      : std::pair{LocalPoint{box.min_x_m, low}, LocalPoint{box.min_x_m, high}};
  double width_m = 0;
  for (std::size_t i = 0; i < (along_x ? shape.columns : shape.rows); ++i) {
    const LocalPoint center = along_x ? shape.center(i, 0) : shape.center(0, i);
    const double own_m = along_x ? center.x_m : center.y_m;
    if (own_m >= low && own_m <= high) width_m += shape.cell_m;
  }
  if (width_m == 0) fail(line, "no cell of that side lies in its part");
  using enum EdgeCondition::Kind;
  if (line.kind == "FREE") {
    plan.kind = line.value ? slope : transmissive;
    plan.slope = line.value.value_or(0);
    if (plan.slope < 0 || plan.slope > 1) fail(line, "a slope lies between 0 and 1");
  } else if (line.kind[0] == 'H') {
    plan.kind = stage;
    plan.over_time = series_of(line, 1, flood_case);
  } else {
    plan.kind = discharge;
    plan.over_time = series_of(line, width_m, flood_case);
  }
  flood_case.options.edges.push_back(std::move(plan));
}

/// No water stands beyond the sides where the ground ends inside the grid: it leaves as over a
/// fall.
void LisfloodBoundaries::drain_outside(FloodCase& flood_case) const {
  const Raster<float>& ground = flood_case.ground().elevation_m;
  const GridShape& shape = ground.shape;
  const std::vector<char>& outside = flood_case.outside.front();
  EdgePlan plan;
  plan.kind = EdgeCondition::Kind::stage;
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    if (outside[cell] == 0 || levels_.contains(cell)) continue;
    for (const Neighbour& neighbour : neighbours_of(shape, cell)) {
      if (outside[neighbour.cell] != 0) continue;
      plan.at = {shape.center(neighbour.cell % shape.columns, neighbour.cell / shape.columns)};
      plan.side = neighbour.facing;
      plan.over_time = {{flood_case.start}, {double{ground.values[neighbour.cell]}}};
      flood_case.options.edges.push_back(plan);
    }
  }
}

}  // namespace kontwin::flood
