#include "twin/local_frame.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include <thread>

#include "twin/error.hpp"

namespace kontwin {
namespace {

const LocalFrame frame{GeoPoint{108.0, 14.7}};

TEST(LocalFrame, ItsOriginIsZero) {
  const LocalPoint origin = frame.to_local({108.0, 14.7});
  EXPECT_NEAR(origin.x_m, 0, 1e-6);
  EXPECT_NEAR(origin.y_m, 0, 1e-6);
}

TEST(LocalFrame, ThereAndBackIsWithinAMicrometre) {
  for (const GeoPoint place : {GeoPoint{107.3, 13.9}, {108.6, 15.4}, {108.0, 14.35}}) {
    const GeoPoint back = frame.to_geo(frame.to_local(place));
    EXPECT_NEAR(back.longitude_deg, place.longitude_deg, 1e-11);
    EXPECT_NEAR(back.latitude_deg, place.latitude_deg, 1e-11);
  }
}

TEST(LocalFrame, ADegreeIsAsLongAsTheEllipsoidSays) {
  // Lengths of a degree on WGS 84: along the meridian 14.2 to 15.2 N 110,647 m; along the parallel
  // 14.7 N, (a cos phi) / sqrt(1 - e2 sin2 phi) x pi/180 = 107,702 m.
  EXPECT_NEAR(frame.to_local({108.0, 15.2}).y_m - frame.to_local({108.0, 14.2}).y_m, 110'647, 2);
  EXPECT_NEAR(frame.to_local({108.5, 14.7}).x_m - frame.to_local({107.5, 14.7}).x_m, 107'702, 3);
}

TEST(LocalFrame, SeveralFramesAndThreadsDoNotDisturbEachOther) {
  const LocalFrame other{GeoPoint{107.0, 14.0}};
  const LocalPoint expected = frame.to_local({108.3, 14.4});
  bool equal = true;
  std::thread elsewhere([&] {
    for (int i = 0; i < 50; ++i) equal = equal && frame.to_local({108.3, 14.4}) == expected;
  });
  for (int i = 0; i < 50; ++i) {
    EXPECT_NE(other.to_local({108.3, 14.4}), expected);
    EXPECT_EQ(frame.to_local({108.3, 14.4}), expected);
  }
  elsewhere.join();
  EXPECT_TRUE(equal);
}

TEST(LocalFrame, WhatIsNoPlaceIsRefused) {
  EXPECT_THROW(frame.to_local({std::nan(""), 14}), WorldError);
}

}  // namespace
}  // namespace kontwin
