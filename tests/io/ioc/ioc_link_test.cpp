#include "io/ioc/ioc_link.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <set>
#include <thread>

#include "io/ioc/http_client.hpp"
#include "io/ioc/ioc_receiver.hpp"
#include "io/wire/decision_wire.hpp"
#include "tests/io/ioc/flaky_proxy.hpp"

namespace kontwin {
namespace {

using ::testing::ElementsAre;
using testing::FlakyProxy;
using ::testing::HasSubstr;
using enum DecisionState;

class IocLinkTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder = std::filesystem::path(KONTWIN_BINARY_DIR) / "tests" / "tmp" /
             (std::string(test->test_suite_name()) + "." + test->name() + "." +
              std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    store = std::make_unique<Store>(folder / "store.db");
  }
  void TearDown() override {
    store.reset();
    std::filesystem::remove_all(folder);
  }

  Decision decision(const std::string& id) const {
    Decision made;
    made.id = id;
    made.title_vi = "Sơ tán phường Quang Trung";
    made.measures = {{"order_evacuation", {"urn:ngsi-ld:Residence:1"}, "Sơ tán", "Evacuate"}};
    made.proposed_at = start;
    made.expires_at = start + std::chrono::hours{6};
    return made;
  }
  void approve(const std::string& id) {
    store->propose(decision(id), "kontwin");
    store->approve(id, "Chủ tịch", start);
  }
  IocLinkOptions options_for(const std::string& url) const {
    IocLinkOptions options;
    options.url = url;
    return options;
  }
  DecisionState state_of(const std::string& id) const { return store->decision(id)->state; }

  std::filesystem::path folder;
  std::unique_ptr<Store> store;
  Instant start = *parse_instant("2025-11-18T03:00:00+07:00");
  ManualClock clock{start};
};

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

TEST_F(IocLinkTest, SpeaksTlsAndTrustsOnlyWhomItIsTold) {
  IocReceiver receiver;
  const auto ours = folder / "ours.pem";
  const auto others = folder / "others.pem";
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
      Store again(folder / "store.db");
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
  store = std::make_unique<Store>(folder / "store.db");
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

TEST(IocReceiverTest, ChecksWhatItIsSent) {
  IocReceiver receiver;
  const auto post = [&](const std::string& key, const std::string& body) {
    HttpCall call;
    call.method = "POST";
    call.url = parse_url(receiver.url());
    if (!key.empty()) call.headers = {{"Idempotency-Key", key}};
    call.body = body;
    return exchange(call);
  };
  Decision decision;
  decision.id = "d1";
  decision.title_vi = "Sơ tán";
  decision.measures = {{"order_evacuation", {}, "", ""}};
  const std::string body = encode_decision_json(decision);
  EXPECT_EQ(post("", body).status, 400U);
  EXPECT_EQ(post("d2", body).status, 400U);
  EXPECT_THAT(post("d1", "{}").body, HasSubstr("id: is missing"));
  EXPECT_THAT(post("d1", "\xff{").body, HasSubstr("is not JSON"));
  EXPECT_TRUE(receiver.received().empty());
  const HttpAnswer first = post("d1", body);
  EXPECT_EQ(first.status, 201U);
  const HttpAnswer second = post("d1", body);
  EXPECT_EQ(second.status, 200U);
  EXPECT_EQ(second.body, first.body) << "the same key, the same answer";
  decision.title_vi = "Khác";
  EXPECT_EQ(post("d1", encode_decision_json(decision)).status, 409U);
  EXPECT_EQ(receiver.received().size(), 1U);

  HttpCall list;
  list.url = parse_url(receiver.url());
  EXPECT_THAT(exchange(list).body, HasSubstr("IOC-1970-0001"));
  list.url.path += "/nobody";
  EXPECT_EQ(exchange(list).status, 404U);
}

TEST(HttpUrlTest, IsTakenApartOrRefusedWithAReason) {
  const HttpUrl url = parse_url("https://ioc.kontum.gov.vn/v1/decisions");
  EXPECT_TRUE(url.tls);
  EXPECT_EQ(url.host, "ioc.kontum.gov.vn");
  EXPECT_EQ(url.port, "443");
  EXPECT_EQ(url.path, "/v1/decisions");
  EXPECT_EQ(parse_url("http://[::1]:8080").host, "::1");
  EXPECT_EQ(parse_url("http://[::1]:8080").port, "8080");
  for (const char* wrong :
       {"", "ftp://x", "http://", "http://x:0a", "http://x:70000", "http://a b"}) {
    EXPECT_THROW(parse_url(wrong), HttpError) << wrong;
  }
}

}  // namespace
}  // namespace kontwin
