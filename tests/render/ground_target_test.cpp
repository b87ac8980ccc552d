#include "render/ground_target.hpp"

#include <gtest/gtest.h>
#include <osgUtil/IntersectionVisitor>
#include <osgUtil/LineSegmentIntersector>

#include "tests/render/valley.hpp"

namespace kontwin {
namespace {

TEST(GroundTarget, MeetsTheGroundStraightBelowAndOnASlantedWay) {
  const auto world = testing::valley();
  osg::ref_ptr<GroundTarget> ground = new GroundTarget(*world);
  ground->set_exaggeration(2);
  for (const osg::Vec3d& start : {osg::Vec3d(600, 600, 5000), osg::Vec3d(-2500, 600, 5000)}) {
    const auto met = ground->meet(start, {600, 600, -5000});
    ASSERT_TRUE(met);
    EXPECT_NEAR(met->z(), world->terrain().elevation_m({met->x(), met->y()}) * 2, 0.1);
    // It lies on the way.
    osg::Vec3d along = osg::Vec3d(600, 600, -5000) - start;
    along.normalize();
    EXPECT_NEAR(((*met - start) ^ along).length(), 0, 0.1);
  }
}

TEST(GroundTarget, MeetsTheNearSlopeOfAHillAndNotTheFarOne) {
  const auto world = testing::valley();
  osg::ref_ptr<GroundTarget> ground = new GroundTarget(*world);
  const auto met = ground->meet({600, 600, 300}, {600, 4400, 300});
  ASSERT_TRUE(met);
  EXPECT_GT(met->y(), 1500);
  EXPECT_LT(met->y(), 3500);
}

TEST(GroundTarget, MeetsNothingInTheSky) {
  const auto world = testing::valley();
  osg::ref_ptr<GroundTarget> ground = new GroundTarget(*world);
  EXPECT_FALSE(ground->meet({600, 600, 5000}, {600, 600, 9000}));
  EXPECT_FALSE(ground->meet({600, 600, 5000}, {3000, 600, 5000}));
}

TEST(GroundTarget, AnswersAManipulatorsRay) {
  const auto world = testing::valley();
  osg::ref_ptr<GroundTarget> ground = new GroundTarget(*world);
  osg::ref_ptr<osgUtil::LineSegmentIntersector> ray =
      new osgUtil::LineSegmentIntersector({600, 600, 5000}, {600, 600, -5000});
  osgUtil::IntersectionVisitor visitor(ray);
  ground->accept(visitor);
  ASSERT_TRUE(ray->containsIntersections());
  EXPECT_NEAR(ray->getFirstIntersection().getWorldIntersectPoint().z(),
              world->terrain().elevation_m({600, 600}), 0.1);
}

}  // namespace
}  // namespace kontwin
