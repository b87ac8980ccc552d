#include "io/ioc/http_client.hpp"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace kontwin
