#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace kontwin {

/// A request as a handler gets it.
struct HttpRequest {
  std::string method;  ///< `GET`; a HEAD comes as one, and its answer goes without the body
  std::string path;    ///< `/v1/entities/urn:...`, percent-decoded
  std::map<std::string, std::string> query;    ///< decoded
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::string body;
};

struct HttpResponse {
  unsigned status = 200;
  std::string body;
  std::string content_type = "application/json; charset=utf-8";
};

struct HttpServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;              ///< 0: any free one; see HttpServer::port()
  unsigned threads = 1;                ///< handlers run on these, side by side
  std::size_t body_limit = 8U << 20U;  ///< bytes; a larger body is answered with 413
  unsigned timeout_s = 30;             ///< a connection that is silent for longer is closed
  unsigned connection_limit = 256;     ///< more are closed at once
};

/// An HTTP/1.1 server with connections kept alive. What a handler throws becomes a 500 with its
/// text; a request that is not HTTP gets a 400. While the process has no file descriptor left, new
/// clients wait.
class HttpServer {
 public:
  using Handler = std::function<HttpResponse(const HttpRequest&)>;

  /// Starts to listen. Throws Error naming address and port when it cannot.
  HttpServer(HttpServerOptions options, Handler handler);
  /// Lets the handlers that run come to their end and closes all connections.
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  std::uint16_t port() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// JSON on one line. Bytes that are not UTF-8 (out of a request, out of a world) become U+FFFD.
std::string json_text(const nlohmann::ordered_json& json);

/// An error as JSON: `{"error": "..."}`.
HttpResponse http_error(unsigned status, const std::string& reason);

}  // namespace kontwin
