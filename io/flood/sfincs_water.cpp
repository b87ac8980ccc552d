#include "io/flood/sfincs_water.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>

#include "io/flood/case_times.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

constexpr double most_m = 9000;

/// The water level at a place: of the two nearest points with a series, by their distances.
TimeSeries level_at(LocalPoint at, const std::vector<SfincsPoint>& points,
                    const std::vector<TimeSeries>& levels) {
  std::size_t first = 0, second = 0;
  double first_m = std::numeric_limits<double>::infinity(), second_m = first_m;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double away_m = distance_m(points[i].at, at);
    if (away_m < first_m) {
      second = first;
      second_m = first_m;
      first = i;
      first_m = away_m;
    } else if (away_m < second_m) {
      second = i;
      second_m = away_m;
    }
  }
  TimeSeries level = levels[first];
  if (std::isinf(second_m) || first_m == 0) return level;
  const double share = second_m / (first_m + second_m);
  for (std::size_t i = 0; i < level.value.size(); ++i) {
    level.value[i] = share * level.value[i] + (1 - share) * levels[second].value[i];
  }
  return level;
}

class SfincsWater {
 public:
  SfincsWater(const SfincsInput& input, const SfincsCells& cells, Instant reference,
              FloodCase& flood_case)
      : input_(input), cells_(cells), reference_(reference), case_(flood_case) {}

  void read() {
    read_boundaries();
    read_discharges();
    read_rain();
    read_start();
  }

 private:
  void read_boundaries() {
    std::vector<SfincsPoint> points;
    std::vector<TimeSeries> levels;
    if (input_.number("bndtype", -1e3, 1e3).value_or(1) != 1) {
      input_.fail("bndtype", "'bndtype' is not 1: levels are the only kind of boundary read");
    }
    if (input_.has("bndfile") != input_.has("bzsfile")) {
      input_.fail(input_.has("bndfile") ? "bndfile" : "bzsfile",
                  "'bndfile' and 'bzsfile' need each other");
    }
    if (const auto file = input_.file("bndfile")) {
      points = read_sfincs_points(*file);
      levels = read_sfincs_series(*input_.file("bzsfile"), reference_, points.size(), -most_m);
      note_short("'bzsfile'", levels.front(), case_);
    }
    const GridShape& shape = cells_.shape();
    std::size_t closed_in = 0;
    for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
      const std::uint8_t mask = cells_.mask()[cell];
      if (mask != SfincsCells::water_level && mask != SfincsCells::outflow) continue;
      if (mask == SfincsCells::water_level && points.empty()) {
        input_.fail("mskfile",
                    "the mask has cells of a water level (2), and there is no 'bndfile'");
      }
      if (!open_cell(cell, points, levels)) ++closed_in;
    }
    if (closed_in == 0) return;
    case_.notes.push_back(std::to_string(closed_in) +
                          " boundary cells have active cells on all four sides: no level is given "
                          "there");
  }

  /// Water stands at the level, or falls off, beyond each side of a boundary cell behind which
  /// nothing is active. Whether there is any.
  bool open_cell(std::size_t cell, const std::vector<SfincsPoint>& points,
                 const std::vector<TimeSeries>& levels) {
    const GridShape& shape = cells_.shape();
    const std::size_t column = cell % shape.columns;
    const std::size_t row = cell / shape.columns;
    const auto inactive = [&](std::size_t other) {
      return cells_.mask()[other] == SfincsCells::inactive;
    };
    EdgePlan plan;
    plan.kind = EdgeCondition::Kind::stage;
    plan.at = {shape.center(column, row)};
    const std::array open{column == 0 || inactive(cell - 1),
                          column + 1 == shape.columns || inactive(cell + 1),
                          row == 0 || inactive(cell - shape.columns),
                          row + 1 == shape.rows || inactive(cell + shape.columns)};
    if (std::ranges::none_of(open, std::identity{})) return false;
    if (cells_.mask()[cell] == SfincsCells::water_level) {
      plan.over_time = level_at(plan.at.front(), points, levels);
    } else {
      // No water beyond: it leaves as over a fall.
      plan.over_time = {{case_.start}, {double{case_.ground().elevation_m.values[cell]}}};
    }
    constexpr std::array sides{GridSide::west, GridSide::east, GridSide::south, GridSide::north};
    for (std::size_t side = 0; side < sides.size(); ++side) {
      if (!open[side]) continue;
      plan.side = sides[side];
      case_.options.edges.push_back(plan);
    }
    return true;
  }

  void read_discharges() {
    if (input_.has("srcfile") != input_.has("disfile")) {
      input_.fail(input_.has("srcfile") ? "srcfile" : "disfile",
                  "'srcfile' and 'disfile' need each other");
    }
    const auto file = input_.file("srcfile");
    if (!file) return;
    const auto points = read_sfincs_points(*file);
    auto series = read_sfincs_series(*input_.file("disfile"), reference_, points.size(), 0);
    note_short("'disfile'", series.front(), case_);
    for (std::size_t i = 0; i < points.size(); ++i) {
      case_.inflows.push_back(
          {"source " + std::to_string(i + 1), {points[i].at}, std::move(series[i])});
    }
  }

  void read_rain() {
    const char* const name = input_.has("precipfile") ? "precipfile" : "prcpfile";
    if (const auto file = input_.file(name)) {
      case_.forcing.rain_mmph = read_sfincs_series(*file, reference_, 1, 0).front();
      note_short("the rain", case_.forcing.rain_mmph, case_);
    }
    const double rate_mmph = input_.number("qinf", 0, 1000).value_or(0);
    const auto storage = input_.file("scsfile");
    if (case_.forcing.rain_mmph.empty()) {
      if (rate_mmph > 0 || storage) {
        case_.notes.push_back("nothing soaks in where there is no rain file, as in SFINCS");
      }
      return;
    }
    if (rate_mmph > 0 && storage) input_.fail("qinf", "stands beside 'scsfile': use one");
    if (rate_mmph > 0) soak_evenly(rate_mmph);
    if (storage) soak_by_curve(*storage);
  }

  void soak_evenly(double rate_mmph) {
    const double above_m = input_.number("qinf_zmin", -most_m, most_m).value_or(0);
    const Raster<float>& ground = case_.ground().elevation_m;
    for (std::size_t cell = 0; cell < ground.values.size(); ++cell) {
      if (case_.outside.front()[cell] != 0 || ground.values[cell] > above_m) continue;
      input_.fail("qinf",
                  "some ground lies no higher than 'qinf_zmin', where nothing soaks in: "
                  "this program has one soil for all of the grid");
    }
    // Green and Ampt's soil with next to no suction takes in what it conducts, and no more.
    FloodOptions& options = case_.options;
    options.infiltration = FloodInfiltration::green_ampt;
    options.soil_conductivity_mmph = rate_mmph;
    options.soil_suction_m = 1e-3;
    options.soil_deficit = 1e-2;
  }

  void soak_by_curve(const std::filesystem::path& file) {
    constexpr double most_inches = 1000;
    const Raster<float> inches = cells_.read(file, 0, most_inches);
    std::optional<float> one;
    for (const float value : inches.values) {
      if (std::isnan(value)) continue;
      if (!one) one = value;
      if (value == *one) continue;
      input_.fail("scsfile",
                  "'scsfile' differs from cell to cell: this program has one curve "
                  "number for all of the grid");
    }
    // Potential retention in inches and curve number: USDA NRCS, National Engineering Handbook 630,
    // ch. 10.
    case_.options.infiltration = FloodInfiltration::curve_number;
    case_.options.curve_number = 1000 / (10 + static_cast<double>(one.value_or(0)));
  }

  void read_start() {
    InitialWater water;
    water.value_m = input_.number("zsini", -most_m, most_m).value_or(0);
    if (const auto file = input_.file("inifile"))
      water.raster = cells_.read(*file, -most_m, most_m);
    case_.initial.push_back(std::move(water));
  }

  const SfincsInput& input_;
  const SfincsCells& cells_;
  Instant reference_;
  FloodCase& case_;
};

}  // namespace

void read_sfincs_water(const SfincsInput& input, const SfincsCells& cells, Instant reference,
                       FloodCase& flood_case) {
  SfincsWater(input, cells, reference, flood_case).read();
}

}  // namespace kontwin::flood
