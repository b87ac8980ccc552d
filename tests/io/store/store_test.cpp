#include "io/store/store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <set>

#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_world.hpp"

namespace kontwin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::message_of;
using enum DecisionState;

class StoreTest : public ::testing::Test {
 protected:
  Decision proposed(const std::string& id) const {
    Decision decision;
    decision.id = id;
    decision.title_vi = "Sơ tán";
    decision.measures = {{"order_evacuation", {"urn:ngsi-ld:Residence:1"}, "Sơ tán", "Evacuate"}};
    decision.proposed_at = at;
    decision.expires_at = at + std::chrono::hours{6};
    return decision;
  }

  static std::vector<DecisionState> states_of(const Store& store, const std::string& id) {
    std::vector<DecisionState> states;
    for (const DecisionMove& move : store.history(id)) states.push_back(move.to);
    return states;
  }

  testing::ScratchFolder folder;
  std::filesystem::path file = folder.path() / "store.db";
  Instant at = *parse_instant("2025-11-18T03:00:00+07:00");
};

TEST_F(StoreTest, KeepsEventsInTheOrderTheyCame) {
  const auto world = testing::town();
  const std::vector<Event> events{
      {at, {Kind::river_gauge, 0}, EventType::alarm_level_changed, 1, Severity::alarm},
      {at + Duration{1}, {Kind::road, 3}, EventType::open_changed, 0, Severity::warning}};
  {
    Store store(file);
    store.record_events(events, *world);
    store.record_event(events[0], *world);
  }
  const Store store(file);
  EXPECT_EQ(store.event_count(), 3);
  const auto kept = store.events(1);
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept[0].entity, "urn:ngsi-ld:Road:test-3");
  EXPECT_EQ(kept[0].type, "open_changed");
  EXPECT_EQ(kept[0].severity, "warning");
  EXPECT_EQ(kept[0].at, events[1].at);
  EXPECT_EQ(kept[1].entity, "urn:ngsi-ld:RiverGauge:test-0");
}

TEST_F(StoreTest, LeadsADecisionToItsEndAndKeepsEveryMove) {
  {
    Store store(file);
    store.propose(proposed("d1"), "kontwin");
    EXPECT_THAT(store.outbox(), IsEmpty());
    store.approve("d1", "Chủ tịch", at + Duration{1});
    ASSERT_EQ(store.due(at + Duration{1}).size(), 1U);
    EXPECT_THAT(store.due(at + Duration{1})[0].body, HasSubstr("\"state\":\"approved\""));
  }
  Store store(file);
  store.mark_sent("d1", at + Duration{2});
  store.mark_sent("d1", at + Duration{3});
  store.mark_acknowledged("d1", R"({"accepted":true})", at + Duration{4});
  EXPECT_THAT(store.outbox(), IsEmpty());
  store.mark_done("d1", R"({"state":"done"})", at + Duration{5});
  const auto decision = store.decision("d1");
  ASSERT_TRUE(decision.has_value());
  EXPECT_EQ(decision->state, done);
  EXPECT_EQ(decision->approved_by, "Chủ tịch");
  EXPECT_EQ(decision->acknowledgement, R"({"accepted":true})");
  EXPECT_THAT(states_of(store, "d1"),
              ElementsAre(DecisionState::proposed, approved, sent, acknowledged, done));
  EXPECT_FALSE(store.history("d1")[0].from.has_value());
  EXPECT_EQ(store.history("d1")[1].by, "Chủ tịch");
  EXPECT_EQ(store.history("d1")[4].at, at + Duration{5});
}

TEST_F(StoreTest, RefusesMovesThatMayNotFollow) {
  Store store(file);
  store.propose(proposed("d1"), "kontwin");
  EXPECT_THAT(message_of<StoreError>([&] { store.mark_sent("d1", at); }),
              HasSubstr("d1 is proposed"));
  EXPECT_THAT(message_of<StoreError>([&] { store.mark_done("d1", "", at); }),
              HasSubstr("cannot be done"));
  EXPECT_THAT(message_of<StoreError>([&] { store.propose(proposed("d1"), "x"); }),
              HasSubstr("already"));
  EXPECT_THAT(message_of<StoreError>([&] { store.approve("d2", "x", at); }),
              HasSubstr("no decision d2"));
  store.approve("d1", "x", at);
  EXPECT_THAT(message_of<StoreError>([&] { store.approve("d1", "x", at); }),
              HasSubstr("d1 is approved"));
  EXPECT_EQ(store.outbox().size(), 1U) << "it must not be sent twice";
  store.mark_sent("d1", at);
  EXPECT_THAT(message_of<StoreError>([&] { store.reject("d1", "x", "", at); }),
              HasSubstr("only the IOC"));
  store.mark_refused("d1", "no", at);
  EXPECT_EQ(store.decision("d1")->state, rejected);
  EXPECT_THAT(message_of<StoreError>([&] { store.mark_acknowledged("d1", "", at); }),
              HasSubstr("rejected"));
  EXPECT_EQ(states_of(store, "d1").size(), 4U) << "what was refused left no line";
}

TEST_F(StoreTest, ExpiresWhatWasNotSentInTimeAndNothingElse) {
  Store store(file);
  for (const char* id : {"never-approved", "never-sent", "sent", "short"}) {
    store.propose(proposed(id), "kontwin");
  }
  for (const char* id : {"never-sent", "sent"}) store.approve(id, "x", at);
  store.mark_sent("sent", at);
  EXPECT_THAT(store.expire(at + std::chrono::hours{1}), IsEmpty());
  const Instant late = at + std::chrono::hours{6};
  ASSERT_EQ(store.due(late).size(), 1U) << "an expired decision must not leave the house";
  EXPECT_EQ(store.due(late)[0].decision_id, "sent");
  EXPECT_THAT(message_of<StoreError>([&] { store.approve("short", "x", late); }),
              HasSubstr("before 09:00"));
  EXPECT_THAT(store.expire(late), ElementsAre("never-approved", "never-sent", "short"));
  EXPECT_EQ(store.outbox().size(), 1U);
  EXPECT_EQ(store.decision("sent")->state, sent);
}

TEST_F(StoreTest, TellsWhyAnEntryWaits) {
  Store store(file);
  store.propose(proposed("d1"), "kontwin");
  store.approve("d1", "x", at);
  store.mark_failed("d1", "connect: Connection refused", at + std::chrono::seconds{5});
  EXPECT_THAT(store.due(at), IsEmpty());
  const auto due = store.due(at + std::chrono::seconds{5});
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].attempts, 1U);
  EXPECT_EQ(due[0].last_error, "connect: Connection refused");
}

TEST_F(StoreTest, LosesNothingItAcknowledgedWhenItsProcessIsKilled) {
  constexpr int rounds = 15;
  std::vector<std::string> promised;
  for (int round = 0; round < rounds; ++round) {
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      Store store(file);
      for (int n = 0;; ++n) {
        const std::string id = std::to_string(round) + "-" + std::to_string(n);
        store.propose(proposed(id), "kontwin");
        store.approve(id, "x", at);
        // From here on it must be found, whatever happens.
        if (::write(pipe[1], &n, sizeof n) != sizeof n) ::_exit(1);
      }
    }
    ::close(pipe[1]);
    int n = 0;
    ASSERT_EQ(::read(pipe[0], &n, sizeof n), static_cast<ssize_t>(sizeof n));
    ::usleep(static_cast<unsigned>(round * 1571 % 15'000));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    promised.push_back(std::to_string(round) + "-0");
    while (::read(pipe[0], &n, sizeof n) == sizeof n) {
      promised.push_back(std::to_string(round) + "-" + std::to_string(n));
    }
    ::close(pipe[0]);
  }
  const Store store(file);
  std::set<std::string> waiting;
  for (const OutboxEntry& entry : store.outbox()) {
    EXPECT_TRUE(waiting.insert(entry.decision_id).second);
  }
  for (const std::string& id : promised) EXPECT_TRUE(waiting.contains(id)) << id;
  // Approval and outbox entry are one: never the one without the other.
  for (const Decision& decision : store.decisions()) {
    EXPECT_EQ(decision.state == approved, waiting.contains(decision.id)) << decision.id;
  }
  EXPECT_GT(promised.size(), static_cast<std::size_t>(rounds));
}

TEST_F(StoreTest, SaysSoWhenTheDiskIsFullAndKeepsWhatItHad) {
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    Store store(file);
    const rlimit most{150'000, 150'000};
    ::setrlimit(RLIMIT_FSIZE, &most);
    int n = 0;
    try {
      for (; n < 200; ++n) {
        Decision decision = proposed("d" + std::to_string(n));
        decision.title_en = std::string(5000, 'x');
        store.propose(decision, "kontwin");
      }
    } catch (const StoreError& error) {
      const bool clear = std::string_view(error.what()).find("store.db") != std::string_view::npos;
      ::_exit(clear && static_cast<int>(store.decisions().size()) == n ? n : 250);
    }
    ::_exit(251);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  const int kept = WEXITSTATUS(status);
  ASSERT_GT(kept, 0);
  ASSERT_LT(kept, 200);
  EXPECT_EQ(Store(file).decisions().size(), static_cast<std::size_t>(kept));
}

TEST_F(StoreTest, RefusesOtherFilesAndNewerOnes) {
  std::ofstream(file) << std::string(4000, 'x');
  EXPECT_THAT(message_of<StoreError>([&] { Store store(file); }), HasSubstr("not a database"));
  EXPECT_THAT(message_of<StoreError>([&] { Store store(folder.path() / "no" / "store.db"); }),
              HasSubstr("cannot be opened"));
  const auto newer = folder.path() / "newer.db";
  { Store store(newer); }
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(newer.c_str(), &database), SQLITE_OK);
  sqlite3_exec(database, "PRAGMA user_version = 99", nullptr, nullptr, nullptr);
  sqlite3_close(database);
  EXPECT_THAT(message_of<StoreError>([&] { Store store(newer); }), HasSubstr("version 99"));
}

}  // namespace
}  // namespace kontwin
