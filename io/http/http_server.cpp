#include "io/http/http_server.hpp"

#include <spdlog/spdlog.h>

#include <array>
#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>
#include <vector>

#include "io/http/url.hpp"
#include "twin/error.hpp"

namespace kontwin {

std::string json_text(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

HttpResponse http_error(unsigned status, const std::string& reason) {
  return {.status = status, .body = json_text({{"error", reason}}) + "\n"};
}

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

/// What the connections of one server share.
struct Shared {
  HttpServerOptions options;
  HttpServer::Handler handler;
  std::atomic<unsigned> connections{0};
};

HttpRequest as_request(const http::request<http::string_body>& message) {
  HttpRequest request;
  request.method =
      message.method() == http::verb::head ? "GET" : std::string(message.method_string());
  const auto target =
      parse_target(std::string_view(message.target().data(), message.target().size()));
  request.path = target.path;
  request.query = target.query;
  for (const auto& field : message) {
    std::string name(field.name_string());
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    request.headers[name] = std::string(field.value());
  }
  request.body = message.body();
  return request;
}

/// One client. Keeps itself alive through the handlers that hold it.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, std::shared_ptr<Shared> shared)
      : stream_(std::move(socket)), shared_(std::move(shared)) {
    ++shared_->connections;
  }
  ~Connection() { --shared_->connections; }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void read() {
    parser_.emplace();
    parser_->body_limit(shared_->options.body_limit);
    stream_.expires_after(std::chrono::seconds(shared_->options.timeout_s));
    http::async_read(
        stream_, buffer_, *parser_,
        [self = shared_from_this()](beast::error_code error, std::size_t) { self->answer(error); });
  }

 private:
  void answer(beast::error_code error) {
    if (error == http::error::body_limit)
      return write(http_error(413, "the body is too large"), false, 11);
    if (error == http::error::end_of_stream || error == beast::error::timeout) return close();
    if (error.category() == make_error_code(http::error::bad_method).category()) {
      return write(http_error(400, "this is not HTTP: " + error.message()), false, 11);
    }
    if (error) return close();
    const auto& message = parser_->get();
    HttpResponse response;
    try {
      response = shared_->handler(as_request(message));
    } catch (const std::exception& failure) {
      spdlog::error("http: {} {}: {}", std::string(message.method_string()),
                    std::string(message.target()), failure.what());
      response = http_error(500, failure.what());
    }
    write(std::move(response), message.keep_alive(), message.version());
  }

  void write(HttpResponse response, bool keep_alive, unsigned version) {
    message_ =
        http::response<http::string_body>(static_cast<http::status>(response.status), version);
    message_.set(http::field::server, "kontwin");
    message_.set(http::field::content_type, response.content_type);
    message_.keep_alive(keep_alive);
    message_.body() = std::move(response.body);
    message_.prepare_payload();
    if (parser_->get().method() == http::verb::head) message_.body().clear();
    // A client that was silent before its request has the whole time to take the answer.
    stream_.expires_after(std::chrono::seconds(shared_->options.timeout_s));
    http::async_write(stream_, message_,
                      [self = shared_from_this()](beast::error_code error, std::size_t) {
                        if (error || !self->message_.keep_alive()) return self->close();
                        self->read();
                      });
  }

  /// Says that nothing more will come and then reads what the client is still sending, up to a
  /// limit: closing at once would take an answer such as 413 away from a client that has not read
  /// it yet.
  void close() {
    beast::error_code ignored;  // the other side may have gone already
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    stream_.expires_after(std::chrono::seconds(5));
    discard(0);
  }

  void discard(std::size_t read_so_far) {
    if (read_so_far > 8 * shared_->options.body_limit) return;
    stream_.async_read_some(
        asio::buffer(discarded_),
        [self = shared_from_this(), read_so_far](beast::error_code error, std::size_t bytes) {
          if (!error) self->discard(read_so_far + bytes);
        });
  }

  beast::tcp_stream stream_;
  std::shared_ptr<Shared> shared_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  http::response<http::string_body> message_;
  std::array<char, 16384> discarded_{};
};

}  // namespace

struct HttpServer::Impl {
  asio::io_context context;
  tcp::acceptor acceptor{context};
  asio::steady_timer pause{context};
  bool failing = false;  ///< since the last connection that could be accepted
  std::shared_ptr<Shared> shared = std::make_shared<Shared>();
  std::vector<std::thread> threads;

  void accept() {
    acceptor.async_accept(asio::make_strand(context),
                          [this](beast::error_code error, tcp::socket socket) {
                            if (error == asio::error::operation_aborted) return;
                            if (error) return accept_later(error);
                            failing = false;
                            if (shared->connections < shared->options.connection_limit) {
                              std::make_shared<Connection>(std::move(socket), shared)->read();
                            }
                            accept();
                          });
  }

  /// What is short (file descriptors, memory) does not come back at once: trying without a pause
  /// would take a core and fill the log.
  void accept_later(beast::error_code error) {
    if (!std::exchange(failing, true)) {
      spdlog::warn("http: connections cannot be accepted for now: {}", error.message());
    }
    pause.expires_after(std::chrono::milliseconds(100));
    pause.async_wait([this](beast::error_code stopped) {
      if (!stopped) accept();
    });
  }
};

HttpServer::HttpServer(HttpServerOptions options, Handler handler)
    : impl_(std::make_unique<Impl>()) {
  impl_->shared->options = std::move(options);
  impl_->shared->handler = std::move(handler);
  const HttpServerOptions& chosen = impl_->shared->options;
  try {
    const auto found = tcp::resolver(impl_->context)
                           .resolve(chosen.address, std::to_string(chosen.port),
                                    tcp::resolver::passive | tcp::resolver::numeric_service);
    const tcp::endpoint endpoint = found.begin()->endpoint();
    impl_->acceptor.open(endpoint.protocol());
    impl_->acceptor.set_option(asio::socket_base::reuse_address(true));
    impl_->acceptor.bind(endpoint);
    impl_->acceptor.listen();
  } catch (const boost::system::system_error& error) {
    throw Error("http: cannot listen on " + chosen.address + ":" + std::to_string(chosen.port) +
                ": " + error.code().message());
  }
  impl_->accept();
  for (unsigned i = 0; i < std::max(1U, chosen.threads); ++i) {
    impl_->threads.emplace_back([this] { impl_->context.run(); });
  }
}

HttpServer::~HttpServer() {
  impl_->context.stop();
  for (std::thread& thread : impl_->threads) thread.join();
}

std::uint16_t HttpServer::port() const { return impl_->acceptor.local_endpoint().port(); }

}  // namespace kontwin
