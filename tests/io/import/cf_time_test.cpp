#include "io/import/cf_time.hpp"

#include <gtest/gtest.h>

namespace kontwin {
namespace {

constexpr Instant fifth{std::chrono::sys_days{std::chrono::year{2010} / 2 / 5}};

TEST(CfTime, ReadsUnitAndMomentAsPeopleWriteThem) {
  const auto zero_of = [](const char* unit) { return CfTime::of(unit).value().zero; };
  EXPECT_EQ(CfTime::of("minutes since 2010-02-05 00:00:00")->unit_s, 60);
  EXPECT_EQ(CfTime::of("hours since 1900-01-01")->unit_s, 3600);
  EXPECT_EQ(CfTime::of("s since 1900-01-01")->unit_s, 1);
  EXPECT_EQ(zero_of("minutes since 2010-02-05 00:00:00"), fifth);
  EXPECT_EQ(zero_of("minutes since 2010-02-05"), fifth);
  EXPECT_EQ(zero_of("days since 2010-2-5 0:00"), fifth);
  EXPECT_EQ(zero_of("seconds since 2010-02-05T06:30:15.5Z"),
            fifth + std::chrono::milliseconds{(6 * 3600 + 30 * 60 + 15) * 1000 + 500});
  EXPECT_EQ(zero_of("minutes since 2010-02-05 00:00:00.0 +00:00"), fifth);
}

TEST(CfTime, HasNoMomentWhereNoneIsToldThatItKnows) {
  for (const char* const unit :
       {"minutes", "minutes since then", "minutes since 2010-13-05", "hours since 2010-02-05 25:00",
        "minutes since 2010-02-05 00:00:00 +07:00", "minutes since 2010-02-05 noon"}) {
    ASSERT_TRUE(CfTime::of(unit)) << unit;
    EXPECT_FALSE(CfTime::of(unit)->zero) << unit;
  }
  EXPECT_FALSE(CfTime::of("fortnights since 2010-02-05"));
  EXPECT_FALSE(CfTime::of(""));
}

}  // namespace
}  // namespace kontwin
