#pragma once

#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <mutex>
#include <string>
#include <vector>

#include "actors/mirror.hpp"
#include "tests/support/small_world.hpp"

namespace kontwin::testing {

/// A mirror of the small town at 00:00 UTC on 18 November 2025, with the events it said so far.
class MirrorTest : public ::testing::Test {
 protected:
  static Instant at(Duration since_start) {
    return Instant{std::chrono::sys_days{std::chrono::year{2025} / 11 / 18}} + since_start;
  }

  static void SetUpTestSuite() { spdlog::set_level(spdlog::level::off); }
  static void TearDownTestSuite() { spdlog::set_level(spdlog::level::info); }

  void SetUp() override { start(town(), {.threads = 2}); }

  void start(std::shared_ptr<const World> world, MirrorOptions options) {
    mirror.reset();
    mirror = std::make_unique<Mirror>(std::move(world), clock, options);
    mirror->on_event([this](const Event& event) {
      const std::scoped_lock lock(mutex);
      events.push_back(event);
    });
  }

  static Observation observe(const std::string& entity, const std::string& property, double value,
                             Instant observed_at) {
    return {.entity = "urn:ngsi-ld:" + entity,
            .property = property,
            .value = value,
            .observed_at = observed_at,
            .source = "test",
            .quality = Quality::good};
  }

  /// Lets an observation of this moment in, and waits until it has had its effect.
  void ingest(const std::string& entity, const std::string& property, double value, Duration when) {
    clock.set(at(when));
    const Observation one = observe(entity, property, value, at(when));
    mirror->ingest({&one, 1});
    mirror->settle();
  }

  void tick(Duration when) {
    clock.set(at(when));
    mirror->tick();
    mirror->settle();
  }

  std::uint64_t refused(Refusal reason) const {
    return mirror->counts().refused[static_cast<std::size_t>(reason)];
  }

  /// The values of the events of one type, in the order they came.
  std::vector<double> said(EventType type) {
    const std::scoped_lock lock(mutex);
    std::vector<double> values;
    for (const Event& event : events) {
      if (event.type == type) values.push_back(event.value);
    }
    return values;
  }

  ManualClock clock{at({})};
  std::mutex mutex;
  std::vector<Event> events;
  std::unique_ptr<Mirror> mirror;
};

}  // namespace kontwin::testing
