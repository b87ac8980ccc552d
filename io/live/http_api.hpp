#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "actors/mirror.hpp"
#include "twin/clock.hpp"

namespace kontwin {

class Store;

struct HttpApiOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  ///< 0: any free one
  const Store* alarms =
      nullptr;  ///< what /v1/alarms reads, which must outlive the API; may be null
};

/// The HTTP API of a live mirror (docs/api.md):
///   GET  /health                   is it running, how fresh is it
///   GET  /v1/entities              ?kind=river_gauge&commune=23293&limit=100&offset=0
///   GET  /v1/entities/{urn}        one entity
///   GET  /v1/alarms                ?after=0&limit=100, where a store keeps them
///   POST /v1/observations          JSON, or Protobuf with content type application/x-protobuf
///   GET  /metrics                  Prometheus text format
/// A parameter that a request does not have is refused, not passed over: a misspelt `kind` would
/// otherwise list everything.
/// Values come from a snapshot that is at most a quarter of a second old, so that a burst of
/// requests does not stop the mirror's writers each time.
class HttpApi {
 public:
  /// `mirror` and `clock` must outlive it. Throws Error when it cannot listen.
  HttpApi(HttpApiOptions options, Mirror& mirror, const Clock& clock);
  ~HttpApi();
  HttpApi(const HttpApi&) = delete;
  HttpApi& operator=(const HttpApi&) = delete;

  std::uint16_t port() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kontwin
