#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <osg/Image>
#include <osgDB/ReadFile>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <functional>
#include <set>
#include <string>

#include "render/palette.hpp"
#include "render/picture.hpp"
#include "tests/render/valley.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

constexpr int width = 480;
constexpr int height = 270;

/// One studio for all tests, as a process that makes many pictures has.
class Picture : public ::testing::Test {
 protected:
  static const World& world() {
    static const std::shared_ptr<const World> shared = testing::valley();
    return *shared;
  }
  static PictureStudio& studio() {
    static PictureStudio shared(world());
    return shared;
  }
  static Camera above() { return look_at(world(), {600, 600}, 1500, 0, -60, 1); }

  osg::ref_ptr<osg::Image> take(const SceneFrame& frame, const Camera& camera, int wide = width,
                                int high = height) {
    const testing::ScratchFolder folder;
    const auto path = folder.path() / "picture.png";
    studio().take(frame, camera, wide, high, path);
    return osgDB::readRefImageFile(path.string());
  }

  using Test = std::function<bool(float red, float green, float blue)>;
  /// Pixels of the picture's middle, clear of title and legend, that pass.
  static int count(const osg::Image& image, const Test& passes) {
    int found = 0;
    for (int row = image.t() / 8; row < image.t() * 7 / 10; ++row) {
      for (int column = image.s() * 2 / 5; column < image.s() * 9 / 10; ++column) {
        const osg::Vec4 colour =
            image.getColor(static_cast<unsigned>(column), static_cast<unsigned>(row));
        if (passes(colour.r(), colour.g(), colour.b())) ++found;
      }
    }
    return found;
  }
  static Test near(Colour wanted, float within) {
    return [=](float red, float green, float blue) {
      return std::abs(red - wanted.red) < within && std::abs(green - wanted.green) < within &&
             std::abs(blue - wanted.blue) < within;
    };
  }
};

bool blue(float red, float green, float blue_part) {
  return blue_part > red + 0.2F && blue_part > green + 0.08F;
}

TEST_F(Picture, HasTheSizeAskedForAndManyColours) {
  const testing::Moment moment(world());
  const auto image = take(moment.frame, above());
  ASSERT_EQ(image->s(), width);
  ASSERT_EQ(image->t(), height);
  std::set<std::tuple<int, int, int>> colours;
  count(*image, [&](float red, float green, float blue_part) {
    return colours.emplace(int(red * 255), int(green * 255), int(blue_part * 255)).second;
  });
  EXPECT_GT(colours.size(), 200U);
}

TEST_F(Picture, ShowsTheGroundBeforeTheSky) {
  const testing::Moment moment(world());
  const auto image = take(moment.frame, above());
  const int sky = count(*image, near({0.835F, 0.878F, 0.914F, 1}, 0.06F));
  const int all = count(*image, [](float, float, float) { return true; });
  EXPECT_LT(sky, all / 20);
}

TEST_F(Picture, ShowsWaterWhereTheFieldIsWetAndNowhereElse) {
  testing::Moment moment(world());
  const int dry = count(*take(moment.frame, above()), blue);
  moment.flood(world(), 2);
  const int wet = count(*take(moment.frame, above()), blue);
  moment.depth_m.assign(moment.depth_m.size(), 0);
  const int dry_again = count(*take(moment.frame, above()), blue);
  EXPECT_GT(wet, 5000);
  EXPECT_LT(dry, wet / 10);
  EXPECT_EQ(dry_again, dry);
}

TEST_F(Picture, ShowsClosedRoadsInTheColourOfTheLegend) {
  testing::Moment moment(world());
  const auto closed = near(legend_of(RoadLook::closed).colour, 0.12F);
  // Signs of hospitals have nearly the same red.
  const int open_roads = count(*take(moment.frame, above()), closed);
  for (double& open : moment.state.column(Kind::road, road_column::open)) open = 0;
  EXPECT_GT(count(*take(moment.frame, above()), closed), open_roads + 150);
}

TEST_F(Picture, ShowsPeopleOnTheirWayToAShelter) {
  testing::Moment moment(world());
  Mover mover;
  mover.evacuating = 1;
  const auto leaving = near(colour_of(mover), 0.15F);
  EXPECT_EQ(count(*take(moment.frame, above()), leaving), 0);
  for (int i = 0; i < 60; ++i) {
    mover.x_m = 300 + 10.0F * static_cast<float>(i);
    mover.y_m = 600;
    moment.frame.movers.push_back(mover);
  }
  EXPECT_GT(count(*take(moment.frame, above()), leaving), 25);
}

TEST_F(Picture, ShowsPeopleAtHomeInDeepWater) {
  testing::Moment moment(world());
  const auto exposed = near(colour_of_exposed(), 0.15F);
  for (double& people : moment.state.column(Kind::residence, residence_column::people_home)) {
    people = 100;
  }
  EXPECT_EQ(count(*take(moment.frame, above()), exposed), 0);
  for (double& depth : moment.state.column(Kind::residence, common_column::water_depth_m)) {
    depth = 0.4;
  }
  EXPECT_GT(count(*take(moment.frame, above()), exposed), 30);
}

TEST_F(Picture, ShowsWarningsOfLandslidesAndIntensitiesOfShakingOnRoads) {
  testing::Moment moment(world());
  const auto high = near(colour_of_class(Colouring::landslide, 2), 0.12F);
  const auto strong = near(colour_of_class(Colouring::shaking, 4), 0.12F);
  for (double& level : moment.state.column(Kind::road, road_column::slope_level)) level = 2;
  for (double& peak_g : moment.state.column(Kind::road, road_column::shaking_g)) peak_g = 0.1;
  const auto plain = take(moment.frame, above());
  moment.frame.colouring = Colouring::landslide;
  EXPECT_GT(count(*take(moment.frame, above()), high), count(*plain, high) + 150);
  moment.frame.colouring = Colouring::shaking;
  EXPECT_GT(count(*take(moment.frame, above()), strong), count(*plain, strong) + 150);
}

TEST_F(Picture, PointsOutWhereAnEarthquakeBegan) {
  testing::Moment moment(world());
  const auto red = near(colour_of_epicentre(), 0.05F);
  const int before = count(*take(moment.frame, above()), red);
  moment.frame.epicentres.push_back({{600, 600}, 5.8, 8});
  EXPECT_GT(count(*take(moment.frame, above()), red), before + 12);
}

TEST_F(Picture, ShowsAWorldWhoseAxesAreTurnedTurned) {
  testing::Moment moment(world());
  moment.flood(world(), 2);  // the half of the town that lies low along the second axis
  const auto in = [](const osg::Image& image, bool right) {
    int found = 0;
    for (int row = image.t() / 5; row < image.t() * 4 / 5; ++row) {
      for (int column = 0; column < image.s() / 2; ++column) {
        const auto at = static_cast<unsigned>(right ? image.s() - 1 - column : column);
        const osg::Vec4 colour = image.getColor(at, static_cast<unsigned>(row));
        found += blue(colour.r(), colour.g(), colour.b()) ? 1 : 0;
      }
    }
    return found;
  };
  // The camera stands over the middle of the town and looks down, the north of the plane ahead.
  const auto looking_down = [](const GridTurn& turn) {
    const Placing placing{.turn = turn, .origin = {600, 600}, .on_plane = true};
    Camera camera = parse_camera(world(), "0,0,1500,0,-89", 1.6, placing);
    camera.eye = {600, 600};
    return camera;
  };
  const GridTurn quarter{90, {}};
  const auto straight = take(moment.frame, looking_down({}));
  PictureStudio turned_studio(world(), quarter);
  const testing::ScratchFolder folder;
  const auto path = folder.path() / "turned.png";
  turned_studio.take(moment.frame, looking_down(quarter), width, height, path);
  const auto turned = osgDB::readRefImageFile(path.string());
  // Along the axes the wet half is in the south; turned against the clock it is in the east.
  EXPECT_NEAR(in(*straight, true), in(*straight, false), 0.2 * in(*straight, true));
  EXPECT_GT(in(*turned, true), 10 * in(*turned, false));
  EXPECT_GT(in(*turned, true), 3000);
}

TEST_F(Picture, IsTheSameWhenTakenTwice) {
  testing::Moment moment(world());
  moment.flood(world(), 1);
  const auto first = take(moment.frame, above());
  take(moment.frame, parse_camera(world(), "overview", 1.6), 320, 200);
  const auto second = take(moment.frame, above());
  ASSERT_EQ(first->getTotalSizeInBytes(), second->getTotalSizeInBytes());
  EXPECT_EQ(std::memcmp(first->data(), second->data(), first->getTotalSizeInBytes()), 0);
}

TEST_F(Picture, NamesAFolderThatIsNotThere) {
  const testing::Moment moment(world());
  const auto take_nowhere = [&] {
    studio().take(moment.frame, above(), width, height, "/nowhere/at/all.png");
  };
  EXPECT_THAT(testing::message_of<FileError>(take_nowhere),
              ::testing::HasSubstr("/nowhere/at/all.png"));
}

TEST_F(Picture, RefusesASizeThatNoCardDraws) {
  const testing::Moment moment(world());
  EXPECT_THROW(studio().take(moment.frame, above(), 100'000, height, "/tmp/large.png"), Error);
  EXPECT_THROW(studio().take(moment.frame, above(), 0, height, "/tmp/none.png"), Error);
}

}  // namespace
}  // namespace kontwin
