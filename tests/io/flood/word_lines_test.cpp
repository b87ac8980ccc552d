#include "io/flood/word_lines.hpp"

#include <gtest/gtest.h>

#include "tests/support/scratch_folder.hpp"

namespace kontwin::flood {
namespace {

TEST(WordLines, AByteOrderMarkAndCarriageReturnsAreNoPartOfAWord) {
  const testing::ScratchFolder folder;
  const auto path = folder.write("series.dis",
                                 "\xEF\xBB\xBF"
                                 "0 0.5\r\n\r\n60 0.75\r\n");
  const auto lines = read_words(path, false);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(number_of(path, lines[0], 0), 0);
  EXPECT_EQ(number_of(path, lines[0], 1), 0.5);
  EXPECT_EQ(lines[1].number, 3);
  EXPECT_EQ(number_of(path, lines[1], 1), 0.75);
}

}  // namespace
}  // namespace kontwin::flood
