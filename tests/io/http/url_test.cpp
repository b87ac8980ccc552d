#include "io/http/url.hpp"

#include <gtest/gtest.h>

namespace kontwin {
namespace {

TEST(HttpTarget, IsTakenApartAndDecoded) {
  const HttpTarget target =
      parse_target("/v1/entities/urn%3Angsi-ld%3ARoad%3A1?kind=road&name=M%C4%83ng+%C4%90en");
  EXPECT_EQ(target.path, "/v1/entities/urn:ngsi-ld:Road:1");
  EXPECT_EQ(target.query.at("kind"), "road");
  EXPECT_EQ(target.query.at("name"), "Măng Đen");
}

TEST(HttpTarget, KeepsAPercentSignThatCodesNothing) {
  EXPECT_EQ(parse_target("/100%").path, "/100%");
  EXPECT_EQ(parse_target("/a%zz").path, "/a%zz");
  EXPECT_EQ(parse_target("/a%4").path, "/a%4");
}

TEST(HttpTarget, TakesAQueryWithoutValues) {
  const HttpTarget target = parse_target("/x?flag&&empty=");
  EXPECT_EQ(target.query.at("flag"), "");
  EXPECT_EQ(target.query.at("empty"), "");
  EXPECT_EQ(target.query.size(), 2U);
}

}  // namespace
}  // namespace kontwin
