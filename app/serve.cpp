#include <spdlog/spdlog.h>

#include <csignal>
#include <cstdio>
#include <memory>
#include <optional>
#include <thread>

#include "app/asset_paths.hpp"
#include "app/commands.hpp"
#include "app/describe_event.hpp"
#include "app/open_world.hpp"
#include "app/rolling_forecast.hpp"
#include "io/live/alarm_book.hpp"
#include "io/live/http_api.hpp"
#include "io/live/mqtt_feed.hpp"
#include "io/live/recorded.hpp"
#include "io/live/replay.hpp"
#include "io/store/store.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

/// Waits for Ctrl+C or a stop from the service manager, up to `patience`; true when one came. The
/// signals are blocked in every thread, so that they arrive here and nowhere else.
bool stop_requested(std::chrono::milliseconds patience) {
  sigset_t wanted;
  sigemptyset(&wanted);
  sigaddset(&wanted, SIGINT);
  sigaddset(&wanted, SIGTERM);
  timespec limit{};
  limit.tv_sec = static_cast<time_t>(patience.count() / 1000);
  limit.tv_nsec = static_cast<long>(patience.count() % 1000) * 1'000'000;
  return sigtimedwait(&wanted, nullptr, &limit) > 0;
}

void block_stop_signals() {
  sigset_t wanted;
  sigemptyset(&wanted);
  sigaddset(&wanted, SIGINT);
  sigaddset(&wanted, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &wanted, nullptr);
}

void announce(const ServeOptions& options, const HttpApi& api, const std::string& feed) {
  std::printf("kontwin: http://%s:%u  /health /v1/entities %s/v1/observations /metrics\n",
              options.address.c_str(), unsigned{api.port()},
              options.store.empty() ? "" : "/v1/alarms ");
  std::printf("kontwin: %s; Ctrl+C: dừng / stops it\n", feed.c_str());
  std::fflush(stdout);
}

/// What a mirror tells people: its alarms on the terminal, and in a store where one is asked for.
class Alarms {
 public:
  Alarms(const ServeOptions& options, std::shared_ptr<const World> world)
      : world_(std::move(world)) {
    if (options.store.empty()) return;
    store_.emplace(options.store);
    book_.emplace(*store_, *world_);
  }

  const Store* store() const { return store_ ? &*store_ : nullptr; }

  void tell(const Event& event) {
    print_event(*world_, event);
    if (book_) book_->note(event);
  }

  /// Writes what came since the last call. The mirror goes on where the disk is full.
  void write() {
    if (!book_) return;
    try {
      book_->write();
      failing_ = false;
    } catch (const StoreError& error) {
      if (!failing_) spdlog::error("{}; tried again / sẽ thử lại", error.what());
      failing_ = true;
    }
  }

 private:
  std::shared_ptr<const World> world_;
  std::optional<Store> store_;
  std::optional<AlarmBook> book_;
  bool failing_ = false;
};

/// The forecast that options ask for; null: none.
std::unique_ptr<RollingForecast> forecast_of(const ServeOptions& options, const Clock& clock,
                                             const Mirror& mirror,
                                             const std::shared_ptr<const World>& world) {
  if (options.forecast.empty()) return nullptr;
  const auto every = parse_duration(options.every);
  if (!every || *every <= Duration{0}) {
    throw Error("--every: '" + options.every + "' is not a length of time such as 15min");
  }
  return std::make_unique<RollingForecast>(ForecastOptions{.scenario = options.forecast,
                                                           .every = *every,
                                                           .folder = options.forecast_folder,
                                                           .threads = options.common.threads},
                                           clock, mirror, world);
}

void serve_mqtt(const ServeOptions& options, const std::shared_ptr<const World>& world) {
  const SystemClock clock;
  Alarms alarms(options, world);
  Mirror mirror(world, clock, {.threads = options.common.threads});
  mirror.on_event([&alarms](const Event& event) { alarms.tell(event); });
  const HttpApi api({options.address, options.port, alarms.store()}, mirror, clock);
  const MqttFeed feed(
      {.broker = options.mqtt, .topic = options.topic, .client_id = options.mqtt_client}, mirror);
  const auto forecast = forecast_of(options, clock, mirror, world);
  announce(options, api, "nghe / listening to " + options.mqtt);
  while (!stop_requested(std::chrono::seconds(1))) {
    mirror.tick();
    alarms.write();
    if (forecast) forecast->tick();
  }
  mirror.settle();
  alarms.write();
}

void serve_replay(const ServeOptions& options, const std::shared_ptr<const World>& world) {
  const auto file = options.replay.empty()
                        ? find_assets() / "kontum/events/2025-11-flood/observations.csv"
                        : options.replay;
  auto observations = read_recorded(file);
  ManualClock clock(observations.empty() ? SystemClock().now() : observations.front().observed_at);
  Alarms alarms(options, world);
  Mirror mirror(world, clock, {.threads = options.common.threads});
  mirror.on_event([&alarms](const Event& event) { alarms.tell(event); });
  Replay replay(std::move(observations), clock, mirror);
  const HttpApi api({options.address, options.port, alarms.store()}, mirror, clock);
  const auto forecast = forecast_of(options, clock, mirror, world);
  announce(options, api, "phát lại / replaying " + file.string());

  constexpr std::chrono::milliseconds step{200};
  while (!stop_requested(step)) {
    if (!replay.done()) {
      replay.play_until(clock.now() + from_seconds(to_seconds(step) * options.speed_up));
      if (forecast) forecast->tick();
    }
    alarms.write();
  }
  mirror.settle();
  alarms.write();
}

}  // namespace

int run_serve(const ServeOptions& options) {
  block_stop_signals();
  const auto world = open_world(options.common);
  if (options.mqtt.empty()) {
    serve_replay(options, world);
  } else {
    serve_mqtt(options, world);
  }
  std::puts("kontwin: đã dừng / stopped");
  return 0;
}

}  // namespace kontwin
