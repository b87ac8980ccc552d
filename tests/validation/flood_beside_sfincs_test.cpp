// Cases made for SFINCS whose results with SFINCS itself were published.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <sstream>
#include <string>
#include <vector>

#include "io/flood/flood_case_run.hpp"
#include "io/flood/sfincs.hpp"
#include "scenarios/flood/scheme.hpp"
#include "tests/io/flood/sfincs_files.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/validation/flood_case.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::flood {
namespace {

using std::numbers::pi;

std::string sfincs_case(const std::string& name) {
  return "SFINCS (Deltares) run on its processors by the authors of github.com/b/SFINCS, "
         "tests/cases/" +
         name + "/README.md (2026)";
}

/// The highest level of a day on a shelf of 25 x 25 km that rises from -10 m in the west to 5 m,
/// with a hollow in its middle. The tide (of two harmonics) begins with a step of 1.55 m on water
/// at rest, so a bore comes first. The case has cells of 50 m; here they are of 200 m.
double highest_of_the_tide_m(FloodScheme scheme) {
  constexpr std::size_t across = 125;
  constexpr double cell_m = 200, fine_m = 50, fine_cells = 500;
  TerrainGrid grid = validation::flat(across, across, cell_m, 0.024F);
  const GridShape& shape = grid.elevation_m.shape;
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    const LocalPoint at = shape.center(cell % across, cell / across);
    // The number of the case's cell there, from 1 on.
    const double m = at.x_m / fine_m + 0.5, n = at.y_m / fine_m + 0.5;
    const double from_hollow2 = std::pow(m - fine_cells / 2, 2) + std::pow(n - fine_cells / 2, 2);
    grid.elevation_m.values[cell] = static_cast<float>(
        -10 + 15 * (m - 1) / (fine_cells - 1) - 2 * std::exp(-from_hollow2 / (2 * 50.0 * 50.0)));
  }
  ComputeArena arena(1);
  FloodOptions options;
  options.scheme = scheme;
  options.closed_edges = true;
  const auto water = make_solver(grid, options, arena);
  for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
    water->set_depth(cell, std::max(0.0, -water->ground_m(cell)));
  }
  constexpr double window_s = 60, day_s = 86400, wet_m = 0.05;
  double highest_m = 0;
  std::vector<float> depth_m(shape.cells());
  for (double from_s = 0; from_s < day_s; from_s += window_s) {
    const double at_s = from_s + window_s / 2;
    const double level_m = std::cos(2 * pi * at_s / (12.4206 * 3600)) +
                           0.25 * std::cos(2 * pi * at_s / (6.2103 * 3600)) + 0.3;
    for (std::size_t row = 0; row < across; ++row) {
      water->set_edge(shape.at(0, row), GridSide::west,
                      {.kind = EdgeCondition::Kind::stage, .stage_m = level_m});
    }
    water->advance(window_s);
    water->copy_depths(depth_m);
    for (std::size_t cell = 0; cell < shape.cells(); ++cell) {
      if (static_cast<double>(depth_m[cell]) < wet_m) continue;
      highest_m = std::max(highest_m, water->ground_m(cell) + static_cast<double>(depth_m[cell]));
    }
  }
  return highest_m;
}

TEST(FloodBesideSfincs, ATideThatBeginsAsABoreStandsAsHighAsInSfincs) {
  constexpr double sfincs_m = 2.0601;
  const std::string source = sfincs_case("case_prod_regular_tide");
  const std::string tide = "tide over a shelf, highest level of a day, cells of 200 m for 50 m";
  validation::expect_within({"flood", "Finite volumes beside SFINCS: " + tide, "m", source},
                            highest_of_the_tide_m(FloodScheme::finite_volume), sfincs_m, 0.02);
  // SFINCS carries momentum in this case; the inertial scheme does not.
  validation::expect_within({"flood", "Local inertial beside SFINCS: " + tide, "m", source},
                            highest_of_the_tide_m(FloodScheme::inertial), sfincs_m, 0.1);
}

/// A river of 5 to 50 m³/s down a channel of 400 m width in a plain, over a weir into a tide; with
/// rain and soils by the curve number. Of the case's 400 rows those 2 km beside the river; without
/// the noise of 5 cm on its ground.
class RiverCase {
 public:
  RiverCase() {
    const auto everywhere = [](int column, int) { return column == 0 ? 2 : 1; };
    const testing::SfincsMaps maps{columns, rows, everywhere};
    folder_.write("sfincs.msk", maps.text(everywhere));
    folder_.write("sfincs.dep", maps.text([](int column, int row) {
      const double away_m = std::abs((row + 0.5) * 50 - rows * 25.0);
      const double channel_m = away_m < 200 ? 1.5 * std::pow(std::cos(pi * away_m / 400), 2) : 0;
      return -3 + 8.0 * column / (columns - 1) - channel_m;
    }));
    folder_.write("sfincs.scs", maps.text([](int column, int) {
      const double x_m = (column + 0.5) * 50;
      const bool paved = x_m >= 3000 && x_m < 5500, forest = x_m >= 12000 && x_m < 14500;
      return 1000 / (paved ? 95.0 : forest ? 65.0 : 80.0) - 10;
    }));
    // The phases that the case's generator drew for its three points.
    std::ostringstream tide;
    for (int t_s = 0; t_s <= 86400; t_s += 1800) {
      tide << t_s;
      for (const double phase : {5.15280, 1.96543, 0.69192}) {
        tide << ' '
             << 0.05 + 0.6 * std::sin(2 * pi * t_s / (12.42 * 3600) + phase) +
                    0.15 * std::sin(2 * pi * t_s / (6.21 * 3600) + 2 * phase);
      }
      tide << '\n';
    }
    folder_.write("sfincs.bzs", tide.str());
    folder_.write("sfincs.bnd", "0 -5500\n0 2000\n0 9500\n");
    folder_.write("sfincs.src", "19725 2000\n");
    folder_.write("sfincs.dis", "0 5\n14400 5\n16200 50\n50400 50\n52200 8\n79200 5\n86400 5\n");
    folder_.write("sfincs.weir", "weir\n2 4\n10000 1500 1 0.6\n10000 2500 1 0.6\n");
    folder_.write("sfincs.prcp", "0 0\n7200 0\n7201 2\n43200 2\n43201 0\n86400 0\n");
    folder_.write("sfincs.inp",
                  "mmax = 400\nnmax = 80\ndx = 50\ndy = 50\nx0 = 0\ny0 = 0\n"
                  "tref = 20200101 000000\ntstart = 20200101 000000\ntstop = 20200102 000000\n"
                  "dthisout = 3600\nalpha = 0.5\ntheta = 1.0\nmanning = 0.024\nhuthresh = 0.05\n"
                  "zsini = 0\ninputformat = asc\nadvection = 1\ndepfile = sfincs.dep\n"
                  "mskfile = sfincs.msk\nbndfile = sfincs.bnd\nbzsfile = sfincs.bzs\n"
                  "srcfile = sfincs.src\ndisfile = sfincs.dis\nweirfile = sfincs.weir\n"
                  "scsfile = sfincs.scs\nprecipfile = sfincs.prcp\n");
    ComputeArena arena(1);
    outcome_ = run_flood_case(read_sfincs(folder_.path() / "sfincs.inp"), arena);
  }
  /// Of the cells that were wet.
  double highest_m() const {
    double highest_m = -1e9;
    for (std::size_t cell = 0; cell < depth_m().values.size(); ++cell) {
      if (depth_m().values[cell] >= 0.05F) highest_m = std::max(highest_m, level_m(cell));
    }
    return highest_m;
  }
  /// In the river's middle, `x_m` from the sea.
  double highest_m(double x_m) const { return level_m(depth_m().shape.cell_of({x_m, 1990})); }

 private:
  static constexpr int columns = 400, rows = 80;

  const Raster<float>& depth_m() const { return outcome_.summary.maps.front().raster; }
  double level_m(std::size_t cell) const {
    return static_cast<double>(outcome_.ground_m.front().values[cell] + depth_m().values[cell]);
  }

  testing::ScratchFolder folder_;
  CaseOutcome outcome_;
};

TEST(FloodBesideSfincs, ARiverOverAWeirStandsAsHighAsInSfincs) {
  const RiverCase river;
  const std::string source = sfincs_case("case_prod_riverine");
  const std::string of = "Local inertial beside SFINCS, read from its files: river, ";
  validation::expect_within({"flood", of + "highest level of a day", "m", source},
                            river.highest_m(), 4.2073, 0.01);
  validation::expect_within({"flood", of + "highest level above the weir (about)", "m", source},
                            river.highest_m(10100), 1.23, 0.1);
}

}  // namespace
}  // namespace kontwin::flood
