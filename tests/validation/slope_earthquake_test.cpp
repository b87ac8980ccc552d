// Published references of ground motion.
#include <gtest/gtest.h>

#include <array>
#include <string>

#include "scenarios/slope/ground_motion.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::slope {
namespace {

using validation::Curve;
using validation::expect_within;
using validation::plot;

TEST(EarthquakeValidation, ShakingIsAtkinsons) {
  // Table of the model by the Baker Research Group as OpenQuake ships it (A15_ALT_MEAN.csv).
  struct Row {
    double magnitude, km, g;
  };
  for (const Row& row : {Row{3, 10, 0.001829933},
                         {4, 5, 0.050887824},
                         {5, 10, 0.098301832},
                         {5, 50, 0.00575335},
                         {6, 20, 0.105493403}}) {
    expect_within({"slope",
                   "Peak acceleration, M " + std::to_string(static_cast<int>(row.magnitude)) +
                       " at " + std::to_string(static_cast<int>(row.km)) + " km",
                   "g",
                   "Atkinson (2015), Bull. Seism. Soc. Am. 105(2); values: OpenQuake's table "
                   "A15_ALT_MEAN"},
                  atkinson_2015_g(row.magnitude, row.km), row.g, 0.01);
  }
}

TEST(EarthquakeValidation, ShakingIsBoores) {
  struct Row {
    double magnitude, km, vs30, g;
  };
  for (const Row& row : {Row{3, 20, 760, 0.00069905},
                         {4, 20, 200, 0.00931869},
                         {4, 0, 600, 0.0359044},
                         {6, 20, 400, 0.130701},
                         {6, 75, 600, 0.0234445},
                         {7, 20, 760, 0.144087},
                         {7, 0, 250, 0.506053},
                         {7, 50, 200, 0.112632}}) {
    expect_within({"slope",
                   "Peak acceleration, M " + std::to_string(static_cast<int>(row.magnitude)) +
                       " at " + std::to_string(static_cast<int>(row.km)) + " km, Vs30 " +
                       std::to_string(static_cast<int>(row.vs30)) + " m/s",
                   "g",
                   "Boore, Stewart, Seyhan and Atkinson (2014), Earthquake Spectra 30(3); values: "
                   "OpenQuake's table BSSA_2014_NOSOF_MEAN"},
                  boore_2014_g(row.magnitude, row.km, row.vs30), row.g, 2e-3);
  }
  std::vector<Curve> curves;
  for (const double magnitude : {4.0, 5.0, 6.0}) {
    const std::string name = "M " + std::to_string(static_cast<int>(magnitude));
    Curve atkinson{name + ", Atkinson (2015)", {}, true};
    Curve boore{name + ", Boore et al. (2014)", {}, true};
    for (double km = 8; km < 60; km *= 1.1) {
      atkinson.points.emplace_back(km, atkinson_2015_g(magnitude, km));
      boore.points.emplace_back(km, boore_2014_g(magnitude, km, 760));
    }
    curves.push_back(atkinson);
    curves.push_back(boore);
  }
  plot("slope", "ground-motion", "Median peak acceleration on rock", "distance (km)",
       "peak acceleration (g)", curves);
}

TEST(EarthquakeValidation, GroundIsStifferWhereItIsSteeper) {
  const std::string allen =
      "Wald and Allen (2007), Allen and Wald (2009), Bull. Seism. Soc. Am. 99(2A), table 2, active "
      "regions";
  for (const auto& [slope, vs30] : {std::pair{1e-4, 180.0},
                                    {3.5e-3, 240.0},
                                    {0.018, 360.0},
                                    {0.05, 490.0},
                                    {0.10, 620.0},
                                    {0.14, 760.0}}) {
    expect_within({"slope", "Vs30 on a slope of " + std::to_string(slope), "m/s", allen},
                  vs30_from_slope(slope), vs30, 1e-9);
  }
}

}  // namespace
}  // namespace kontwin::slope
