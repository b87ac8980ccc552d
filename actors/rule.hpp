#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "twin/edit.hpp"
#include "twin/event.hpp"
#include "twin/live_state.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// The state cells of one entity: what its rule reads and, as far as actors own them, writes.
class Row {
 public:
  Row() { cells_.fill(std::numeric_limits<double>::quiet_NaN()); }
  /// The row of `ref` as `at(column)` gives it.
  template <typename CellAt>
  static Row copy_of(std::size_t columns, CellAt at) {
    Row row;
    for (std::size_t column = 0; column < columns; ++column) row.cells_[column] = at(column);
    return row;
  }

  double operator[](std::size_t column) const { return cells_[column]; }
  /// Writes a cell; one that has the value already counts as unchanged.
  void set(std::size_t column, double value);
  bool changed(std::size_t column) const { return changed_[column]; }
  /// The cells written with a new value, by rising column.
  std::vector<LiveState::Cell> changes() const;

 private:
  std::array<double, max_columns> cells_;
  std::bitset<max_columns> changed_;
};

/// A value that passed one or more of the lines its kind watches. A level is the number of lines
/// that lie at or below the value: 0 below all of them.
struct Crossing {
  std::size_t column = 0;
  int before = 0;
  int after = 0;

  bool rising() const { return after > before; }
};

/// What a rule sees when it is called, and what it answers: changed cells, events, commands. The
/// same in the mirror and in a branch.
class RuleContext {
 public:
  RuleContext(const World& world, EntityRef self, Instant now, Row row)
      : world_(world), self_(self), now_(now), row_(row) {}

  EntityRef self() const { return self_; }
  /// Simulated time in a branch; in the mirror, when what is handled was observed.
  Instant now() const { return now_; }
  void set_now(Instant now) { now_ = now; }
  double attribute(std::size_t index) const {
    return world_.entities(self_.kind).attribute(index, self_.row);
  }

  double operator[](std::size_t column) const { return row_[column]; }
  bool is_set(std::size_t column) const { return row_[column] >= 0.5; }
  void set(std::size_t column, double value) { row_.set(column, value); }
  void emit(EventType type, double value, Severity severity) {
    events_.push_back({now_, self_, type, value, severity});
  }
  /// Asks for an edit. In a branch it is made before the next window; in the mirror, where a rule
  /// may only command its own entity, at once.
  /// A second command of the same kind in the same call takes the place of the first.
  void command(Edit edit);

  Row& row() { return row_; }
  std::vector<Event>& events() { return events_; }
  std::vector<Edit>& commands() { return commands_; }

 private:
  const World& world_;
  EntityRef self_;
  Instant now_;
  Row row_;
  std::vector<Event> events_;
  std::vector<Edit> commands_;
};

/// How an entity behaves: one object an entity, called by its actor from one thread at a time. What
/// it remembers beyond its row is lost when the actor is restarted and starts empty in a branch, so
/// a rule must be able to go on from its row alone.
class Rule {
 public:
  virtual ~Rule() = default;

  /// A new value was measured, or, in a branch, a watched value moved by its step.
  virtual void on_reading(RuleContext&, std::size_t /*column*/) {}
  /// A watched column of this row crossed a line, whoever changed it.
  virtual void on_crossing(RuleContext&, const Crossing&) {}
  /// Somebody other than this rule edited this entity.
  virtual void on_edit(RuleContext&, const Edit&) {}
  /// An entity this one depends on said something (see Neighbours).
  virtual void on_heard(RuleContext&, const Event&) {}
  /// Observations are overdue. The row says so already and the event is out.
  virtual void on_stale(RuleContext&) {}
};

inline constexpr std::size_t no_column = std::numeric_limits<std::size_t>::max();

/// A column that matters to a kind, and the lines on it.
struct Watch {
  std::size_t column = 0;
  /// Rising. The same for all entities of the kind; or the number of them, where `line_of` is set.
  std::vector<double> lines;
  /// The value of a line for one entity, NaN for "none": lines that depend on attributes.
  double (*line_of)(const EntityTable& table, std::size_t row, std::size_t line) = nullptr;
  /// A line counts as left behind only when the value is this far below it.
  double hysteresis = 0;
  /// A column that holds the level, so that it is not guessed after a restart or a fork.
  std::size_t memory = no_column;
  /// In a branch `on_reading` is called whenever the value has moved by this much; 0: never.
  double step = 0;

  double line(const EntityTable& table, std::size_t row, std::size_t index) const {
    return line_of == nullptr ? lines[index] : line_of(table, row, index);
  }
};

/// The level of `value` over `lines`, which was `before`: NaN changes nothing.
inline int level_over(std::span<const double> lines, double hysteresis, double value, int before) {
  int reached = 0;
  int kept = 0;
  for (const double line : lines) {
    reached += value >= line ? 1 : 0;
    kept += value >= line - hysteresis ? 1 : 0;
  }
  if (value != value) return before;
  return before > reached ? (before < kept ? before : kept) : reached;
}

/// How much a kind may watch: entities keep a level for each watch in a few bytes, and lines are
/// looked at for many rows at once.
inline constexpr std::size_t most_watches = 8;
inline constexpr std::size_t most_lines = 3;

/// The rule of a kind: what it watches, when its observations are overdue, how an entity gets one.
struct RuleType {
  std::vector<Watch> watches;  ///< `most_watches` at most, of `most_lines` each
  /// Three times the usual interval between observations; 0: never overdue.
  Duration stale_after{0};
  std::unique_ptr<Rule> (*make)();
};

/// A flag, watched.
inline Watch watch_flag(std::size_t column) { return {.column = column, .lines = {0.5}}; }

}  // namespace kontwin
