#include "io/ioc/ioc_receiver.hpp"

#include <algorithm>
#include <cstdio>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "io/http/http_server.hpp"
#include "io/wire/decision_wire.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view base = "/v1/decisions";

HttpResponse refusal(unsigned status, const std::string& why) {
  return {status, json_text({{"accepted", false}, {"error", why}})};
}

}  // namespace

struct IocReceiver::Impl {
  struct Kept {
    ReceivedDecision received;
    std::string body;
    std::string answer;
  };

  explicit Impl(const IocReceiverOptions& options)
      : address(options.address),
        server({.address = options.address, .port = options.port, .threads = options.threads},
               [this](const HttpRequest& request) { return handle(request); }) {}

  HttpResponse handle(const HttpRequest& request) {
    if (!request.path.starts_with(base)) return refusal(404, "there is nothing at " + request.path);
    const std::string_view rest = std::string_view(request.path).substr(base.size());
    if (request.method == "POST" && rest.empty()) {
      HttpResponse answer = take(request);
      Duration wait{0};
      {
        const std::lock_guard lock(mutex);
        wait = delay;
      }
      std::this_thread::sleep_for(wait);
      return answer;
    }
    if (request.method != "GET") return refusal(405, "only GET and POST are answered");
    const std::lock_guard lock(mutex);
    if (rest.empty() || rest == "/") return list();
    const auto found = by_key.find(std::string(rest.substr(1)));
    if (rest.front() != '/' || found == by_key.end()) return refusal(404, "no such decision");
    return {200, json_text(shown(kept[found->second]))};
  }

  HttpResponse take(const HttpRequest& request) {
    const std::lock_guard lock(mutex);
    if (failures > 0) {
      --failures;
      return refusal(failure_status, "told to fail");
    }
    const auto key = request.headers.find("idempotency-key");
    if (key == request.headers.end() || key->second.empty()) {
      return refusal(400, "the header Idempotency-Key is missing");
    }
    if (const auto found = by_key.find(key->second); found != by_key.end()) {
      Kept& known = kept[found->second];
      if (known.body != request.body) return refusal(409, "this key came with another decision");
      ++known.received.times_sent;
      return {200, known.answer};
    }
    auto decision = decode_decision_json(request.body);
    if (!decision) return refusal(400, decision.error().text());
    if (decision->id != key->second) return refusal(400, "id: is not the Idempotency-Key");
    return {201, keep(std::move(*decision), request.body)};
  }

  std::string keep(Decision decision, const std::string& body) {
    std::array<char, 32> reference{};
    std::snprintf(reference.data(), reference.size(), "IOC-%s-%04zu",
                  format_instant(decision.proposed_at).substr(0, 4).c_str(), kept.size() + 1);
    const std::string answer = json_text({{"accepted", true},
                                          {"reference", reference.data()},
                                          {"id", decision.id},
                                          {"state", "acknowledged"}});
    by_key.emplace(decision.id, kept.size());
    kept.push_back({{std::move(decision), reference.data(), 1, false}, body, answer});
    return answer;
  }

  static Json shown(const Kept& item) {
    return {{"id", item.received.decision.id},
            {"reference", item.received.reference},
            {"state", item.received.done ? "done" : "acknowledged"},
            {"title_vi", item.received.decision.title_vi},
            {"title_en", item.received.decision.title_en}};
  }

  HttpResponse list() const {
    Json all = Json::array();
    for (const Kept& item : kept) all.push_back(shown(item));
    return {200, json_text(all)};
  }

  std::string address;
  mutable std::mutex mutex;
  std::vector<Kept> kept;
  std::map<std::string, std::size_t> by_key;
  unsigned failures = 0;
  unsigned failure_status = 503;
  Duration delay{0};
  HttpServer server;  // last: its handlers use the rest
};

IocReceiver::IocReceiver(IocReceiverOptions options) : impl_(std::make_unique<Impl>(options)) {}
IocReceiver::~IocReceiver() = default;

std::uint16_t IocReceiver::port() const { return impl_->server.port(); }

std::string IocReceiver::url() const {
  return "http://" + impl_->address + ":" + std::to_string(port()) + std::string(base);
}

std::vector<ReceivedDecision> IocReceiver::received() const {
  const std::lock_guard lock(impl_->mutex);
  std::vector<ReceivedDecision> all;
  for (const Impl::Kept& item : impl_->kept) all.push_back(item.received);
  return all;
}

void IocReceiver::mark_done(const std::string& id) {
  const std::lock_guard lock(impl_->mutex);
  const auto found = impl_->by_key.find(id);
  if (found == impl_->by_key.end()) throw Error("the IOC has no decision " + id);
  impl_->kept[found->second].received.done = true;
}

void IocReceiver::fail_next(unsigned count, unsigned status) {
  const std::lock_guard lock(impl_->mutex);
  impl_->failures = count;
  impl_->failure_status = status;
}

void IocReceiver::answer_after(Duration delay) {
  const std::lock_guard lock(impl_->mutex);
  impl_->delay = delay;
}

}  // namespace kontwin
