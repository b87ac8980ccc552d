#include "io/ioc/http_client.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

namespace kontwin {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using ErrorCode = beast::error_code;

constexpr std::uint64_t most_bytes = 1U << 20U;

/// One exchange: each step is started, run to its end or its timeout, and checked.
class Exchange {
 public:
  explicit Exchange(const HttpCall& call) : call_(call) {}

  HttpAnswer run() {
    if (!call_.url.tls) {
      beast::tcp_stream stream(context_);
      connect(stream);
      return talk(stream);
    }
    asio::ssl::context tls(asio::ssl::context::tls_client);
    trust(tls);
    beast::ssl_stream<beast::tcp_stream> stream(context_, tls);
    SSL_set_tlsext_host_name(stream.native_handle(), call_.url.host.c_str());
    stream.set_verify_mode(asio::ssl::verify_peer);
    stream.set_verify_callback(asio::ssl::host_name_verification(call_.url.host));
    connect(beast::get_lowest_layer(stream));
    step("TLS with", beast::get_lowest_layer(stream),
         [&stream](auto done) { stream.async_handshake(asio::ssl::stream_base::client, done); });
    return talk(stream);
  }

 private:
  /// Starts one operation with a handler that notes its outcome, and waits for it.
  template <typename Start>
  void step(const char* name, beast::tcp_stream& stream, Start start) {
    ErrorCode outcome;
    stream.expires_after(call_.timeout);
    start([&outcome](ErrorCode error, auto&&...) { outcome = error; });
    context_.restart();
    context_.run();
    check(name, outcome);
  }

  void check(const char* name, ErrorCode outcome) const {
    if (!outcome) return;
    throw HttpError(std::string(name) + " " + call_.url.host + ":" + call_.url.port + ": " +
                    outcome.message());
  }

  void trust(asio::ssl::context& tls) const {
    ErrorCode outcome;
    if (call_.ca_file.empty()) {
      tls.set_default_verify_paths(outcome);
    } else {
      tls.load_verify_file(call_.ca_file.string(), outcome);
    }
    check("trust", outcome);
  }

  void connect(beast::tcp_stream& stream) {
    tcp::resolver resolver(context_);
    ErrorCode outcome;
    tcp::resolver::results_type found;
    resolver.async_resolve(call_.url.host, call_.url.port,
                           [&](ErrorCode error, tcp::resolver::results_type results) {
                             outcome = error;
                             found = std::move(results);
                           });
    context_.restart();
    if (context_.run_for(call_.timeout) == 0) {
      resolver.cancel();
      context_.run();
      outcome = asio::error::timed_out;
    }
    check("look up", outcome);
    step("connect", stream, [&](auto done) { stream.async_connect(found, done); });
  }

  template <typename Stream>
  HttpAnswer talk(Stream& stream) {
    if (call_.before_sending) call_.before_sending();
    http::request<http::string_body> request(http::string_to_verb(call_.method), call_.url.path,
                                             11);
    const bool ipv6 = call_.url.host.find(':') != std::string::npos;
    request.set(http::field::host,
                (ipv6 ? "[" + call_.url.host + "]" : call_.url.host) + ":" + call_.url.port);
    request.set(http::field::user_agent, "kontwin");
    request.set(http::field::connection, "close");
    for (const auto& [name, value] : call_.headers) request.set(name, value);
    request.body() = call_.body;
    request.prepare_payload();
    auto& lowest = beast::get_lowest_layer(stream);
    step("send to", lowest, [&](auto done) { http::async_write(stream, request, done); });

    beast::flat_buffer buffer;
    http::response_parser<http::string_body> parser;
    parser.body_limit(most_bytes);
    step("answer of", lowest, [&](auto done) { http::async_read(stream, buffer, parser, done); });
    // The answer is whole; how the other side hangs up does not matter any more.
    ErrorCode ignored;
    lowest.socket().shutdown(tcp::socket::shutdown_both, ignored);
    return {parser.get().result_int(), std::move(parser.get().body())};
  }

  const HttpCall& call_;
  asio::io_context context_{1};
};

}  // namespace

HttpUrl parse_url(std::string_view url) {
  const auto wrong = [url](const char* why) {
    return HttpError("'" + std::string(url) + "' is not an http or https URL: " + why);
  };
  HttpUrl parsed;
  std::string_view rest = url;
  if (rest.starts_with("https://")) {
    parsed.tls = true;
    rest.remove_prefix(8);
  } else if (rest.starts_with("http://")) {
    rest.remove_prefix(7);
  } else {
    throw wrong("it starts with neither");
  }
  for (const char c : rest) {
    if (static_cast<unsigned char>(c) <= ' ')
      throw wrong("it holds a space or a control character");
  }
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  parsed.path = slash < rest.size() ? std::string(rest.substr(slash)) : "/";
  std::string_view authority = rest.substr(0, slash);
  const std::size_t bracket = authority.rfind(']');  // the end of an IPv6 address
  const std::size_t colon = authority.rfind(':');
  parsed.port = parsed.tls ? "443" : "80";
  if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
    parsed.port = authority.substr(colon + 1);
    authority = authority.substr(0, colon);
  }
  if (authority.starts_with('[') && authority.ends_with(']')) {
    authority = authority.substr(1, authority.size() - 2);
  }
  parsed.host = authority;
  if (parsed.host.empty()) throw wrong("it names no host");
  const bool digits = !parsed.port.empty() && parsed.port.size() <= 5 &&
                      parsed.port.find_first_not_of("0123456789") == std::string::npos;
  if (!digits || std::stoi(parsed.port) > 65535) throw wrong("its port is no port");
  return parsed;
}

HttpAnswer exchange(const HttpCall& call) {
  try {
    return Exchange(call).run();
  } catch (const boost::system::system_error& error) {
    // No file descriptor or thread left: it says nothing of the other side either.
    throw HttpError("exchange with " + call.url.host + ":" + call.url.port + ": " +
                    error.code().message());
  }
}

}  // namespace kontwin
