#include "scenarios/traffic/event_wheel.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "twin/random.hpp"

namespace kontwin::traffic {
namespace {

TEST(EventWheel, GivesAndListsMomentsByTimeThenNumberLikeASortedSet) {
  constexpr std::uint32_t ids = 50;
  EventWheel wheel;
  std::vector<EventWheel::Entry> entries(ids);
  std::set<std::pair<Micros, std::uint32_t>> expected;
  std::vector<Micros> at(ids, never);
  RandomStream random(1, 2);
  Micros now = 0;
  for (int step = 0; step < 20000; ++step) {
    const auto id = static_cast<std::uint32_t>(random.below(ids));
    if (at[id] != never) expected.erase({at[id], id});
    at[id] = never;
    if (random.uniform() < 0.2) {
      wheel.cancel(entries, id);
    } else {
      // From the same microsecond to far beyond the wheel's horizon.
      const double reach = std::pow(10.0, random.uniform(0, 10.5));
      at[id] = now + static_cast<Micros>(reach) - 1;
      wheel.schedule(entries, id, at[id]);
      expected.insert({at[id], id});
    }
    EXPECT_EQ(entries[id].at, at[id]);
    if (random.uniform() < 0.2) {
      std::vector<std::uint32_t> coming;
      const Micros until = now + static_cast<Micros>(std::pow(10.0, random.uniform(0, 9)));
      const Micros listed = wheel.coming(entries, until, 1 + random.below(20), coming);
      EXPECT_LE(listed, until);
      EXPECT_GT(listed, now);
      for (const auto& [moment, woken] : expected) {
        EXPECT_TRUE(moment >= listed || std::ranges::find(coming, woken) != coming.end())
            << woken << " wakes at " << moment << " and was not listed before " << listed;
      }
    }
    if (random.uniform() < 0.4) {
      const Micros until = now + static_cast<Micros>(std::pow(10.0, random.uniform(0, 9)));
      EventWheel::Due due;
      while (wheel.pop(entries, until, due)) {
        ASSERT_FALSE(expected.empty());
        ASSERT_EQ(due.at, expected.begin()->first);
        ASSERT_EQ(due.id, expected.begin()->second);
        expected.erase(expected.begin());
        at[due.id] = never;
      }
      ASSERT_TRUE(expected.empty() || expected.begin()->first >= until);
      now = until;
    }
  }
}

}  // namespace
}  // namespace kontwin::traffic
