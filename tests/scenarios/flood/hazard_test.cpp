#include "scenarios/flood/hazard.hpp"

#include <gtest/gtest.h>

#include "scenarios/flood/stability.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {
namespace {

TEST(Hazard, DryGroundHasNoClass) {
  EXPECT_EQ(hazard_class(0, 0), 0);
  EXPECT_EQ(hazard_class(-1, 3), 0);
  EXPECT_EQ(hazard_class(0.001, 0), 1);
}

TEST(Hazard, TheWorstOfDepthSpeedAndProductDecides) {
  EXPECT_EQ(hazard_class(0.2, 1.0), 1);
  EXPECT_EQ(hazard_class(0.2, 1.9), 2);  // 0.38 m²/s
  EXPECT_EQ(hazard_class(0.1, 2.5), 5);  // fast
  EXPECT_EQ(hazard_class(1.5, 0.1), 4);  // deep
  EXPECT_EQ(hazard_class(3.0, 1.5), 6);  // 4.5 m²/s
}

TEST(Hazard, MaximaAtDifferentMomentsGiveTheHighestClassThatThereWas) {
  const double moments[][2] = {{0.2, 1.9}, {1.1, 0.2}, {0.4, 0.9}, {0.9, 1.0}};
  int highest = 0;
  double depth_m = 0, speed_mps = 0, product = 0;
  for (const auto& [d, v] : moments) {
    highest = std::max(highest, hazard_class(d, v));
    depth_m = std::max(depth_m, d);
    speed_mps = std::max(speed_mps, v);
    product = std::max(product, d * v);
  }
  EXPECT_EQ(hazard_class(depth_m, speed_mps, product), highest);
  EXPECT_NE(hazard_class(depth_m, speed_mps), highest);  // the product of the maxima is not
}

TEST(Hazard, DebrisMakesTheSameWaterMoreDangerousInTown) {
  const double open = hazard_rating(0.5, 0.5, DebrisSource::pasture);
  const double town = hazard_rating(0.5, 0.5, DebrisSource::urban);
  EXPECT_DOUBLE_EQ(open, 0.5);
  EXPECT_DOUBLE_EQ(town, 1.5);
  EXPECT_EQ(hazard_rating_class(open), HazardRatingClass::low);
  EXPECT_EQ(hazard_rating_class(town), HazardRatingClass::significant);
  EXPECT_EQ(hazard_rating(0, 3, DebrisSource::unknown), 0);
}

TEST(Stability, TheMaskHasABitForEachTravellerThatDoesNotGetThrough) {
  EXPECT_EQ(impassable_for(0, 0), 0U);
  const unsigned knee_deep = impassable_for(0.45, 0.2);
  EXPECT_FALSE(stops(knee_deep, Traveller::child));
  EXPECT_FALSE(stops(knee_deep, Traveller::adult));
  EXPECT_TRUE(stops(knee_deep, Traveller::motorbike));
  EXPECT_TRUE(stops(knee_deep, Traveller::small_car));
  EXPECT_TRUE(stops(knee_deep, Traveller::large_car));
  EXPECT_FALSE(stops(knee_deep, Traveller::four_wheel_drive));
  EXPECT_FALSE(stops(knee_deep, Traveller::lorry));
  EXPECT_EQ(impassable_for(2, 3), (1U << traveller_count) - 1);
}

TEST(Stability, WhoStandsInDeeperWaterStandsInShallower) {
  for (unsigned i = 0; i < traveller_count; ++i) {
    const auto traveller = static_cast<Traveller>(i);
    for (double depth_m = 0.05; depth_m < 1.5; depth_m += 0.05) {
      for (double speed_mps = 0; speed_mps < 3.5; speed_mps += 0.1) {
        if (!passes(traveller, depth_m, speed_mps)) continue;
        EXPECT_TRUE(passes(traveller, depth_m - 0.05, speed_mps));
        EXPECT_TRUE(passes(traveller, depth_m, speed_mps * 0.9));
      }
    }
  }
}

TEST(Stability, OnlyPeopleHaveAPersonsHazard) {
  EXPECT_THROW(person_hazard(Traveller::bus, 1, 1), Error);
  EXPECT_EQ(person_hazard(Traveller::child, 0, 0), PersonHazard::none);
}

}  // namespace
}  // namespace kontwin::flood
