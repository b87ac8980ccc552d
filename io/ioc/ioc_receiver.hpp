#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "twin/decision.hpp"
#include "twin/time.hpp"

namespace kontwin {

struct IocReceiverOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0: any free one; see url()
  unsigned threads = 1;
};

/// A decision at the receiver.
struct ReceivedDecision {
  Decision decision;
  std::string reference;         ///< `IOC-2025-0001`
  std::uint64_t times_sent = 0;  ///< how often it came, the first time included
  bool done = false;
};

/// A reference receiver: what an IOC does with the decisions that Kontwin sends, over real HTTP.
/// - `POST /v1/decisions` with an Idempotency-Key: checks the decision, keeps it once for each key
/// and
///   answers 201 with `{"accepted": true, "reference": "IOC-2025-0001", "id": ..., "state":
///   "acknowledged"}`; the same key and bytes again get the same answer with 200; the same key with
///   other bytes 409; what is no decision 400 with `{"accepted": false, "error": place and
///   reason}`.
/// - `GET /v1/decisions` lists them; `GET /v1/decisions/<id>` tells one, with its state.
class IocReceiver {
 public:
  /// Starts to listen. Throws Error when it cannot.
  explicit IocReceiver(IocReceiverOptions options = {});
  /// Finishes what is under way and stops.
  ~IocReceiver();
  IocReceiver(const IocReceiver&) = delete;
  IocReceiver& operator=(const IocReceiver&) = delete;

  /// `http://127.0.0.1:port/v1/decisions`
  std::string url() const;
  std::uint16_t port() const;
  /// Everything received, in the order it came.
  std::vector<ReceivedDecision> received() const;
  /// Says that a decision was carried out. Throws Error when there is none with this id.
  void mark_done(const std::string& id);

  // -- to try a sender --
  /// Answers the next `count` posts with `status` and keeps nothing.
  void fail_next(unsigned count, unsigned status);
  /// Waits this long before each answer, after the decision was kept.
  void answer_after(Duration delay);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kontwin
