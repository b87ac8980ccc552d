#include "io/live/recorded.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace kontwin {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr const char* rows =
    "# facts\n"
    "time,entity,property,value,source\n"
    "2025-11-18T05:00:00+07:00,urn:a,stage_m,518.4,vndms\n"
    "2025-11-18T03:00:00+07:00,urn:a,stage_m,518.2,vndms\n"
    "2025-11-18T03:00:00+07:00,urn:b,level_m,570,\n";

TEST(Recorded, IsSortedByTimeAndKeepsItsSource) {
  const testing::ScratchFolder folder;
  const auto observations = read_recorded(folder.write("rows.csv", rows));
  ASSERT_EQ(observations.size(), 3U);
  EXPECT_EQ(observations[0].value, 518.2);
  EXPECT_EQ(observations[1].entity, "urn:b");
  EXPECT_EQ(observations[1].source, "replay");
  EXPECT_EQ(observations[2].source, "vndms");
  EXPECT_EQ(observations[0].observed_at, *parse_instant("2025-11-17T20:00:00Z"));
}

TEST(Recorded, GivesOnePropertyOfOneEntityAsASeries) {
  const testing::ScratchFolder folder;
  const TimeSeries series =
      read_recorded_series(folder.write("rows.csv", rows), "urn:a", "stage_m");
  ASSERT_EQ(series.at.size(), 2U);
  EXPECT_NEAR(series.value_at(*parse_instant("2025-11-18T04:00:00+07:00")), 518.3, 1e-9);
}

TEST(Recorded, NamesTheLineOfAMomentWithoutItsZone) {
  const testing::ScratchFolder folder;
  const auto path = folder.write(
      "bad.csv", "time,entity,property,value\n2025-11-18T05:00:00,urn:a,stage_m,518.4\n");
  EXPECT_THAT(testing::message_of([&] { read_recorded(path); }),
              AllOf(HasSubstr("bad.csv:2:"), HasSubstr("moment with an offset")));
}

TEST(Recorded, NamesTheLineOfAValueThatIsNoNumber) {
  const testing::ScratchFolder folder;
  const auto path = folder.write(
      "bad.csv", "time,entity,property,value\n2025-11-18T05:00:00Z,urn:a,stage_m,high\n");
  EXPECT_THAT(testing::message_of([&] { read_recorded(path); }),
              AllOf(HasSubstr("bad.csv:2:"), HasSubstr("'high'")));
}

TEST(Recorded, SaysSoWhenTheFileHoldsNoneOfASeries) {
  const testing::ScratchFolder folder;
  const auto path = folder.write("rows.csv", rows);
  EXPECT_THAT(testing::message_of([&] { read_recorded_series(path, "urn:c", "stage_m"); }),
              HasSubstr("holds no stage_m of urn:c"));
}

}  // namespace
}  // namespace kontwin
