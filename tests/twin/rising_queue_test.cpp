#include "twin/rising_queue.hpp"

#include <gtest/gtest.h>

#include <queue>
#include <random>
#include <utility>
#include <vector>

namespace kontwin {
namespace {

TEST(RisingQueue, GivesCellsInTheSameOrderAsOneHeapWhateverRisesMeanwhile) {
  std::mt19937 random(7);
  std::uniform_real_distribution<float> level(-50, 900);
  constexpr std::uint32_t cells = 5000;
  RisingQueue queue(cells, 0, 800);  // some lie outside
  using Entry = std::pair<float, std::uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> heap;
  std::uint32_t next = 0;
  const auto push = [&](float at) {
    if (next == cells) return;
    queue.push(at, next);
    heap.emplace(at, next++);
  };
  // Whole numbers, so that many levels are equal.
  for (int i = 0; i < 500; ++i) push(std::floor(level(random)));
  std::size_t popped = 0;
  while (const auto lowest = queue.pop()) {
    ASSERT_EQ((Entry{lowest->level, lowest->cell}), heap.top());
    heap.pop();
    ++popped;
    for (int i = 0; i < 2; ++i) push(std::max(lowest->level, std::floor(level(random))));
  }
  EXPECT_TRUE(heap.empty());
  EXPECT_EQ(popped, cells);
}

TEST(RisingQueue, HoldsOnLevelGround) {
  RisingQueue queue(4, 5, 5);
  for (const std::uint32_t cell : {2U, 0U, 3U, 1U}) queue.push(5, cell);
  for (std::uint32_t cell = 0; cell < 4; ++cell) EXPECT_EQ(queue.pop()->cell, cell);
  EXPECT_FALSE(queue.pop());
}

}  // namespace
}  // namespace kontwin
