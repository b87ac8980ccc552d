#include "actors/decision_round.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "tests/support/small_world.hpp"
#include "twin/error.hpp"

namespace kontwin::testing {

namespace {

class Does : public Rule {
 public:
  explicit Does(std::function<void(RuleContext&)> what) : what_(std::move(what)) {}
  void on_crossing(RuleContext& context, const Crossing&) override { what_(context); }

 private:
  std::function<void(RuleContext&)> what_;
};

std::vector<Wake> wake_of(std::initializer_list<EntityRef> entities) {
  std::vector<Wake> wakes;
  for (const EntityRef entity : entities) wakes.push_back({entity, Crossing{}});
  return wakes;
}

}  // namespace

TEST(DecisionRound, KeepsTheAnswersInEntityOrderWhoeverDecidesFirst) {
  const auto world = town(3);
  const StateTable state(*world);
  DecisionRound round(*world, state, {},
                      wake_of({{Kind::road, 1}, {Kind::road, 4}, {Kind::road, 4}}));
  round.publish();
  ASSERT_EQ(round.shares(), 2U);
  Does counts([](RuleContext& it) {
    it.set(road_column::capacity_factor, it[road_column::capacity_factor] / 2);
  });
  round.decide(1, counts);
  round.decide(0, counts);
  round.wait();
  ASSERT_EQ(round.decisions()[0].cells.size(), 1U);
  EXPECT_EQ(round.decisions()[0].cells[0].value, 0.5);
  EXPECT_EQ(round.decisions()[1].cells[0].value, 0.25) << "one row over all wakes of an entity";
  EXPECT_EQ(state.at({Kind::road, 4}, road_column::capacity_factor), 1);
}

TEST(DecisionRound, ARuleThatWritesAnEnginesColumnIsFoundOut) {
  const auto world = town(3);
  const StateTable state(*world);
  DecisionRound round(*world, state, {}, wake_of({{Kind::road, 1}}));
  round.publish();
  Does floods([](RuleContext& it) { it.set(common_column::water_depth_m, 3); });
  round.decide(0, floods);
  round.wait();
  ASSERT_TRUE(round.decisions()[0].failure);
  EXPECT_THROW(std::rethrow_exception(round.decisions()[0].failure), Error);
}

TEST(DecisionRound, WhatARuleThrowsIsKeptWithItsAnswer) {
  const auto world = town(3);
  const StateTable state(*world);
  DecisionRound round(*world, state, {}, wake_of({{Kind::road, 1}, {Kind::road, 2}}));
  round.publish();
  Does fails([](RuleContext&) { throw std::out_of_range("oops"); });
  Does works([](RuleContext& it) { it.emit(EventType::open_changed, 0, Severity::notice); });
  round.decide(0, fails);
  round.decide(1, works);
  round.wait();
  EXPECT_THROW(std::rethrow_exception(round.decisions()[0].failure), std::out_of_range);
  EXPECT_FALSE(round.decisions()[1].failure);
  EXPECT_EQ(round.decisions()[1].events.size(), 1U);
}

}  // namespace kontwin::testing
