#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "actors/mirror.hpp"

namespace kontwin {

struct MqttFeedOptions {
  std::string broker = "tcp://127.0.0.1:1883";
  std::string topic = "kontwin/v1/observations/#";
  std::string client_id = "kontwin-mirror";  ///< of two with the same, each throws the other off
  int quality_of_service = 1;
};

/// Subscribes to a broker and hands what it publishes to the mirror. A lost connection is made
/// again by itself, with growing pauses up to half a minute; the session is kept at the broker, so
/// that messages of quality 1 sent meanwhile are not lost.
class MqttFeed {
 public:
  /// Connects and subscribes. `mirror` must outlive it. Throws Error naming the broker when the
  /// first connection cannot be made within 10 s.
  MqttFeed(MqttFeedOptions options, Mirror& mirror);
  ~MqttFeed();
  MqttFeed(const MqttFeed&) = delete;
  MqttFeed& operator=(const MqttFeed&) = delete;

  std::uint64_t messages() const;
  bool connected() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kontwin
