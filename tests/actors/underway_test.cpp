#include "actors/underway.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace kontwin {

TEST(Underway, WaitingReturnsAtOnceWhenNothingIsUnderWay) {
  Underway underway;
  underway.wait();
  underway.done(underway.begin());
  underway.wait();
}

TEST(Underway, WaitingCoversWhatWasBegunBeforeAndWhatItCauses) {
  Underway underway;
  std::atomic<int> finished{0};
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i) {
    const Underway::Epoch epoch = underway.begin();
    threads.emplace_back([&underway, &finished, epoch] {
      underway.add(epoch);
      underway.done(epoch);
      std::this_thread::yield();
      ++finished;
      underway.done(epoch);
    });
  }
  underway.wait();
  EXPECT_EQ(finished, 8);
}

TEST(Underway, WorkBegunWhileSomeoneWaitsDoesNotHoldThemUp) {
  Underway underway;
  const Underway::Epoch first = underway.begin();
  std::atomic<bool> waited{false};
  std::jthread waiter([&] {
    underway.wait();
    waited = true;
  });
  // Once the waiter has turned the epochs over, new work belongs to the other one.
  Underway::Epoch later = underway.begin();
  while (later == first) {
    underway.done(later);
    later = underway.begin();
  }
  EXPECT_FALSE(waited);
  underway.done(first);
  waiter.join();
  EXPECT_TRUE(waited);
  underway.done(later);
}

}  // namespace kontwin
