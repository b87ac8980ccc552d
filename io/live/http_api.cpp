#include "io/live/http_api.hpp"

#include <algorithm>
#include <boost/algorithm/string/predicate.hpp>
#include <charconv>
#include <chrono>
#include <cmath>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>

#include "io/http/http_server.hpp"
#include "io/live/entity_json.hpp"
#include "io/live/ingest.hpp"
#include "io/live/metrics.hpp"
#include "io/store/store.hpp"

namespace kontwin {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t largest_page = 1000;
constexpr std::string_view entities_path = "/v1/entities/";

HttpResponse ok(const Json& json) { return {.status = 200, .body = json_text(json) + "\n"}; }

/// A whole number from the query; `otherwise` where it is not there, nothing where it is not a
/// number.
std::optional<std::size_t> whole(const HttpRequest& request, const std::string& name,
                                 std::size_t otherwise) {
  const auto found = request.query.find(name);
  if (found == request.query.end()) return otherwise;
  std::size_t value = 0;
  const char* const end = found->second.data() + found->second.size();
  const auto [rest, error] = std::from_chars(found->second.data(), end, value);
  if (error != std::errc{} || rest != end) return std::nullopt;
  return value;
}

/// By its content type. Tools send what they were not told to name as a form.
MessageFormat format_of(const HttpRequest& request) {
  const auto type = request.headers.find("content-type");
  if (type == request.headers.end()) return MessageFormat::unknown;
  const auto is = [&](const char* name) { return boost::istarts_with(type->second, name); };
  if (is("application/x-protobuf")) return MessageFormat::protobuf;
  return is("application/json") || is("application/ld+json") ? MessageFormat::json
                                                             : MessageFormat::unknown;
}

/// The first parameter of a request that is none of those that it may have.
std::optional<std::string> stranger(const HttpRequest& request,
                                    std::initializer_list<std::string_view> known) {
  for (const auto& [name, value] : request.query) {
    if (std::ranges::find(known, name) == known.end()) return name;
  }
  return std::nullopt;
}

std::string query(const HttpRequest& request, const std::string& name) {
  const auto found = request.query.find(name);
  return found == request.query.end() ? std::string{} : found->second;
}

}  // namespace

struct HttpApi::Impl {
  Mirror& mirror;
  const Clock& clock;
  const Store* const kept_alarms;
  std::mutex snapshot_mutex;
  std::shared_ptr<const StateTable> snapshot;
  std::chrono::steady_clock::time_point snapshot_at;
  std::unique_ptr<HttpServer> server;  // last: its threads use everything above

  Impl(Mirror& served, const Clock& now, const Store* alarms_of)
      : mirror(served), clock(now), kept_alarms(alarms_of) {}

  std::shared_ptr<const StateTable> state() {
    const std::scoped_lock lock(snapshot_mutex);
    const auto now = std::chrono::steady_clock::now();
    if (!snapshot || now - snapshot_at > std::chrono::milliseconds(250)) {
      snapshot = std::make_shared<const StateTable>(mirror.snapshot());
      snapshot_at = now;
    }
    return snapshot;
  }

  HttpResponse health() {
    const MirrorCounts counts = mirror.counts();
    const auto current = state();
    double newest = -HUGE_VAL;
    for (const Kind kind : all_kinds()) {
      for (const double at : current->column(kind, common_column::observed_at)) {
        if (at > newest) newest = at;
      }
    }
    Json json{{"status", "ok"},
              {"world", mirror.world().name()},
              {"worldHash", mirror.world().content_hash()},
              {"now", format_instant(clock.now())},
              {"actors", counts.actors},
              {"accepted", counts.accepted}};
    if (std::isfinite(newest)) {
      json["newestObservationAt"] = format_instant(Instant{from_seconds(newest)});
    }
    return ok(json);
  }

  HttpResponse entities(const HttpRequest& request) {
    const auto limit = whole(request, "limit", 100);
    const auto offset = whole(request, "offset", 0);
    if (!limit || *limit == 0 || *limit > largest_page) {
      return http_error(400, "limit must be a whole number from 1 to 1000");
    }
    if (!offset) return http_error(400, "offset must be a whole number");
    const std::string kind_name = query(request, "kind");
    const auto wanted = parse_kind(kind_name);
    if (!kind_name.empty() && !wanted) {
      return http_error(400, "there is no kind '" + kind_name + "'");
    }
    const std::string commune = query(request, "commune");

    const auto current = state();
    const World& world = mirror.world();
    Json items = Json::array();
    std::size_t matched = 0;
    for (const Kind kind : all_kinds()) {
      if (wanted && *wanted != kind) continue;
      const EntityTable& table = world.entities(kind);
      for (std::uint32_t row = 0; row < table.size(); ++row) {
        if (!commune.empty() && table.commune_code[row] != commune) continue;
        if (matched++ < *offset || items.size() >= *limit) continue;
        items.push_back(entity_json(world, *current, {kind, row}));
      }
    }
    return ok({{"total", matched}, {"offset", *offset}, {"items", std::move(items)}});
  }

  HttpResponse alarms(const HttpRequest& request) const {
    if (kept_alarms == nullptr) {
      return http_error(404,
                        "no store keeps the alarms of this mirror; serve --store FILE has one");
    }
    const auto limit = whole(request, "limit", 100);
    const auto after = whole(request, "after", 0);
    if (!limit || *limit == 0 || *limit > largest_page) {
      return http_error(400, "limit must be a whole number from 1 to 1000");
    }
    if (!after || !std::in_range<std::int64_t>(*after)) {
      return http_error(400, "after must be the number of an alarm");
    }
    Json items = Json::array();
    for (const StoredEvent& event :
         kept_alarms->events(static_cast<std::int64_t>(*after), *limit)) {
      items.push_back({{"number", event.number},
                       {"at", format_instant(event.at)},
                       {"entity", event.entity},
                       {"type", event.type},
                       {"value", event.value},
                       {"severity", event.severity}});
    }
    return ok({{"total", kept_alarms->event_count()}, {"items", std::move(items)}});
  }

  HttpResponse entity(const std::string& urn) {
    const auto ref = mirror.world().find(urn);
    if (!ref) return http_error(404, "there is no entity '" + urn + "'");
    return ok(entity_json(mirror.world(), *state(), *ref));
  }

  HttpResponse observations(const HttpRequest& request) {
    const MessageFormat format = format_of(request);
    const IngestResult result =
        ingest_message(mirror, request.body,
                       format == MessageFormat::protobuf ? "http:protobuf" : "http:json", format);
    Json json{{"received", result.observations}};
    if (!result.problem.empty()) json["error"] = result.problem;
    return {.status = result.problem.empty() ? 202U : 400U, .body = json_text(json) + "\n"};
  }

  /// What a request may not have; nothing where it is sound.
  static std::optional<HttpResponse> refused(const HttpRequest& request) {
    std::optional<std::string> name;
    if (request.path == "/v1/entities") {
      name = stranger(request, {"kind", "commune", "limit", "offset"});
    } else if (request.path == "/v1/alarms") {
      name = stranger(request, {"after", "limit"});
    } else {
      name = stranger(request, {});
    }
    if (!name) return std::nullopt;
    return http_error(400, request.path + " has no parameter '" + *name + "'");
  }

  HttpResponse answer(const HttpRequest& request) {
    if (auto refusal = refused(request)) return std::move(*refusal);
    const bool get = request.method == "GET";
    if (request.path == "/v1/observations") {
      return request.method == "POST" ? observations(request) : http_error(405, "use POST here");
    }
    if (!get) return http_error(405, "use GET here");
    if (request.path == "/health") return health();
    if (request.path == "/metrics") {
      return {
          .status = 200, .body = metrics_text(mirror), .content_type = "text/plain; version=0.0.4"};
    }
    if (request.path == "/v1/entities") return entities(request);
    if (request.path == "/v1/alarms") return alarms(request);
    if (request.path.starts_with(entities_path)) {
      return entity(request.path.substr(entities_path.size()));
    }
    return http_error(404, "there is nothing at " + request.path);
  }
};

HttpApi::HttpApi(HttpApiOptions options, Mirror& mirror, const Clock& clock)
    : impl_(std::make_unique<Impl>(mirror, clock, options.alarms)) {
  HttpServerOptions server{.address = std::move(options.address), .port = options.port};
  impl_->server = std::make_unique<HttpServer>(
      std::move(server),
      [impl = impl_.get()](const HttpRequest& request) { return impl->answer(request); });
}

HttpApi::~HttpApi() = default;

std::uint16_t HttpApi::port() const { return impl_->server->port(); }

}  // namespace kontwin
