#include <gtest/gtest.h>
#include <osgGA/GUIEventAdapter>

#include "render/viewer.hpp"
#include "render/viewer_keys.hpp"
#include "tests/render/valley.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

TEST(Viewer, OpensShowsItsFramesInTurnAndCloses) {
  const auto world = testing::valley();
  testing::Moment moment(*world);
  moment.flood(*world, 1);
  FrameSource source;
  for (int i = 0; i < 3; ++i)
    source.times.push_back(moment.frame.at + std::chrono::minutes(10 * i));
  std::vector<std::size_t> loaded;
  source.load = [&](std::size_t frame, const std::function<void(const SceneFrame&)>& show) {
    loaded.push_back(frame);
    moment.frame.at = source.times[frame];
    show(moment.frame);
  };
  ViewerOptions options;
  options.camera = "city";
  options.width_px = 320;
  options.height_px = 180;
  options.first_frame = 1;
  options.playing = true;
  options.frames_a_second = 1000;
  options.most_pictures = 3;
  EXPECT_EQ(run_viewer(*world, source, options), 3);
  ASSERT_GE(loaded.size(), 2U);
  for (std::size_t i = 1; i < loaded.size(); ++i) EXPECT_EQ(loaded[i], (loaded[i - 1] + 1) % 3);
}

TEST(Viewer, RefusesARunWithoutFrames) {
  const auto world = testing::valley();
  EXPECT_THROW(run_viewer(*world, FrameSource{}, ViewerOptions{}), Error);
}

TEST(ViewerKeys, StepHoldsAtTheEndsAndPlayingGoesRound) {
  ViewerKeys keys(3, 2, false);
  EXPECT_TRUE(keys.press('.'));
  EXPECT_EQ(keys.frame(), 2U);
  EXPECT_TRUE(keys.press(osgGA::GUIEventAdapter::KEY_Space));
  EXPECT_TRUE(keys.playing());
  keys.step(1);
  EXPECT_EQ(keys.frame(), 0U);
  EXPECT_TRUE(keys.press(','));
  EXPECT_FALSE(keys.playing());
  EXPECT_EQ(keys.frame(), 0U);
}

TEST(ViewerKeys, GoRoundTheColoursOfDepthHazardLandslidesAndShaking) {
  ViewerKeys keys(1, 0, false);
  EXPECT_EQ(keys.colouring(), Colouring::depth);
  EXPECT_TRUE(keys.press('d'));
  EXPECT_EQ(keys.colouring(), Colouring::hazard);
  for (const Colouring next : {Colouring::landslide, Colouring::shaking, Colouring::depth}) {
    keys.press('d');
    EXPECT_EQ(keys.colouring(), next);
  }
}

TEST(ViewerKeys, ToggleLayersPresetsHelpAndTheEnd) {
  ViewerKeys keys(1, 0, false);
  keys.press('w');
  EXPECT_EQ(keys.layers(), all_layers & ~static_cast<unsigned>(Layer::water));
  keys.press('w');
  EXPECT_EQ(keys.layers(), all_layers);
  keys.press('2');
  EXPECT_EQ(keys.take_preset(), "city");
  EXPECT_EQ(keys.take_preset(), "");
  const std::size_t lines = keys.lines().size();
  keys.press('h');
  EXPECT_GT(keys.lines().size(), lines + 5);
  EXPECT_FALSE(keys.press('#'));
  EXPECT_FALSE(keys.wants_to_end());
  keys.press('q');
  EXPECT_TRUE(keys.wants_to_end());
}

}  // namespace
}  // namespace kontwin
