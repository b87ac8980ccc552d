#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "twin/error.hpp"
#include "twin/time.hpp"

namespace kontwin {

/// An exchange that did not get to an answer: `connect 10.0.0.1:443: Connection refused`.
class HttpError : public Error {
 public:
  using Error::Error;
};

/// `https://ioc.kontum.gov.vn:8443/v1/decisions`, taken apart.
struct HttpUrl {
  bool tls = false;
  std::string host;
  std::string port;
  std::string path;  ///< `/` at least
};

/// Throws HttpError where a text is not an http or https URL.
HttpUrl parse_url(std::string_view url);

struct HttpAnswer {
  unsigned status = 0;
  std::string body;
};

struct HttpCall {
  std::string method = "GET";
  HttpUrl url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  Duration timeout{std::chrono::seconds{10}};  ///< for each step: connect, send, answer
  std::filesystem::path ca_file;  ///< whom to trust over TLS; empty: whom the system trusts
  /// Called once the connection stands, before the first byte of the request leaves.
  std::function<void()> before_sending;
};

/// Makes one HTTP/1.1 exchange on the caller's thread. Any status is an answer. Throws HttpError
/// when there is none: nobody there, not trusted, cut off, too slow, larger than 1 MiB, not HTTP,
/// nothing left to open a connection with; and whatever `before_sending` throws.
HttpAnswer exchange(const HttpCall& call);

}  // namespace kontwin
