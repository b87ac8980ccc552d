#include "twin/joined_sets.hpp"

#include <gtest/gtest.h>

namespace kontwin {
namespace {

TEST(JoinedSets, AreNamedByTheirLeastNumberInWhateverOrderTheyCameTogether) {
  JoinedSets sets(6);
  EXPECT_EQ(sets.count(), 6U);
  sets.join(5, 3);
  sets.join(4, 1);
  sets.join(3, 4);
  sets.join(5, 1);
  EXPECT_EQ(sets.count(), 3U);
  for (const std::uint32_t one : {1U, 3U, 4U, 5U}) EXPECT_EQ(sets.find(one), 1U);
  EXPECT_EQ(sets.find(0), 0U);
  EXPECT_EQ(sets.find(2), 2U);
}

}  // namespace
}  // namespace kontwin
