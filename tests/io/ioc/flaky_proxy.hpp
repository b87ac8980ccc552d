#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>

namespace kontwin::testing {

/// Stands between a sender and a receiver over real sockets and breaks connections as told; or
/// speaks TLS towards the sender. One connection at a time.
class FlakyProxy {
 public:
  enum class Break : std::uint8_t {
    nothing,
    before_forwarding,  ///< reads the request and hangs up: it never arrives
    after_forwarding,   ///< the request arrives, its answer is lost
    garbage,            ///< answers with what is not HTTP
  };

  /// `target` is the receiver's URL; with `certificate` (PEM with its key) the sender must use TLS.
  explicit FlakyProxy(std::string target, std::filesystem::path certificate = {});
  ~FlakyProxy();

  std::string url() const;
  /// Breaks the next `count` connections.
  void break_next(Break how, unsigned count);
  unsigned connections() const { return connections_; }

 private:
  struct Sockets;
  void serve();
  template <typename Stream>
  void serve_one(Stream& stream);

  std::string target_;
  bool tls_ = false;
  std::unique_ptr<Sockets> sockets_;
  std::atomic<Break> how_{Break::nothing};
  std::atomic<unsigned> breaks_{0};
  std::atomic<unsigned> connections_{0};
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

/// Writes a new self-signed certificate for 127.0.0.1 and its key to a PEM file.
void write_certificate(const std::filesystem::path& path);

}  // namespace kontwin::testing
