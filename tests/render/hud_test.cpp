#include "render/hud.hpp"

#include <gtest/gtest.h>

namespace kontwin {
namespace {

TEST(MomentText, IsADateOfTheProvince) {
  SceneFrame frame;
  frame.at = parse_instant("2025-11-18T03:00:00+07:00").value();
  EXPECT_EQ(moment_text(frame), "03:00 18/11/2025");
}

TEST(MomentText, CountsFromTheStartOfWhatHasNoDate) {
  SceneFrame frame;
  frame.counted_from = parse_instant("2000-01-01T00:00:00Z").value();
  frame.at = *frame.counted_from + from_seconds(3930);
  EXPECT_EQ(moment_text(frame), "+1:05:30");
}

}  // namespace
}  // namespace kontwin
