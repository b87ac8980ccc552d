#include "app/live_flood.hpp"

#include <algorithm>
#include <cstdio>
#include <mutex>
#include <thread>

#include "app/describe_event.hpp"
#include "app/progress.hpp"
#include "io/live/recorded.hpp"
#include "io/live/replay.hpp"
#include "io/store/store.hpp"
#include "twin/error.hpp"
#include "twin/number_text.hpp"

namespace kontwin {

namespace {

constexpr std::string_view kon_tum_gauge = "urn:ngsi-ld:RiverGauge:69702";

Instant moment(const char* text) { return parse_instant(text).value(); }

/// Collects what the mirror says; its handler runs on a thread of the mirror's own.
class AlarmBook {
 public:
  void note(const Event& event) {
    if (event.severity == Severity::notice) return;
    const std::scoped_lock lock(mutex_);
    alarms_.push_back(event);
  }
  /// What came since the last call.
  std::vector<Event> take_new() {
    const std::scoped_lock lock(mutex_);
    std::vector<Event> fresh(alarms_.begin() + static_cast<std::ptrdiff_t>(taken_), alarms_.end());
    taken_ = alarms_.size();
    return fresh;
  }

 private:
  std::mutex mutex_;
  std::vector<Event> alarms_;
  std::size_t taken_ = 0;
};

bool is_first_alarm_of(const Event& event, EntityRef gauge) {
  return event.entity == gauge && event.type == EventType::alarm_level_changed && event.value >= 1;
}

}  // namespace

LiveFlood replay_flood(const std::shared_ptr<const World>& world,
                       const std::filesystem::path& recorded, double speed_up, unsigned threads,
                       const std::filesystem::path& store_file) {
  const Instant from = moment("2025-11-17T17:00:00+07:00");
  const Instant until = moment("2025-11-19T13:00:00+07:00");
  const auto gauge = world->find(kon_tum_gauge);
  if (!gauge) throw Error("the world has no gauge " + std::string(kon_tum_gauge));

  LiveFlood flood;
  flood.observed = read_recorded(recorded);
  ManualClock clock(flood.observed.front().observed_at);
  AlarmBook book;
  const auto before = std::chrono::steady_clock::now();
  Mirror mirror(world, clock, {.threads = threads});
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - before;
  mirror.on_event([&book](const Event& event) { book.note(event); });
  std::printf("  %s actor / actors, %s s\n",
              number_text(static_cast<double>(mirror.counts().actors), 0, Language::both).c_str(),
              number_text(took.count(), 2, Language::both).c_str());
  Store store(store_file);

  // The days before fill the mirror at once; the flood itself is played at the chosen speed.
  Replay replay(flood.observed, clock, mirror);
  replay.play_until(from);
  book.take_new();

  std::vector<Event> shown;
  {
    Progress progress({"Phát lại / Replay"});
    constexpr Duration step = std::chrono::minutes(30);
    const std::chrono::duration<double> pause(to_seconds(step) / speed_up);
    for (Instant now = from; now < until; now += step) {
      replay.play_until(now + step);
      const auto fresh = book.take_new();
      for (const std::string& line : marked_events(*world, fresh)) progress.say(line);
      for (const Event& event : fresh) {
        shown.push_back(event);
        store.record_event(event, *world);
        if (flood.state_at_alarm.cells() == 0 && is_first_alarm_of(event, *gauge)) {
          flood.alarm_at = event.at;
          flood.state_at_alarm = mirror.snapshot();
          flood.history = mirror.history(Instant::min());
        }
      }
      progress.set(0, to_seconds(now + step - from) / to_seconds(until - from),
                   format_local(now + step));
      std::this_thread::sleep_for(pause);
    }
  }
  if (flood.state_at_alarm.cells() == 0) {
    throw Error("the Kon Tum gauge did not reach its first alarm level in this recording");
  }
  flood.alarms = std::move(shown);
  flood.counts = mirror.counts();
  std::printf("  %llu quan trắc nhận / observations, %zu báo động / alarms\n",
              static_cast<unsigned long long>(flood.counts.accepted), flood.alarms.size());
  return flood;
}

}  // namespace kontwin
