#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "io/store/store.hpp"
#include "twin/clock.hpp"

namespace kontwin {

struct IocLinkOptions {
  std::string url;                                ///< decisions are POSTed here; http or https
  std::string token;                              ///< sent as `Authorization: Bearer`; may be empty
  std::filesystem::path ca_file;                  ///< whom to trust over TLS; empty: the system's
  Duration timeout{std::chrono::seconds{10}};     ///< for each step of an exchange
  Duration first_retry{std::chrono::seconds{1}};  ///< doubled at each further attempt
  Duration longest_retry{std::chrono::minutes{5}};
  double jitter = 0.2;  ///< each wait is made up to this share longer or shorter
  Duration ask_every{std::chrono::seconds{2}};  ///< by start(): about what is not yet done
  std::uint64_t seed = 1;                       ///< of the jitter
};

struct IocLinkCounts {
  std::uint64_t attempts = 0;  ///< exchanges begun
  std::uint64_t failed = 0;    ///< to be tried again
  std::uint64_t acknowledged = 0;
  std::uint64_t refused = 0;
  std::uint64_t done = 0;
};

/// Carries approved decisions from the store's outbox to the IOC. Each is sent, the same bytes
/// under the same Idempotency-Key, until the IOC acknowledges or refuses it; what it answered is
/// stored word for word. A decision counts as sent from the moment the connection stands, on the
/// disk before its first byte leaves: from then on it cannot expire, for it may have arrived.
///
/// An answer of 2xx with `"accepted": true` acknowledges; `"accepted": false`, 400, 409, 410, 413
/// and 422 refuse. Everything else (no answer, 5xx, 429, 401, 404, ...) says something about the
/// link, not about the decision, and is tried again, later and later.
class IocLink {
 public:
  /// `store` and `clock` must outlive the link. Throws HttpError where the URL is not one.
  IocLink(Store& store, const Clock& clock, IocLinkOptions options);
  ~IocLink();
  IocLink(const IocLink&) = delete;
  IocLink& operator=(const IocLink&) = delete;

  /// Expires what is over, then sends what is due, on this thread. How many were settled:
  /// acknowledged or refused. Throws StoreError.
  std::size_t send_due();
  /// Asks the IOC about decisions it has acknowledged; how many turned out to be done.
  std::size_t ask_for_done();

  /// Does both on a thread of its own until stop(). What goes wrong is logged and tried again.
  void start();
  /// Waits for the exchange under way, at most its timeouts, and for none of those behind it.
  void stop();

  IocLinkCounts counts() const;
  /// How long to wait after the given number of failed attempts.
  Duration wait_after(const std::string& id, std::uint32_t attempts) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kontwin
