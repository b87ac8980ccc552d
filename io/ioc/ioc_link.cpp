#include "io/ioc/ioc_link.hpp"

#include <spdlog/spdlog.h>
#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "io/ioc/http_client.hpp"
#include "twin/random.hpp"

namespace kontwin {

namespace {

constexpr std::size_t longest_answer = 16'384;

/// What an answer of the IOC means for a decision.
enum class Verdict : std::uint8_t { acknowledged, refused, again };

/// A member of an answer that may be anything; null when it is not there.
nlohmann::json member(const std::string& body, const char* name) {
  const auto json = nlohmann::json::parse(body, nullptr, false);
  return json.is_object() ? json.value(name, nlohmann::json()) : nlohmann::json();
}

Verdict verdict_of(const HttpAnswer& answer) {
  constexpr std::array<unsigned, 5> refusals{400, 409, 410, 413, 422};
  if (std::ranges::find(refusals, answer.status) != refusals.end()) return Verdict::refused;
  if (answer.status < 200 || answer.status > 299) return Verdict::again;
  const auto accepted = member(answer.body, "accepted");
  if (!accepted.is_boolean()) return Verdict::again;
  return accepted.get<bool>() ? Verdict::acknowledged : Verdict::refused;
}

bool says_done(const HttpAnswer& answer) {
  return answer.status >= 200 && answer.status <= 299 && member(answer.body, "state") == "done";
}

std::string shortened(const std::string& text, std::size_t bytes) {
  return text.size() <= bytes ? text : text.substr(0, bytes) + "...";
}

/// FNV-1a: a number for an id, the same on every machine.
std::uint64_t number_of(std::string_view id) {
  std::uint64_t number = 0xcbf29ce484222325ULL;
  for (const char c : id) {
    number = (number ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  }
  return number;
}

/// An id as one segment of a URL's path.
std::string percent_encoded(std::string_view id) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : id) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                       (byte >= 'A' && byte <= 'Z') || c == '-' || c == '_' || c == '.' || c == '~';
    if (plain) {
      encoded += c;
    } else {
      encoded += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
  }
  return encoded;
}

}  // namespace

struct IocLink::Impl {
  Impl(Store& the_store, const Clock& the_clock, IocLinkOptions the_options)
      : store(the_store),
        clock(the_clock),
        options(std::move(the_options)),
        url(parse_url(options.url)) {}

  HttpCall call(const char* method) const {
    HttpCall call;
    call.method = method;
    call.url = url;
    call.timeout = options.timeout;
    call.ca_file = options.ca_file;
    call.headers = {{"Accept", "application/json"}};
    if (!options.token.empty())
      call.headers.emplace_back("Authorization", "Bearer " + options.token);
    return call;
  }

  HttpAnswer post(const OutboxEntry& entry) {
    HttpCall request = call("POST");
    request.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
    request.headers.emplace_back("Idempotency-Key", entry.decision_id);
    request.body = entry.body;
    request.before_sending = [&] { store.mark_sent(entry.decision_id, clock.now()); };
    return exchange(request);
  }

  void failed(const OutboxEntry& entry, const std::string& why, Duration wait) {
    store.mark_failed(entry.decision_id, why, clock.now() + wait);
    spdlog::warn("IOC: decision {} not delivered, attempt {}: {}", entry.decision_id,
                 entry.attempts + 1, why);
    count(&IocLinkCounts::failed);
  }

  /// Whether the decision is settled: the IOC has it, or will not have it.
  bool attempt(const OutboxEntry& entry, Duration wait) {
    count(&IocLinkCounts::attempts);
    HttpAnswer answer;
    try {
      answer = post(entry);
    } catch (const HttpError& error) {
      failed(entry, error.what(), wait);
      return false;
    }
    const std::string words = shortened(answer.body, longest_answer);
    switch (verdict_of(answer)) {
      case Verdict::again:
        failed(entry, "status " + std::to_string(answer.status) + ": " + shortened(words, 200),
               wait);
        return false;
      case Verdict::refused:
        store.mark_refused(entry.decision_id, words, clock.now());
        count(&IocLinkCounts::refused);
        return true;
      case Verdict::acknowledged:
        store.mark_acknowledged(entry.decision_id, words, clock.now());
        count(&IocLinkCounts::acknowledged);
        if (says_done(answer)) done(entry.decision_id, words);
        return true;
    }
    return false;
  }

  void done(const std::string& id, const std::string& words) {
    store.mark_done(id, words, clock.now());
    count(&IocLinkCounts::done);
  }

  bool is_stopping() {
    const std::lock_guard lock(mutex);
    return stopping;
  }

  void count(std::uint64_t IocLinkCounts::*which) {
    const std::lock_guard lock(mutex);
    ++(counts.*which);
  }

  Store& store;
  const Clock& clock;
  const IocLinkOptions options;
  const HttpUrl url;
  std::mutex mutex;
  std::condition_variable stopped;
  bool stopping = false;
  IocLinkCounts counts;
  std::thread worker;
};

IocLink::IocLink(Store& store, const Clock& clock, IocLinkOptions options)
    : impl_(std::make_unique<Impl>(store, clock, std::move(options))) {}

IocLink::~IocLink() { stop(); }

Duration IocLink::wait_after(const std::string& id, std::uint32_t attempts) const {
  const IocLinkOptions& options = impl_->options;
  const std::uint32_t doublings = std::min(attempts, 30U) - std::min(attempts, 1U);
  const double wait_s = std::min(to_seconds(options.first_retry) * std::exp2(doublings),
                                 to_seconds(options.longest_retry));
  RandomStream random(options.seed, number_of(id), attempts);
  return from_seconds(wait_s * random.uniform(1 - options.jitter, 1 + options.jitter));
}

std::size_t IocLink::send_due() {
  impl_->store.expire(impl_->clock.now());
  std::size_t settled = 0;
  for (const OutboxEntry& entry : impl_->store.due(impl_->clock.now())) {
    if (impl_->is_stopping()) break;
    const Duration wait = wait_after(entry.decision_id, entry.attempts + 1);
    if (impl_->attempt(entry, wait)) ++settled;
  }
  return settled;
}

std::size_t IocLink::ask_for_done() {
  std::size_t found = 0;
  for (const Decision& decision : impl_->store.decisions()) {
    if (impl_->is_stopping()) break;
    if (decision.state != DecisionState::acknowledged) continue;
    HttpCall request = impl_->call("GET");
    request.url.path += (request.url.path.ends_with('/') ? "" : "/") + percent_encoded(decision.id);
    try {
      const HttpAnswer answer = exchange(request);
      if (!says_done(answer)) continue;
      impl_->done(decision.id, shortened(answer.body, longest_answer));
      ++found;
    } catch (const HttpError& error) {
      spdlog::warn("IOC: cannot ask about decision {}: {}", decision.id, error.what());
    }
  }
  return found;
}

void IocLink::start() {
  if (impl_->worker.joinable()) return;
  impl_->worker = std::thread([this] {
    using Pace = std::chrono::steady_clock;
    Pace::time_point next_question = Pace::now();
    std::unique_lock lock(impl_->mutex);
    while (!impl_->stopping) {
      lock.unlock();
      try {
        send_due();
        if (Pace::now() >= next_question) {
          ask_for_done();
          next_question = Pace::now() + impl_->options.ask_every;
        }
      } catch (const std::exception& error) {
        spdlog::error("IOC link: {}", error.what());
      }
      lock.lock();
      impl_->stopped.wait_for(lock, std::chrono::milliseconds{200},
                              [this] { return impl_->stopping; });
    }
  });
}

void IocLink::stop() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopping = true;
  }
  impl_->stopped.notify_all();
  if (impl_->worker.joinable()) impl_->worker.join();
  const std::lock_guard lock(impl_->mutex);
  impl_->stopping = false;
}

IocLinkCounts IocLink::counts() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->counts;
}

}  // namespace kontwin
