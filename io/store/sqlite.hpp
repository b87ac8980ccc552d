#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace kontwin {

/// A SQLite database in a file, with a write-ahead log, synced at every commit. Not for several
/// threads at once. Errors are StoreErrors that name the file.
class Database {
 public:
  explicit Database(const std::filesystem::path& path);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  const std::string& path() const { return path_; }
  /// Runs statements without parameters.
  void run(const char* sql);
  /// Rows that the last statement changed.
  int changes() const { return sqlite3_changes(handle_); }
  [[noreturn]] void fail(const std::string& what) const;

 private:
  friend class Statement;
  std::string path_;
  sqlite3* handle_ = nullptr;
};

/// One statement with its parameters: bind in order, then step through its rows.
class Statement {
 public:
  Statement(Database& database, std::string_view sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(std::string_view text);
  Statement& bind(std::int64_t number);
  Statement& bind(double number);

  /// Moves to the next row; false when there is none.
  bool step();
  /// Runs to the end.
  void run();
  std::string text(int column) const;
  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
  double number(int column) const;

 private:
  void check(int code);

  Database& database_;
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0;
};

/// A transaction that is undone unless it is committed.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  /// On return it is on the disk.
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace kontwin
