#include "io/flood/sfincs_water.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>

#include "io/flood/case_times.hpp"
#include "io/flood/sfincs_rain.hpp"
#include "io/flood/sfincs_stations.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

constexpr double most_m = 9000;
constexpr double most_mmph = 1000;
constexpr double most_inches = 1000;
constexpr double usual_abstraction = 0.2;

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
    if (input_.number("bndtype", -1e3, 1e3).value_or(1) != 1) {
      input_.fail("bndtype", "'bndtype' is not 1: levels are the only kind of boundary read");
    }
    const auto [points, levels] =
        read_stations("bndfile", "bzsfile", "netbndbzsbzifile", "zs", -most_m);
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
    auto [points, series] = read_stations("srcfile", "disfile", "netsrcdisfile", "discharge", 0);
    for (std::size_t i = 0; i < points.size(); ++i) {
      case_.inflows.push_back(
          {"source " + std::to_string(i + 1), {points[i].at}, std::move(series[i])});
    }
  }

  /// Of two text files, or of one netCDF file; none where the case names neither.
  SfincsStations read_stations(const std::string& places, const std::string& values,
                               const std::string& both, const std::string& variable,
                               double lowest) {
    if (input_.has(places) != input_.has(values)) {
      input_.fail(input_.has(places) ? places : values,
                  "'" + places + "' and '" + values + "' need each other");
    }
    SfincsStations stations;
    const auto file = input_.file(both);
    if (file && input_.has(places)) {
      input_.fail(both, "'" + both + "' stands beside '" + places + "': use one");
    }
    if (file) {
      stations = read_sfincs_stations(*file, variable, lowest, case_.turn);
    } else if (const auto text = input_.file(places)) {
      stations.points = read_sfincs_points(*text, case_.turn);
      stations.series =
          read_sfincs_series(*input_.file(values), reference_, stations.points.size(), lowest);
    } else {
      return stations;
    }
    note_short("'" + (file ? both : values) + "'", stations.series.front(), case_);
    return stations;
  }

  void read_rain() {
    const char* const name = input_.has("prcfile")    ? "prcfile"
                             : input_.has("prcpfile") ? "prcpfile"
                                                      : "precipfile";
    if (const auto file = input_.file(name)) {
      case_.forcing.rain_mmph = read_sfincs_series(*file, reference_, 1, 0).front();
      note_short("the rain", case_.forcing.rain_mmph, case_);
    }
    read_sfincs_rain_by_place(input_, case_);
    read_soils();
  }

  void read_soils() {
    const double rate_mmph = input_.number("qinf", 0, most_mmph).value_or(0);
    const auto rates = input_.file("qinffile");
    const auto storage = input_.file("scsfile");
    if (rate_mmph <= 0 && !rates && !storage) return;
    if (case_.forcing.rain_mmph.empty() && case_.forcing.rain_raster == nullptr) {
      case_.notes.push_back("nothing soaks in where there is no rain file, as in SFINCS");
      return;
    }
    // SFINCS' own order, where more than one is there.
    if (rate_mmph > 0) {
      if (rates || storage) case_.notes.push_back("'qinf' counts over soils by cell, as in SFINCS");
      soak_evenly(rate_mmph);
    } else if (rates) {
      case_.options.soaking_mmph = by_cell(cells_.read(*rates, 0, most_mmph), 1);
    } else {
      if (input_.number("sfacinf", 0, 1).value_or(usual_abstraction) != usual_abstraction) {
        input_.fail("sfacinf", "the curve number method has an initial abstraction of 0.2 here");
      }
      case_.options.retention_mm = by_cell(cells_.read(*storage, 0, most_inches), 25.4F);
    }
  }

  /// Where the ground lies above a level.
  void soak_evenly(double rate_mmph) {
    const double above_m = input_.number("qinf_zmin", -most_m, most_m).value_or(0);
    const Raster<float>& ground = case_.ground().elevation_m;
    for (const float height_m : ground.values) {
      case_.options.soaking_mmph.push_back(height_m > above_m ? static_cast<float>(rate_mmph) : 0);
    }
  }

  /// Nothing soaks in outside.
  static std::vector<float> by_cell(Raster<float> given, float factor) {
    for (float& value : given.values) value = std::isnan(value) ? 0 : value * factor;
    return std::move(given.values);
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
