// The examples drawn into the design charts of FHWA's HDS 5.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "scenarios/flood/structure_flow.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::flood {
namespace {

constexpr double foot_m = 0.3048;
constexpr double cubic_foot_m3 = foot_m * foot_m * foot_m;

TEST(FloodCulvertValidation, InletControlPassesWhatTheDesignChartsSay) {
  struct Example {
    std::string inlet;
    double headwater_ft;
  };
  const auto expect = [](Culvert culvert, const Example& example, double discharge_cfs,
                         const std::string& chart) {
    culvert.inlet = *culvert_inlet(example.inlet);
    // Steep and short, with no tail water: the inlet rules.
    culvert.length_m = 10;
    culvert.inlet_invert_m = 0.2;
    validation::expect_within(
        {"flood", "Culvert under inlet control, " + chart + ", " + example.inlet, "m³/s",
         "Example of " + chart +
             " of FHWA (2012), Hydraulic Design of Highway Culverts, HDS 5, read off a nomograph"},
        culvert_m3ps(culvert, false, 0.2 + example.headwater_ft * foot_m, -10),
        discharge_cfs * cubic_foot_m3, 0.05);
  };
  const Culvert pipe{.width_m = 3.5 * foot_m, .height_m = 3.5 * foot_m, .round = true};
  for (const Example& example :
       std::vector<Example>{{"headwall", 8.8}, {"groove", 7.4}, {"projecting_groove", 7.7}}) {
    expect(pipe, example, 120, "chart 1, a pipe of 42 inches");
  }
  const Culvert box{.width_m = 5 * foot_m, .height_m = 2 * foot_m};
  for (const Example& example : std::vector<Example>{
           {"wingwalls_30_75", 3.5}, {"wingwalls_90", 3.8}, {"wingwalls_0", 4.1}}) {
    expect(box, example, 75, "chart 8, a box of 5 by 2 feet");
  }
}

}  // namespace
}  // namespace kontwin::flood
