#include "io/ioc/http_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

namespace kontwin {
namespace {

TEST(HttpUrlTest, IsTakenApartOrRefusedWithAReason) {
  const HttpUrl url = parse_url("https://ioc.kontum.gov.vn/v1/decisions");
  EXPECT_TRUE(url.tls);
  EXPECT_EQ(url.host, "ioc.kontum.gov.vn");
  EXPECT_EQ(url.port, "443");
  EXPECT_EQ(url.path, "/v1/decisions");
  EXPECT_EQ(parse_url("http://[::1]:8080").host, "::1");
  EXPECT_EQ(parse_url("http://[::1]:8080").port, "8080");
  for (const char* wrong :
       {"", "ftp://x", "http://", "http://x:0a", "http://x:70000", "http://a b"}) {
    EXPECT_THROW(parse_url(wrong), HttpError) << wrong;
  }
}

TEST(HttpExchangeTest, WithoutFileDescriptorsItFailsAsIfNobodyAnswered) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the sanitizer needs a file descriptor to look at memory";
#endif
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  HttpCall call;
  call.url = parse_url("http://127.0.0.1:1/");
  rlimit none_left = before;
  none_left.rlim_cur = 0;
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none_left), 0);
  std::string reason;
  try {
    exchange(call);
  } catch (const HttpError& error) {
    reason = error.what();
  } catch (...) {
    reason = "not an HttpError";
  }
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_THAT(reason, ::testing::HasSubstr("127.0.0.1:1: Too many open files"));
}

}  // namespace
}  // namespace kontwin
