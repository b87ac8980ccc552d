#include "actors/live_entity.hpp"

#include <spdlog/spdlog.h>
#include <caf/send.hpp>

#include "actors/reach.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

/// A row has several properties, each with a sensor of its own: the older moment of one must not
/// take the place of the newer one of another.
void note_moment(Row& row, Instant observed_at) {
  const double at = to_cell(observed_at);
  if (!(row[common_column::observed_at] >= at)) row.set(common_column::observed_at, at);
}

}  // namespace

LiveEntity::LiveEntity(caf::actor_config& config, MirrorCore* core, EntityRef self)
    : LiveEntityActor::base(config), core_(*core), self_(self) {}

LiveEntity::behavior_type LiveEntity::make_behavior() {
  return {[this](const Readings& readings) {
            const Piece piece(core_.underway, readings.epoch);
            take(readings);
            core_.queued.fetch_sub(readings.end - readings.begin, std::memory_order_relaxed);
          },
          [this](const Tick& tick) {
            const Piece piece(core_.underway, tick.epoch);
            wake(tick);
          },
          [this](const Heard& heard) {
            const Piece piece(core_.underway, heard.epoch);
            RuleContext context = look(heard.event.at);
            run(context, context.row(), heard.epoch,
                [&] { rule().rule().on_heard(context, heard.event); });
          },
          [this](const WorkedOut& it) {
            const Piece piece(core_.underway, it.epoch);
            RuleContext context = look(it.now);
            rule();  // its levels are those of the row before the change
            context.set(it.column, it.value);
            run(context, context.row(), it.epoch, [] {});
          },
          [this](const Fail& fail) {
            const Piece piece(core_.underway, fail.epoch);
            RuleContext context = look(fail.now);
            run(context, context.row(), fail.epoch, [] { throw Error("made to fail"); });
          }};
}

Row LiveEntity::row() const {
  return Row::copy_of(schema_of(self_.kind).columns.size(),
                      [this](std::size_t column) { return core_.live.own(self_, column); });
}

EntityRule& LiveEntity::rule() {
  if (!rule_) rule_ = std::make_unique<EntityRule>(*core_.world, self_, row());
  return *rule_;
}

void LiveEntity::take(const Readings& readings) {
  RuleContext context = look(readings.now);
  Row measured = context.row();
  rule();  // its levels are those of the row before the readings
  std::vector<const Reading*> fresh;
  fresh.reserve(readings.end - readings.begin);
  for (std::uint32_t i = readings.begin; i != readings.end; ++i) {
    const Reading& reading = (*readings.all)[i];
    if (is_too_old(reading)) continue;
    fresh.push_back(&reading);
    measured.set(reading.column, reading.value);
    note_moment(measured, reading.observed_at);
  }
  if (fresh.empty()) return;
  run(context, measured, readings.epoch, [&] {
    for (const Reading* reading : fresh) {
      context.set_now(reading->observed_at);
      context.set(reading->column, reading->value);
      note_observation(context, reading->observed_at, readings.now);
      rule().rule().on_reading(context, reading->column);
      rule().follow_up(context);
    }
  });
  core_.accepted.fetch_add(fresh.size(), std::memory_order_relaxed);
}

bool LiveEntity::is_too_old(const Reading& reading) {
  Instant& newest = core_.newest_of(self_, reading.column);
  if (reading.observed_at < newest) {
    if (core_.refuse(Refusal::too_old)) {
      spdlog::warn(
          "observation refused (too_old): {} {} of {}, there is a newer one; more are only counted",
          core_.world->urn(self_), schema_of(self_.kind).columns[reading.column].id,
          format_instant(reading.observed_at));
    }
    return true;
  }
  newest = reading.observed_at;
  return false;
}

void LiveEntity::note_observation(RuleContext& context, Instant observed_at, Instant now) {
  note_moment(context.row(), observed_at);
  const Duration limit = rule_of(self_.kind).stale_after;
  if (limit == Duration{0}) return;
  if (context.is_set(common_column::stale) && now - observed_at <= limit) {
    context.set(common_column::stale, 0);
    context.emit(EventType::sensor_recovered, 0, Severity::notice);
  }
  const Instant newest(from_seconds(context[common_column::observed_at]));
  core_.due[core_.number_of(self_)].store((newest + limit).time_since_epoch().count(),
                                          std::memory_order_relaxed);
}

void LiveEntity::wake(const Tick& tick) {
  RuleContext context = look(tick.now);
  const Instant newest(from_seconds(context[common_column::observed_at]));
  const Duration silence = tick.now - newest;
  // A reading may have come between the tick and its arrival here; it has set its own alarm.
  if (context.is_set(common_column::stale) || silence <= rule_of(self_.kind).stale_after) return;
  core_.due[core_.number_of(self_)].store(MirrorCore::never, std::memory_order_relaxed);
  rule();
  context.set(common_column::stale, 1);
  const Row measured = context.row();
  run(context, measured, tick.epoch, [&] {
    context.emit(EventType::sensor_stale, to_seconds(silence), Severity::warning);
    rule().rule().on_stale(context);
  });
}

template <typename Work>
void LiveEntity::run(RuleContext& context, Row measured, Underway::Epoch epoch, Work work) {
  try {
    work();
    rule().follow_up(context);
    write(context, epoch);
  } catch (const std::exception& failure) {
    RuleContext kept(*core_.world, self_, context.now(), measured);
    write(kept, epoch);
    restart(context.now(), epoch, failure.what());
  }
}

void LiveEntity::write(RuleContext& context, Underway::Epoch epoch) {
  const auto cells = context.row().changes();
  if (!cells.empty()) core_.live.write(self_, cells);
  tell_usable(context.row(), context.now(), epoch);
  say(std::move(context.events()), epoch);
}

void LiveEntity::restart(Instant now, Underway::Epoch epoch, const char* reason) {
  rule_.reset();
  ++restarts_;
  core_.restarts.fetch_add(1, std::memory_order_relaxed);
  spdlog::error("{} failed and was restarted with its last row: {}", core_.world->urn(self_),
                reason);
  say({{now, self_, EventType::actor_restarted, double(restarts_), Severity::warning}}, epoch);
}

void LiveEntity::say(std::vector<Event> events, Underway::Epoch epoch) {
  if (events.empty()) return;
  for (const EntityRef listener : core_.neighbours.listeners_of(self_)) {
    for (const Event& event : events) {
      core_.underway.add(epoch);
      send(core_.actor_of(listener), Heard{event, epoch});
    }
  }
  core_.events.fetch_add(events.size(), std::memory_order_relaxed);
  core_.queued.fetch_add(events.size(), std::memory_order_relaxed);
  core_.underway.add(epoch);
  send(core_.hub, Said{std::move(events), epoch});
}

void LiveEntity::tell_usable(const Row& row, Instant now, Underway::Epoch epoch) {
  if (self_.kind != Kind::road) return;
  const bool usable =
      is_usable(row[road_column::open], row[road_column::debris], row[common_column::water_depth_m],
                row[common_column::impassable_for]);
  if (usable == usable_) return;
  usable_ = usable;
  core_.underway.add(epoch);
  send(core_.reach, RoadUsable{self_.row, usable, now, epoch});
}

}  // namespace kontwin
