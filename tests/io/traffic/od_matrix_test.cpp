#include "io/traffic/od_matrix.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace kontwin {
namespace {

using ::testing::HasSubstr;
using testing::message_of;
using testing::ScratchFolder;

traffic::HourlyOd read(const std::string& text, std::vector<std::string> zones = {}) {
  const ScratchFolder folder;
  return read_od_matrix(folder.write("od.csv", text), std::move(zones));
}

TEST(OdMatrixFile, HoldsDemandByHour) {
  const auto od = read("# counted in 2025\nhour,from,to,trips\n8,A,B,12.5\n7,B,A,3\n7,A,A,1\n");
  EXPECT_EQ(od.zone, (std::vector<std::string>{"A", "B"}));
  ASSERT_EQ(od.hours.size(), 2U);
  EXPECT_EQ(od.hours[0].hour, 7U);
  EXPECT_EQ(od.hours[0].trips.values, (std::vector<double>{1, 0, 3, 0}));
  EXPECT_EQ(od.hours[1].trips.values, (std::vector<double>{0, 12.5, 0, 0}));
}

TEST(OdMatrixFile, MayLeaveTheHourOutAndFollowGivenZones) {
  const auto od = read("from,to,trips\nB,A,3\n", {"A", "B", "C"});
  ASSERT_EQ(od.hours.size(), 1U);
  EXPECT_EQ(od.hours[0].hour, 0U);
  EXPECT_EQ(od.hours[0].trips.origins, 3U);
  EXPECT_EQ(od.hours[0].trips.at(1, 0), 3);
}

TEST(OdMatrixFile, IsRefusedWithItsLine) {
  const auto said = [](const std::string& rows, std::vector<std::string> zones = {}) {
    return message_of([&] { read("hour,from,to,trips\n" + rows, std::move(zones)); });
  };
  EXPECT_THAT(said("24,A,B,1\n"), HasSubstr("od.csv:2: '24' is no hour"));
  EXPECT_THAT(said("7.5,A,B,1\n"), HasSubstr("'7.5' is no hour"));
  EXPECT_THAT(said("7,A,B,-1\n"), HasSubstr("od.csv:2: trips must be"));
  EXPECT_THAT(said("7,A,,1\n"), HasSubstr("column 'to' is empty"));
  EXPECT_THAT(said("7,A,B,1\n8,A,B,1\n7,A,B,2\n"), HasSubstr("od.csv:4: trips from 'A' to 'B'"));
  EXPECT_THAT(said("7,A,X,1\n", {"A", "B"}), HasSubstr("there is no zone 'X'"));
  EXPECT_THAT(message_of([] { read("from,to\nA,B\n"); }), HasSubstr("no column 'trips'"));
}

}  // namespace
}  // namespace kontwin
