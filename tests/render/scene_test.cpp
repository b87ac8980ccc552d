#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

#include "render/building.hpp"
#include "render/camera.hpp"
#include "render/palette.hpp"
#include "render/relief.hpp"
#include "render/segment_index.hpp"
#include "tests/render/valley.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

TEST(RoadLook, SaysTheWorstOfARoad) {
  const auto world = testing::town();
  StateTable state(*world);
  const EntityRef road{Kind::road, 0};
  const auto look = [&] { return look_of_road(state, 0, 10); };
  EXPECT_EQ(look(), RoadLook::free);
  state.at(road, road_column::vehicles) = 5;
  state.at(road, road_column::speed_mps) = 5;
  EXPECT_EQ(look(), RoadLook::slow);
  state.at(road, road_column::speed_mps) = 1;
  EXPECT_EQ(look(), RoadLook::jammed);
  state.at(road, common_column::water_depth_m) = 0.3;
  EXPECT_EQ(look(), RoadLook::flooded);
  state.at(road, road_column::open) = 0;
  EXPECT_EQ(look(), RoadLook::closed);
  state.at(road, road_column::debris) = 1;
  EXPECT_EQ(look(), RoadLook::debris);
}

TEST(RoadLook, AnEmptyRoadIsFreeWhateverItsLastSpeedWas) {
  const auto world = testing::town();
  StateTable state(*world);
  state.at({Kind::road, 0}, road_column::speed_mps) = 0;
  EXPECT_EQ(look_of_road(state, 0, 10), RoadLook::free);
}

TEST(Depth, IsDrawnDarkerAndMoreSolidTheDeeperItIs) {
  float solid = -1;
  float light = 10;
  for (const float depth_m : {0.05F, 0.2F, 0.6F, 1.5F, 3.0F, 8.0F}) {
    const Colour colour = colour_of_depth(depth_m);
    EXPECT_GE(colour.alpha, solid);
    EXPECT_LE(colour.red + colour.green + colour.blue, light + 1e-5F);
    solid = colour.alpha;
    light = colour.red + colour.green + colour.blue;
  }
}

TEST(Hazard, HasAColourOfItsOwnForEachClassAndNoneForDryGround) {
  EXPECT_EQ(colour_of_hazard(0).alpha, 0);
  for (int number = 2; number <= 6; ++number) {
    const Colour a = colour_of_hazard(number - 1);
    const Colour b = colour_of_hazard(number);
    EXPECT_GT(std::abs(a.red - b.red) + std::abs(a.green - b.green) + std::abs(a.blue - b.blue),
              0.15F)
        << number;
    EXPECT_GE(b.alpha, a.alpha);
  }
  EXPECT_EQ(hazard_classes().size(), 6U);
}

TEST(Relief, AgreesWithTheGroundInsideAndOutsideAnInset) {
  const auto world = testing::valley();
  const Relief relief(world->terrain());
  for (const LocalPoint point : {LocalPoint{600, 600}, {-2000, 500}, {3000, 3000}}) {
    EXPECT_NEAR(relief.height_m(point, 1), world->terrain().elevation_m(point), 0.5);
  }
}

TEST(Relief, HasNoStepAtTheRimOfAnInset) {
  const auto world = testing::valley();
  const Relief relief(world->terrain());
  for (double x_m = -400; x_m < 1600; x_m += 5) {
    EXPECT_NEAR(relief.height_m({x_m, 50}, 5), relief.height_m({x_m + 5, 50}, 5), 3);
  }
}

TEST(Relief, AHillHidesWhatLiesBehindIt) {
  const auto world = testing::valley();
  const Relief relief(world->terrain());
  const LocalPoint town{600, 600};
  const LocalPoint beyond{600, 4500};
  EXPECT_TRUE(relief.sees(town, 2000, beyond, relief.height_m(beyond, 20) + 10, 1));
  const LocalPoint left{-3300, 600};
  const LocalPoint right{4500, 600};
  EXPECT_TRUE(relief.sees(left, 900, town, 110, 1));
  // From the foot of one slope, with the eye held low, the other side of the rim is out of sight.
  EXPECT_FALSE(relief.sees(right, 300, left, relief.height_m(left, 20) - 300, 1));
}

TEST(Houses, KeepOffTheRoadsAndOutOfEachOther) {
  const auto world = testing::town();
  const SegmentIndex roads(*world);
  std::vector<std::uint32_t> rows(world->entities(Kind::residence).size());
  std::iota(rows.begin(), rows.end(), 0U);
  const auto houses = houses_of(*world, roads, rows, 60);
  EXPECT_GT(houses.size(), rows.size() * 10);
  for (const House& house : houses) {
    const double reach_m = std::hypot(house.length_m, house.width_m) / 2;
    for (std::size_t link = 0; link < world->roads().links(); ++link) {
      const Foot foot = nearest_on(world->roads().shape_of(link), house.place);
      ASSERT_GT(foot.distance_m, 3.5 / 2 + reach_m);
    }
    for (const House& other : houses) {
      if (&other == &house) continue;
      ASSERT_GE(distance_m(house.place, other.place), (house.length_m + other.length_m) / 2);
    }
  }
}

TEST(Houses, AreTheSameEachTime) {
  const auto world = testing::town();
  const SegmentIndex roads(*world);
  const std::array<std::uint32_t, 2> rows{3, 7};
  const auto first = houses_of(*world, roads, rows, 30);
  const auto second = houses_of(*world, roads, rows, 30);
  ASSERT_EQ(first.size(), second.size());
  for (std::size_t i = 0; i < first.size(); ++i) EXPECT_EQ(first[i].place, second[i].place);
}

TEST(SegmentIndex, FindsTheNearestRoad) {
  const auto world = testing::town();
  const SegmentIndex roads(*world);
  const auto near = roads.nearest({500, 212}, 50);
  ASSERT_TRUE(near);
  EXPECT_NEAR(near->distance_m, 12, 1e-9);
  EXPECT_FALSE(roads.nearest({500, 290}, 50));
}

TEST(Intensity, FollowsThePeakAccelerationByTheLimitsOfWaldAndOthers) {
  const auto world = testing::town();
  StateTable state(*world);
  const auto class_at = [&](double peak_g) {
    state.at({Kind::road, 0}, road_column::shaking_g) = peak_g;
    return class_of_road(state, 0, Colouring::shaking);
  };
  EXPECT_EQ(class_at(std::nan("")), 0);
  EXPECT_EQ(class_at(0.0016), 0);
  int number = 0;
  for (const double limit_g : {0.0017, 0.014, 0.039, 0.092, 0.18, 0.34, 0.65, 1.24}) {
    EXPECT_EQ(class_at(limit_g * 0.999), number);
    EXPECT_EQ(class_at(limit_g), ++number);
  }
  EXPECT_EQ(classes_of(Colouring::shaking).size(), static_cast<std::size_t>(number));
}

TEST(Camera, IsToldInMetresAndHeadingsOfThePlaneWhereTheAxesAreTurnedOnIt) {
  const auto world = testing::valley();
  const Placing placing{.turn = {30, {5000, 7000}}, .origin = {5000, 7000}, .on_plane = true};
  // The place they are turned about is the (0, 0) of the world.
  const Camera camera = parse_camera(*world, "5000,7000,900,0,-30", 1.6, placing);
  EXPECT_NEAR(camera.eye.x_m, 0, 1e-9);
  EXPECT_NEAR(camera.eye.y_m, 0, 1e-9);
  EXPECT_NEAR(camera.heading_deg, 30, 1e-9) << "north of the plane, from the second axis";
  EXPECT_NEAR(parse_camera(*world, "overview", 1.6, placing).heading_deg, 30, 1e-9);
  const Camera east = parse_camera(*world, "5100,7000,900,0,-30", 1.6, placing);
  EXPECT_NEAR(east.eye.x_m, 100 * std::cos(std::numbers::pi / 6), 1e-9);
  EXPECT_NEAR(east.eye.y_m, -50, 1e-9);
}

TEST(Camera, APresetOrFiveNumbersIsUnderstoodAndNothingElse) {
  const auto world = testing::valley();
  for (const std::string& name : camera_presets()) {
    EXPECT_NO_THROW(parse_camera(*world, name, 1.6)) << name;
  }
  const GeoPoint origin = world->frame().origin();
  const std::string text =
      std::to_string(origin.longitude_deg) + "," + std::to_string(origin.latitude_deg);
  const Camera camera = parse_camera(*world, text + ",900,45,-30", 1.6);
  EXPECT_NEAR(camera.eye.x_m, 0, 1);
  EXPECT_NEAR(camera.eye_height_m, 900, 1e-9);
  EXPECT_NEAR(camera.heading_deg, 45, 1e-9);
  for (const std::string& bad : {std::string("citty"), text, text + ",900,45,-95",
                                 text + ",900,45,-30,7", text + ",high,45,-30"}) {
    EXPECT_THROW(parse_camera(*world, bad, 1.6), Error) << bad;
  }
}

}  // namespace
}  // namespace kontwin
