#include "io/http/http_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <unistd.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <sstream>
#include <thread>

namespace kontwin {
namespace {

using boost::asio::ip::tcp;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

HttpResponse echo_path(const HttpRequest& request) {
  return {.status = 200, .body = request.method + " " + request.path};
}

class HttpServerTest : public ::testing::Test {
 protected:
  tcp::endpoint endpoint() const {
    return {boost::asio::ip::make_address("127.0.0.1"), server.port()};
  }
  void connect() { socket.connect(endpoint()); }
  void send(const std::string& text) { boost::asio::write(socket, boost::asio::buffer(text)); }
  /// Everything up to the end of the connection.
  std::string rest() {
    std::string text;
    boost::system::error_code end;
    boost::asio::read(socket, boost::asio::dynamic_buffer(text), end);
    return text;
  }

  HttpServer server{{}, echo_path};
  boost::asio::io_context context;
  tcp::socket socket{context, tcp::v4()};
};

TEST_F(HttpServerTest, AHeadIsAnsweredLikeAGetWithoutItsBody) {
  connect();
  send(
      "HEAD /there HTTP/1.1\r\nHost: x\r\n\r\nGET /next HTTP/1.1\r\nHost: x\r\nConnection: "
      "close\r\n\r\n");
  const std::string answers = rest();
  EXPECT_THAT(answers, HasSubstr("Content-Length: 10\r\n"));
  EXPECT_THAT(answers, Not(HasSubstr("GET /there"))) << "the next answer would be misread";
  EXPECT_THAT(answers, EndsWith("\r\n\r\nGET /next"));
}

TEST_F(HttpServerTest, WhatIsNotHttpIsToldSo) {
  connect();
  send("\x16\x03\x01 hello\r\n\r\n");
  EXPECT_THAT(rest(), HasSubstr("400 Bad Request"));
}

TEST_F(HttpServerTest, WithoutFileDescriptorsClientsWaitAndTheLogStaysShort) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the sanitizer needs a file descriptor to look at memory";
#endif
  std::ostringstream log;
  const auto usual = spdlog::default_logger();
  spdlog::set_default_logger(std::make_shared<spdlog::logger>(
      "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log)));
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  const int lowest_free = ::dup(0);
  ::close(lowest_free);
  rlimit none_left = before;
  none_left.rlim_cur = static_cast<rlim_t>(lowest_free);
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none_left), 0);

  connect();  // the kernel takes it; the server cannot
  send("GET /late HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  std::this_thread::sleep_for(std::chrono::milliseconds(250));  // several tries fail meanwhile
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_THAT(rest(), EndsWith("GET /late"));

  spdlog::set_default_logger(usual);
  EXPECT_THAT(log.str(), HasSubstr("Too many open files"));
  const std::string said = log.str();
  EXPECT_EQ(std::ranges::count(said, '\n'), 1);
}

TEST(HttpError, WhatIsNoTextIsReplacedAndNotThrown) {
  EXPECT_EQ(http_error(404, "there is nothing at /\xff").body,
            "{\"error\":\"there is nothing at /\uFFFD\"}\n");
}

}  // namespace
}  // namespace kontwin
