#include "io/live/mqtt_feed.hpp"

#include <fmt/format.h>
#include <mqtt/async_client.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <chrono>

#include "io/live/ingest.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

/// Paho gives most failures to connect no more than the number -1.
std::string reason_of(const mqtt::exception& error) {
  if (error.get_return_code() != MQTTASYNC_FAILURE) return error.what();
  return "no broker answers there";
}

}  // namespace

struct MqttFeed::Impl final : public virtual mqtt::callback {
  MqttFeedOptions options;
  Mirror& mirror;
  mqtt::async_client client;
  std::atomic<std::uint64_t> messages{0};

  Impl(MqttFeedOptions chosen, Mirror& target)
      : options(std::move(chosen)), mirror(target), client(options.broker, options.client_id) {
    client.set_callback(*this);
  }

  void connected(const std::string&) override {
    // The broker may have forgotten the session while the connection was away.
    try {
      client.subscribe(options.topic, options.quality_of_service);
    } catch (const mqtt::exception& error) {
      spdlog::error("mqtt: {}: cannot subscribe to {}: {}", options.broker, options.topic,
                    error.what());
      return;
    }
    spdlog::info("mqtt: connected to {}, listening to {}", options.broker, options.topic);
  }

  void connection_lost(const std::string& cause) override {
    spdlog::warn(
        "mqtt: {}: the connection was lost ({}); trying again", options.broker,
        cause.empty() ? "no reason given; or another mirror has the same name there" : cause);
  }

  /// Called from C, which no exception may cross.
  void message_arrived(mqtt::const_message_ptr message) override {
    ++messages;
    try {
      const auto& payload = message->get_payload_ref();
      const IngestResult result = ingest_message(
          mirror, std::string_view(payload.data(), payload.size()), "mqtt:" + message->get_topic());
      if (!result.problem.empty()) complain(message->get_topic(), result.problem);
    } catch (const std::exception& failure) {
      spdlog::error("mqtt: {}: a message was lost: {}", message->get_topic(), failure.what());
    }
  }

  /// A publisher may send rubbish as fast as the line carries it; the log need not follow.
  void complain(const std::string& topic, const std::string& problem) {
    using Pace = std::chrono::steady_clock;
    const Pace::time_point now = Pace::now();
    if (now < next_complaint) {
      ++unsaid;
      return;
    }
    next_complaint = now + std::chrono::seconds(10);
    spdlog::warn("mqtt: {}: {}{}", topic, problem,
                 unsaid == 0 ? "" : fmt::format(" ({} more since the last said)", unsaid));
    unsaid = 0;
  }

  std::chrono::steady_clock::time_point next_complaint;  ///< messages come on one thread
  std::uint64_t unsaid = 0;
};

MqttFeed::MqttFeed(MqttFeedOptions options, Mirror& mirror) {
  const std::string broker = options.broker;
  try {
    impl_ = std::make_unique<Impl>(std::move(options), mirror);
    const auto connect = mqtt::connect_options_builder()
                             .clean_session(false)
                             .automatic_reconnect(std::chrono::seconds(1), std::chrono::seconds(30))
                             .connect_timeout(std::chrono::seconds(5))
                             .finalize();
    if (!impl_->client.connect(connect)->wait_for(std::chrono::seconds(10))) {
      throw Error("mqtt: " + broker + " did not answer within 10 s");
    }
    // Whoever has a feed misses nothing that is published from now on.
    const auto subscribed =
        impl_->client.subscribe(impl_->options.topic, impl_->options.quality_of_service);
    if (!subscribed->wait_for(std::chrono::seconds(10))) {
      throw Error("mqtt: " + broker + " did not confirm the subscription to " +
                  impl_->options.topic + " within 10 s");
    }
  } catch (const mqtt::exception& error) {
    throw Error("mqtt: cannot connect to " + broker +
                " (a broker's address is tcp://host:port): " + reason_of(error));
  }
}

MqttFeed::~MqttFeed() {
  try {
    // A broker that hangs must not keep us: what it has sent is taken or will be sent again.
    if (impl_->client.is_connected()) impl_->client.disconnect()->wait_for(std::chrono::seconds(5));
  } catch (const mqtt::exception& error) {
    spdlog::warn("mqtt: {}: could not say goodbye: {}", impl_->options.broker, error.what());
  }
}

std::uint64_t MqttFeed::messages() const { return impl_->messages; }

bool MqttFeed::connected() const { return impl_->client.is_connected(); }

}  // namespace kontwin
