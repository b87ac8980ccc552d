// The link over connections that break, stall or cannot be trusted, and in a process that is
// killed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <set>
#include <thread>

#include "io/ioc/ioc_link.hpp"
#include "io/ioc/ioc_receiver.hpp"
#include "tests/io/ioc/flaky_proxy.hpp"
#include "tests/io/ioc/ioc_link_fixture.hpp"

namespace kontwin {
namespace {

using testing::FlakyProxy;
using ::testing::HasSubstr;
using testing::IocLinkTest;
using enum DecisionState;

TEST_F(IocLinkTest, ArrivesOnceThoughConnectionsBreak) {
  IocReceiver receiver;
  FlakyProxy proxy(receiver.url());
  IocLink link(*store, clock, options_for(proxy.url()));
  approve("lost");
  approve("unheard");
  approve("garbled");
  const auto send_all = [&](FlakyProxy::Break how, const char* id) {
    proxy.break_next(how, 2);
    for (int round = 0; round < 40 && state_of(id) != acknowledged; ++round) {
      link.send_due();
      clock.set(clock.now() + std::chrono::seconds{20});
    }
    EXPECT_EQ(state_of(id), acknowledged) << id;
  };
  send_all(FlakyProxy::Break::before_forwarding, "lost");
  approve("answer-lost");
  send_all(FlakyProxy::Break::after_forwarding, "answer-lost");
  approve("no-http");
  send_all(FlakyProxy::Break::garbage, "no-http");
  const auto received = receiver.received();
  EXPECT_EQ(received.size(), 5U);
  std::set<std::string> ids;
  for (const auto& item : received) ids.insert(item.decision.id);
  EXPECT_EQ(ids.size(), 5U) << "a decision was kept twice";
  const auto again = std::ranges::find(
      received, "answer-lost", [](const ReceivedDecision& item) { return item.decision.id; });
  ASSERT_NE(again, received.end());
  EXPECT_EQ(again->times_sent, 3U) << "the same answer each time";
}

TEST_F(IocLinkTest, GivesUpOnASlowAnswerAndAsksAgain) {
  IocReceiver receiver;
  receiver.answer_after(Duration{400});
  IocLinkOptions options = options_for(receiver.url());
  options.timeout = Duration{50};
  IocLink link(*store, clock, options);
  approve("d1");
  EXPECT_EQ(link.send_due(), 0U);
  EXPECT_THAT(store->outbox().at(0).last_error, HasSubstr("answer of 127.0.0.1"));
  receiver.answer_after(Duration{0});
  for (int round = 0; round < 100 && state_of("d1") != acknowledged; ++round) {
    clock.set(clock.now() + std::chrono::minutes{1});
    link.send_due();
  }
  EXPECT_EQ(state_of("d1"), acknowledged);
  EXPECT_EQ(receiver.received().size(), 1U);
}

TEST_F(IocLinkTest, StopsAfterTheExchangeUnderWayThoughMoreAreDue) {
  constexpr int decisions = 50;
  IocReceiver receiver;
  receiver.answer_after(Duration{200});
  for (int n = 0; n < decisions; ++n) approve(std::to_string(n));
  IocLink link(*store, clock, options_for(receiver.url()));
  link.start();
  while (link.counts().attempts == 0) std::this_thread::yield();
  link.stop();
  EXPECT_LT(link.counts().attempts, static_cast<std::uint64_t>(decisions));
  receiver.answer_after(Duration{0});
  link.send_due();
  EXPECT_TRUE(store->outbox().empty()) << "what was left is sent by the next call";
}

TEST_F(IocLinkTest, SpeaksTlsAndTrustsOnlyWhomItIsTold) {
  IocReceiver receiver;
  const auto ours = folder.path() / "ours.pem";
  const auto others = folder.path() / "others.pem";
  testing::write_certificate(ours);
  testing::write_certificate(others);
  FlakyProxy proxy(receiver.url(), ours);
  approve("d1");
  IocLinkOptions options = options_for(proxy.url());
  options.ca_file = others;
  {
    IocLink link(*store, clock, options);
    EXPECT_EQ(link.send_due(), 0U);
    EXPECT_EQ(state_of("d1"), approved) << "nothing leaves before the other side is trusted";
    EXPECT_THAT(store->outbox().at(0).last_error, HasSubstr("certificate verify failed"));
  }
  options.ca_file = ours;
  clock.set(start + std::chrono::minutes{1});
  IocLink link(*store, clock, options);
  EXPECT_EQ(link.send_due(), 1U);
  EXPECT_EQ(state_of("d1"), acknowledged);
}

TEST_F(IocLinkTest, DeliversEachDecisionOnceThoughTheSenderIsKilledAgainAndAgain) {
  constexpr int decisions = 12;
  IocReceiver receiver;
  // The time between the receiver's keeping and the sender's hearing of it.
  receiver.answer_after(Duration{3});
  for (int n = 0; n < decisions; ++n) approve(std::to_string(n));
  store.reset();
  std::uint64_t killed = 0;
  for (unsigned round = 0; round < 30; ++round) {
    const pid_t child = ::fork();
    if (child == 0) {
      Store again(folder.path() / "store.db");
      ManualClock later(start + std::chrono::minutes{round});
      IocLink link(again, later, options_for(receiver.url()));
      link.send_due();
      ::_exit(0);
    }
    ::usleep(4000 + (round * 1237) % 9000);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    killed += WIFSIGNALED(status) ? 1U : 0U;
  }
  store = std::make_unique<Store>(folder.path() / "store.db");
  clock.set(start + std::chrono::hours{1});
  IocLink link(*store, clock, options_for(receiver.url()));
  link.send_due();
  std::set<std::string> ids;
  std::uint64_t posts = 0;
  for (const auto& item : receiver.received()) {
    EXPECT_TRUE(ids.insert(item.decision.id).second) << item.decision.id << " arrived twice";
    posts += item.times_sent;
  }
  EXPECT_EQ(ids.size(), static_cast<std::size_t>(decisions));
  for (const Decision& decision : store->decisions()) {
    EXPECT_EQ(decision.state, acknowledged) << decision.id;
  }
  EXPECT_TRUE(store->outbox().empty());
  EXPECT_GT(killed, 3U);
  RecordProperty("posts", static_cast<int>(posts));
}

}  // namespace
}  // namespace kontwin
