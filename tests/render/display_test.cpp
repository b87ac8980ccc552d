#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "render/virtual_display.hpp"
#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

std::string what_is_said(const std::string& program) {
  return testing::message_of<Error>([&] { const VirtualDisplay display(program); });
}

TEST(VirtualDisplay, SaysWhatToInstallWhenXvfbIsMissing) {
  const std::string said = what_is_said("Xvfb-that-is-not-installed");
  EXPECT_THAT(said, ::testing::HasSubstr("Xvfb-that-is-not-installed cannot be started"));
  EXPECT_THAT(said, ::testing::HasSubstr("apt-get install xvfb"));
}

TEST(VirtualDisplay, SaysSoWhenTheProgramEndsAtOnce) {
  EXPECT_THAT(what_is_said("false"), ::testing::HasSubstr("false ended"));
}

TEST(VirtualDisplay, TwoHaveDisplaysOfTheirOwn) {
  const VirtualDisplay first;
  const VirtualDisplay second;
  EXPECT_NE(first.number(), second.number());
  EXPECT_EQ(first.name(), ":" + std::to_string(first.number()));
}

}  // namespace
}  // namespace kontwin
