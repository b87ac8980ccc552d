#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "scenarios/flood/rating.hpp"
#include "tests/scenarios/flood/flood_world.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

TEST(RatingCurve, FollowsManningInARectangularChannel) {
  const auto world = testing::valley();
  const double stage_m = rating_stage_m(*world, "Đăk Bla", {2000, 790}, 300);
  EXPECT_NEAR(stage_m, 92 + std::pow(300.0 / 60 * 0.035 / std::sqrt(0.002), 0.6), 0.03);
}

TEST(RatingCurve, DischargeRisesWithStageAndTheInverseGivesTheStageBack) {
  const auto world = testing::valley();
  const RatingCurve rating(*world, "", {2000, 700});
  double before = 0;
  EXPECT_EQ(rating.discharge_m3ps(rating.bed_m()), 0);
  for (double over_bed_m = 0.1; over_bed_m < 12; over_bed_m += 0.1) {
    const double stage_m = rating.bed_m() + over_bed_m;
    const double discharge_m3ps = rating.discharge_m3ps(stage_m);
    EXPECT_GT(discharge_m3ps, before);
    EXPECT_NEAR(rating.stage_m(discharge_m3ps), stage_m, 1e-6);
    before = discharge_m3ps;
  }
  EXPECT_NEAR(rating.stage_m(0), rating.bed_m(), 1e-6);
}

TEST(RatingCurve, UsesTheRiversOwnChannelWhereCellsAreTooCoarse) {
  WorldParts parts = testing::valley_parts();
  auto coarse = std::make_shared<Terrain>();
  const GridShape shape{
      .left_m = -4000, .bottom_m = -2000, .cell_m = 90, .columns = 100, .rows = 60};
  coarse->grids.push_back({"coarse", Raster<float>(shape, 94), Raster<float>(shape, 0.05F)});
  parts.terrain = std::move(coarse);
  const auto world = World::seal(std::move(parts));
  const RatingCurve rating(*world, "Đăk Bla", {2000, 790});
  EXPECT_NEAR(rating.bed_m(), 92, 1e-3);
  EXPECT_NEAR(rating.discharge_m3ps(94), 60 * std::pow(2, 5.0 / 3) * std::sqrt(0.002) / 0.035, 15);
}

TEST(RatingCurve, RefusesARiverThatIsNotThere) {
  const auto world = testing::valley();
  EXPECT_THROW(RatingCurve(*world, "Mê Kông", {2000, 790}), ScenarioError);
  EXPECT_THROW(RatingCurve(*world, "", {2000, 90000}), ScenarioError);
  const RatingCurve rating(*world, "", {2000, 790});
  EXPECT_THROW(rating.discharge_m3ps(std::numeric_limits<double>::quiet_NaN()), ScenarioError);
  EXPECT_THROW(rating.stage_m(-1), ScenarioError);
}

}  // namespace
}  // namespace kontwin
