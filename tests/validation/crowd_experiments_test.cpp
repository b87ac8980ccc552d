#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "tests/validation/crowd_case.hpp"
#include "tests/validation/crowd_ring.hpp"
#include "tests/validation/validation.hpp"

// Experiments on which no figure of the model was chosen: how it fares on them.

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

}  // namespace
}  // namespace kontwin::validation
