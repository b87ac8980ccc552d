#pragma once

#include <atomic>

#include "twin/time.hpp"

namespace kontwin {

/// What "now" is. Live, a branch, a replay and a test each have their own.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock {
 public:
  Instant now() const override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
};

/// Stands still until it is set. Any thread may read it and set it.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : milliseconds_(start.time_since_epoch().count()) {}
  Instant now() const override { return Instant{Duration{milliseconds_.load()}}; }
  void set(Instant now) { milliseconds_.store(now.time_since_epoch().count()); }

 private:
  std::atomic<Duration::rep> milliseconds_;
};

}  // namespace kontwin
