#include "io/ioc/ioc_link.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <thread>

#include "io/ioc/ioc_receiver.hpp"
#include "tests/io/ioc/ioc_link_fixture.hpp"

namespace kontwin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::IocLinkTest;
using enum DecisionState;

TEST_F(IocLinkTest, DeliversADecisionAndBringsItsAcknowledgementBack) {
  IocReceiver receiver;
  IocLink link(*store, clock, options_for(receiver.url()));
  approve("d1");
  EXPECT_EQ(link.send_due(), 1U);
  EXPECT_EQ(state_of("d1"), acknowledged);
  EXPECT_THAT(store->decision("d1")->acknowledgement,
              HasSubstr(R"("accepted":true,"reference":"IOC-2025-0001")"));
  const auto received = receiver.received();
  ASSERT_EQ(received.size(), 1U);
  EXPECT_EQ(received[0].decision.title_vi, "Sơ tán phường Quang Trung");
  EXPECT_EQ(received[0].decision.approved_by, "Chủ tịch");
  EXPECT_EQ(link.send_due(), 0U) << "nothing is sent twice";
  EXPECT_EQ(receiver.received()[0].times_sent, 1U);

  EXPECT_EQ(link.ask_for_done(), 0U);
  receiver.mark_done("d1");
  EXPECT_EQ(link.ask_for_done(), 1U);
  EXPECT_EQ(state_of("d1"), done);
  std::vector<DecisionState> moves;
  for (const auto& move : store->history("d1")) moves.push_back(move.to);
  EXPECT_THAT(moves, ElementsAre(proposed, approved, sent, acknowledged, done));
}

TEST_F(IocLinkTest, TriesAgainLaterAndLaterUntilItIsAcknowledged) {
  IocReceiver receiver;
  receiver.fail_next(4, 503);
  IocLink link(*store, clock, options_for(receiver.url()));
  approve("d1");
  std::vector<double> waits;
  for (int attempt = 0; attempt < 4; ++attempt) {
    EXPECT_EQ(link.send_due(), 0U);
    EXPECT_EQ(state_of("d1"), sent);
    const auto entry = store->outbox().at(0);
    EXPECT_THAT(entry.last_error, HasSubstr("status 503"));
    waits.push_back(to_seconds(entry.next_attempt - clock.now()));
    EXPECT_EQ(link.send_due(), 0U) << "not before its time";
    EXPECT_EQ(link.counts().attempts, static_cast<std::uint64_t>(attempt + 1));
    clock.set(entry.next_attempt);
  }
  for (std::size_t i = 0; i < waits.size(); ++i) {
    EXPECT_NEAR(waits[i], std::exp2(i), 0.2 * std::exp2(i) + 0.001) << i;
  }
  EXPECT_EQ(link.send_due(), 1U);
  EXPECT_EQ(state_of("d1"), acknowledged);
  EXPECT_EQ(receiver.received().size(), 1U);
}

TEST_F(IocLinkTest, WaitsAreTheSameForTheSameSeedAndHaveALimit) {
  IocLinkOptions options = options_for("http://127.0.0.1:1/");
  const IocLink one(*store, clock, options);
  const IocLink two(*store, clock, options);
  options.seed = 2;
  const IocLink other(*store, clock, options);
  EXPECT_EQ(one.wait_after("d1", 3), two.wait_after("d1", 3));
  EXPECT_NE(one.wait_after("d1", 3), other.wait_after("d1", 3));
  EXPECT_NE(one.wait_after("d1", 3), one.wait_after("d2", 3));
  EXPECT_LE(one.wait_after("d1", 1000), std::chrono::minutes{6});
  EXPECT_GE(one.wait_after("d1", 1000), std::chrono::minutes{4});
}

TEST_F(IocLinkTest, IsNotSentWhileNobodyAnswersAndMayThenExpire) {
  std::string nowhere;
  {
    IocReceiver gone;
    nowhere = gone.url();
  }
  IocLink link(*store, clock, options_for(nowhere));
  approve("d1");
  EXPECT_EQ(link.send_due(), 0U);
  EXPECT_EQ(state_of("d1"), approved) << "no byte has left";
  EXPECT_THAT(store->outbox().at(0).last_error, HasSubstr("Connection refused"));
  clock.set(start + std::chrono::hours{7});
  EXPECT_EQ(link.send_due(), 0U);
  EXPECT_EQ(state_of("d1"), expired);
  EXPECT_TRUE(store->outbox().empty());
}

TEST_F(IocLinkTest, IsRejectedWhenTheIocRefusesItAndTriesAgainWhenTheLinkIsWrong) {
  IocReceiver receiver;
  IocLink link(*store, clock, options_for(receiver.url()));
  approve("refused");
  receiver.fail_next(1, 422);
  EXPECT_EQ(link.send_due(), 1U);
  EXPECT_EQ(state_of("refused"), rejected);
  EXPECT_THAT(store->decision("refused")->acknowledgement, HasSubstr("told to fail"));
  EXPECT_EQ(link.counts().refused, 1U);
  approve("unauthorised");
  receiver.fail_next(1, 401);
  EXPECT_EQ(link.send_due(), 0U);
  EXPECT_EQ(state_of("unauthorised"), sent);
  clock.set(start + std::chrono::minutes{1});
  EXPECT_EQ(link.send_due(), 1U);
  EXPECT_EQ(state_of("unauthorised"), acknowledged);
}

TEST_F(IocLinkTest, WorksOnAThreadOfItsOwn) {
  IocReceiver receiver;
  IocLinkOptions options = options_for(receiver.url());
  options.ask_every = Duration{20};
  IocLink link(*store, clock, options);
  link.start();
  approve("d1");
  while (state_of("d1") != acknowledged) std::this_thread::sleep_for(Duration{5});
  receiver.mark_done("d1");
  while (state_of("d1") != done) std::this_thread::sleep_for(Duration{5});
  link.stop();
  EXPECT_EQ(link.counts().done, 1U);
}

}  // namespace
}  // namespace kontwin
