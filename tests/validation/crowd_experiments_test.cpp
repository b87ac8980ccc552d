#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "tests/validation/crowd_case.hpp"
#include "tests/validation/crowd_ring.hpp"
#include "tests/validation/validation.hpp"

// Experiments on which no figure of the model was chosen, and how it fares on them; but for the
// side on which people pass, which was chosen on streams against each other.

namespace kontwin::validation {
namespace {

using crowd::CrowdOutcome;
using crowd::CrowdScenario;
using crowd::MovementOptions;

/// Density and speed of an experiment, means over a span of densities.
struct Seen {
  double per_m2, mps;
};

TEST(CrowdExperiments, CorridorOf1800MillimetresInOneDirection) {
  // Runs 060, 140 and 230 of the closed corridor, by spans of 0.5 persons/m².
  const std::string source =
      "Hermes 2009 (Zhang, Klingsch, Schadschneider and Seyfried 2011, J. Stat. Mech. P06004), "
      "runs "
      "ug-180, as kept with JuPedSim (systemtest/Validation/2test_2D)";
  Curve model{"model", {}, false}, seen{"ug-180", {}, false};
  for (const Seen& at :
       std::array<Seen, 4>{{{1.22, 0.782}, {2.82, 0.309}, {3.15, 0.246}, {3.65, 0.202}}}) {
    const double mps = Ring(at.per_m2, MovementOptions::Model::anticipation, 1.8F).mean_speed_mps();
    model.points.emplace_back(at.per_m2, mps);
    seen.points.emplace_back(at.per_m2, at.mps);
    expect_at_most({"crowd",
                    "Corridor of 1.8 m, " + std::to_string(at.per_m2).substr(0, 4) +
                        " persons/m²: speed beside the experiment",
                    "m/s off", source},
                   std::abs(mps - at.mps), 0.2);
  }
  plot("crowd", "corridor-one-way", "Corridor of 1.8 m, one way", "persons/m²", "m/s",
       {model, seen});
}

TEST(CrowdExperiments, StreamsAgainstEachOther) {
  // Runs of 3.6 m with 2 m at both ends; people mix at will and find their lanes. The most that one
  // way carried was 2.0 persons a metre and second, of both ways 1.5.
  const std::string source =
      "Zhang, Klingsch, Schadschneider and Seyfried 2012, J. Stat. Mech. P02002, BOT-360-200-200";
  constexpr float width_m = 3.6F;
  const auto mean_mps = [](double per_m2, bool both_ways) {
    double sum = 0;
    constexpr std::uint64_t draws = 3;
    for (std::uint64_t draw = 0; draw < draws; ++draw) {
      sum += Ring(per_m2, MovementOptions::Model::anticipation, width_m, both_ways, 1 + 10 * draw)
                 .mean_speed_mps();
    }
    return sum / draws;
  };
  Curve one{"one way", {}, true}, both{"both ways", {}, true}, seen{"BOT-360-200-200", {}, false};
  for (const double per_m2 : {0.5, 1.0, 1.5, 2.0}) {
    one.points.emplace_back(per_m2, mean_mps(per_m2, false));
    both.points.emplace_back(per_m2, mean_mps(per_m2, true));
    expect_at_least({"crowd",
                     "Streams against each other, " + std::to_string(per_m2).substr(0, 3) +
                         " persons/m²: their speed over that of one stream",
                     "", source},
                    both.points.back().second / one.points.back().second, 0.75);
  }
  constexpr double seen_mps = 0.70;
  seen.points.emplace_back(2.0, seen_mps);
  expect_at_most(
      {"crowd", "Streams against each other, 2.0 persons/m²: speed beside the experiment",
       "m/s off", source},
      std::abs(both.points.back().second - seen_mps), 0.2);
  plot("crowd", "corridor-both-ways", "Corridor of 3.6 m, half each way", "persons/m²", "m/s",
       {one, both, seen});
}

}  // namespace
}  // namespace kontwin::validation
