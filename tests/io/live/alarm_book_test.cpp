#include "io/live/alarm_book.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_world.hpp"

namespace kontwin {
namespace {

using ::testing::ElementsAre;

class AlarmBookTest : public ::testing::Test {
 protected:
  Event alarm(double level, Severity severity = Severity::alarm) const {
    return {at, {Kind::river_gauge, 0}, EventType::alarm_level_changed, level, severity};
  }
  std::vector<double> kept() const {
    std::vector<double> levels;
    for (const StoredEvent& event : store.events()) levels.push_back(event.value);
    return levels;
  }
  void change_store(const std::string& sql) const {
    sqlite3* other = nullptr;
    ASSERT_EQ(sqlite3_open(file.c_str(), &other), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(other, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(other);
  }

  testing::ScratchFolder folder;
  std::filesystem::path file = folder.path() / "store.db";
  Instant at = *parse_instant("2025-11-18T03:00:00+07:00");
  std::shared_ptr<const World> world = testing::town();
  Store store{file};
  AlarmBook book{store, *world};
};

TEST_F(AlarmBookTest, KeepsWarningsAndAlarmsAndPassesNoticesOver) {
  book.note(alarm(1, Severity::warning));
  book.note(alarm(2, Severity::notice));
  book.note(alarm(3));
  book.write();
  book.write();
  EXPECT_THAT(kept(), ElementsAre(1, 3));
}

TEST_F(AlarmBookTest, WhatTheStoreRefusesIsWrittenAtTheNextTryInTheOrderItCame) {
  book.note(alarm(1));
  change_store("ALTER TABLE events RENAME TO away");
  EXPECT_THROW(book.write(), StoreError);
  book.note(alarm(2));
  EXPECT_THROW(book.write(), StoreError);
  change_store("ALTER TABLE away RENAME TO events");
  book.write();
  EXPECT_THAT(kept(), ElementsAre(1, 2));
}

}  // namespace
}  // namespace kontwin
